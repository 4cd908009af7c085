"""The tamper-evident chain: each row of a history carries the hash of all before it.

A row's hash covers its place, its columns and a salted digest of its payload, so that a payload can one day be
redacted without breaking the links, and not be guessed back. Until a fact says that a row is redacted, a payload
that is gone is tampering. What the chain alone cannot show: that the whole of it was rewritten, or its end cut
off together with the stream's own note of it; that needs a checkpoint kept elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Row:
    """A history row as stored: `at` is UTC ISO 8601, `payload` is JSON text; both hashed as they stand.

    `payload` and `salt` are None when the row's content was taken away.
    """

    team: str
    seq: int
    at: str
    actor: str
    kind: str
    version: int
    client: str | None
    placement: str | None
    payload: str | None
    salt: str | None
    digest: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is wrong, and how: `missing`, `order`, `payload`, `hash` or `link`."""

    seq: int
    how: str


def digest_of(payload: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def hash_of(
    previous: str,
    team: str,
    seq: int,
    at: str,
    actor: str,
    kind: str,
    version: int,
    client: str | None,
    placement: str | None,
    digest: str,
) -> str:
    """Length-prefixed, so that no two different rows spell the same text; None differs from empty."""
    columns = (previous, team, str(seq), at, actor, kind, str(version), client, placement, digest)
    spelled = "".join("-;" if column is None else f"{len(column)}:{column};" for column in columns)
    return hashlib.sha256(spelled.encode()).hexdigest()


def linked(
    previous: str,
    *,
    team: str,
    seq: int,
    at: str,
    actor: str,
    kind: str,
    version: int,
    client: str | None,
    placement: str | None,
    payload: str,
    salt: str,
) -> Row:
    """The row that follows the one whose hash is `previous`."""
    digest = digest_of(payload, salt)
    own = hash_of(previous, team, seq, at, actor, kind, version, client, placement, digest)
    return Row(team, seq, at, actor, kind, version, client, placement, payload, salt, digest, previous, own)


def verify(
    rows: Iterable[Row], head: tuple[int, str] | None = None, *, after: tuple[int, str] = (0, GENESIS)
) -> Broken | None:
    """The first thing that is wrong in one team's rows in order, or None.

    `head` is the (seq, hash) that the team's stream says is its last; a shorter history is `missing`. `after` is
    the row before these, so that a long history can be verified page by page.
    """
    seq, previous = after
    for row in rows:
        seq += 1
        if row.seq != seq:
            return Broken(seq, "missing" if isinstance(row.seq, int) and row.seq > seq else "order")
        if row.payload is None or row.salt is None or digest_of(row.payload, row.salt) != row.digest:
            return Broken(seq, "payload")
        if row.previous != previous:
            return Broken(seq, "link")
        own = hash_of(
            previous, row.team, row.seq, row.at, row.actor, row.kind, row.version, row.client, row.placement, row.digest
        )
        if own != row.hash:
            return Broken(seq, "hash")
        previous = row.hash
    if head and head != (seq, previous):
        return Broken(seq + 1 if head[0] > seq else seq, "missing" if head[0] > seq else "order")
    return None

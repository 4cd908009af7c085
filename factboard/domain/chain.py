"""The tamper-evident chain: each row of a history carries the hash of all before it.

A row's hash covers its place, its columns and a salted digest of its payload, so that a payload can one day be
redacted without breaking the links, and not be guessed back. A payload is gone rightly exactly where a fact of the
chain says that it was redacted. What the chain alone cannot show: that the whole of it was rewritten, or its end cut
off together with the stream's own note of it; that needs a checkpoint kept elsewhere (`checkpoint`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from operator import attrgetter
from types import MappingProxyType
from typing import Any

GENESIS = "0" * 64
REDACTED = "redacted"  # the kind of the facts by which payloads are taken away
NOTHING: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """A history row as stored: `at` is UTC ISO 8601, `payload` is JSON text; both hashed as they stand.

    `payload` and `salt` are None when the row's content was taken away. It unpacks into its columns.
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

    def __iter__(self) -> Iterator[Any]:
        return iter(_columns(self))


_columns = attrgetter(*Row.__slots__)


class How(StrEnum):
    """How a row is wrong. The last two are found by whoever reads a history, not by the chain."""

    MISSING = "missing"
    ORDER = "order"
    PAYLOAD = "payload"
    HASH = "hash"
    LINK = "link"
    CHECKPOINT = "checkpoint"  # the chain is whole, and not the one that was signed
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is wrong, and how."""

    seq: int
    how: How


def digest_of(payload: str, salt: str) -> str:
    return sha256(f"{salt}\n{payload}".encode()).hexdigest()


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
    """Length-prefixed, so that no two different rows spell the same text; None differs from empty. Raises TypeError
    for a None in any other column.

    Written out column by column: it is where the time of verifying goes.
    """
    number, shape = str(seq), str(version)
    about = "-" if client is None else f"{len(client)}:{client}"
    place = "-" if placement is None else f"{len(placement)}:{placement}"
    spelled = (
        f"{len(previous)}:{previous};{len(team)}:{team};{len(number)}:{number};{len(at)}:{at};{len(actor)}:{actor};"
        f"{len(kind)}:{kind};{len(shape)}:{shape};{about};{place};{len(digest)}:{digest};"
    )
    return sha256(spelled.encode()).hexdigest()


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
    rows: Iterable[Iterable[Any]],
    head: tuple[int, str] | None = None,
    *,
    after: tuple[int, str] = (0, GENESIS),
    redacted: Mapping[int, str] = NOTHING,
) -> Broken | None:
    """The first thing that is wrong in one team's rows in order, or None.

    `rows` are `Row`s, or its columns as a driver gives them: of a million, making a `Row` of each would take longest.
    `head` is the (seq, hash) that the team's stream says is its last; a shorter history is `missing`. `after` is
    the row before these, so that a long history can be verified page by page. `redacted` are the rows that a fact of
    this chain says were redacted, with their client: theirs are the payloads that must be gone, and no others.
    """
    seq, previous = after
    for team, number, at, actor, kind, version, client, placement, payload, salt, digest, link, hash in rows:
        seq += 1
        if number != seq:
            return Broken(seq, How.MISSING if isinstance(number, int) and number > seq else How.ORDER)
        if payload is None or salt is None or seq in redacted:
            rightly = client is not None and redacted.get(seq) == client and kind != REDACTED
            if payload is not None or salt is not None or not rightly:
                return Broken(seq, How.PAYLOAD)
        elif digest_of(payload, salt) != digest:
            return Broken(seq, How.PAYLOAD)
        if link != previous:
            return Broken(seq, How.LINK)
        try:
            own = hash_of(previous, team, seq, at, actor, kind, version, client, placement, digest)
        except TypeError:  # nothing where something must be
            own = None
        if own != hash or own is None:
            return Broken(seq, How.HASH)
        previous = hash
    if head and head != (seq, previous):
        return Broken(seq + 1, How.MISSING) if head[0] > seq else Broken(seq, How.ORDER)
    return None

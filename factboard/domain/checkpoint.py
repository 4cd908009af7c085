"""A checkpoint: how far a history went at a moment, and the hash that it ended with, signed and kept elsewhere.

The chain alone cannot show that the whole of it was rewritten, or its end cut off (see `chain`). Whoever has a
checkpoint that was taken before can: the history must still have that hash at that place.

As a file it is a few lines of text, so that it can be read, compared and typed off paper by people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = "factboard checkpoint 1"
FIELDS = ("team", "seq", "hash", "at", "key", "signature")
DIGITS = 32  # of the hash on paper: nobody finds another history with the same 128 bits
_HASH = re.compile("[0-9a-f]{64}")
_LINE = re.compile(r"([a-z]+): (\S.*)")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`at` is when it was signed, UTC ISO 8601; `key` the public key and `signature` Ed25519, both base64."""

    team: str
    seq: int
    hash: str
    at: str
    key: str
    signature: str

    @property
    def text(self) -> str:
        """What is signed."""
        return said(self.team, self.seq, self.hash, self.at, self.key)

    @property
    def file(self) -> str:
        """It as a file."""
        return f"{self.text}signature: {self.signature}\n"

    @property
    def code(self) -> str:
        """Its hash as it stands on paper."""
        return on_paper(self.hash)


def said(team: str, seq: int, hash: str, at: str, key: str) -> str:
    """The lines that are signed."""
    return f"{HEAD}\nteam: {team}\nseq: {seq}\nhash: {hash}\nat: {at}\nkey: {key}\n"


def read(text: str) -> Checkpoint:
    """The checkpoint in a file; whether its signature holds is another question. Raises ValueError where it is none."""
    first, *lines = [line.rstrip() for line in text.lstrip("\ufeff").strip().splitlines()] or [""]
    found = [(match[1], match[2]) for line in lines if (match := _LINE.fullmatch(line))]
    fields = dict(found)
    if first != HEAD or [name for name, _ in found] != [*FIELDS] or len(lines) != len(FIELDS):
        raise ValueError("not a checkpoint")
    if not re.fullmatch("[0-9]{1,10}", fields["seq"]) or not _HASH.fullmatch(fields["hash"]):
        raise ValueError("not a checkpoint")
    team, seq, hash, at, key, signature = fields.values()
    return Checkpoint(team, int(seq), hash, at, key, signature)


def on_paper(hash: str) -> str:
    """The first digits of a hash, in groups of four."""
    return " ".join(hash[start : start + 4] for start in range(0, DIGITS, 4))


def same_on_paper(typed: str, hash: str) -> bool:
    """Is what somebody typed off paper this hash? Spaces, dashes and capitals do not matter."""
    digits = re.sub(r"[\s-]", "", typed).lower()
    return len(digits) >= DIGITS and hash.startswith(digits)

"""One fact's place in the chain, checked by what stands beside it. Is the whole chain whole: `chain.verify`."""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain.chain import GENESIS, Row, digest_of, hash_of


@dataclass(frozen=True, slots=True)
class Place:
    """`content`: it says what was written; None: that was taken away. `hash`: who, when, about whom are as they were.
    `follows`: it hangs on the fact before it. `followed`: the next one hangs on it, None: there is none yet.
    """

    content: bool | None
    hash: bool
    follows: bool
    followed: bool | None

    @property
    def right(self) -> bool:
        return self.content is not False and self.hash and self.follows and self.followed is not False


def place(row: Row, before: Row | None, after: Row | None) -> Place:
    """`before` and `after` are the rows beside it, None where there is none."""
    gone = row.payload is None or row.salt is None
    own = hash_of(
        row.previous,
        row.team,
        row.seq,
        row.at,
        row.actor,
        row.kind,
        row.version,
        row.client,
        row.placement,
        row.digest,
    )
    return Place(
        content=None if gone else digest_of(row.payload or "", row.salt or "") == row.digest,
        hash=own == row.hash,
        follows=row.previous == (before.hash if before else GENESIS) and (before is not None or row.seq == 1),
        followed=after.previous == row.hash if after else None,
    )

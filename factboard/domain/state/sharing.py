"""What a client has agreed to show, and what is locked, as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from factboard.domain import events as e
from factboard.domain.text import folded


@dataclass(frozen=True, slots=True)
class Consent:
    """What staff of `employer` may see, to the end of the local day `until`; `seq` is the fact's, `at` UTC."""

    seq: int
    employer: str
    parts: tuple[str, ...]
    until: date | None
    agreed: e.Agreed
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lock:
    """An inner lock; `at` is UTC."""

    id: str
    parts: tuple[str, ...]
    locked_for: e.LockedFor
    named: tuple[str, ...]
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """A client's consents, one an employer (by its name as eyes compare it), and the locks that hold."""

    consents: dict[str, Consent] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()


def both(one: Shared, other: Shared) -> Shared:
    """What stands of a person of whom there were two records: every lock; of consent, what was agreed to in both."""
    consents = {}
    for name in one.consents.keys() & other.consents.keys():
        mine, theirs = one.consents[name], other.consents[name]
        parts = tuple(part for part in mine.parts if part in theirs.parts)
        ends = min((until for until in (mine.until, theirs.until) if until), default=None)
        consents[name] = replace(mine, parts=parts, until=ends)
    return Shared(consents, (*one.locks, *other.locks))


def shared(state: Shared, row: e.Recorded) -> Shared:
    """What stands after one more fact about consent or locks."""
    match row.fact:
        case e.ConsentGiven() as given:
            consent = Consent(
                row.seq, given.employer, given.parts, given.until, given.agreed, given.note, row.actor, row.at
            )
            return replace(state, consents=state.consents | {folded(given.employer): consent})
        case e.ConsentRevoked(employer=employer):
            others = {known: one for known, one in state.consents.items() if known != folded(employer)}
            return replace(state, consents=others)
        case e.LockPlaced() as placed:
            lock = Lock(placed.lock, placed.parts, placed.locked_for, placed.named, placed.note, row.actor, row.at)
            return replace(state, locks=(*state.locks, lock))
        case e.LockLifted(lock=id):
            return replace(state, locks=tuple(lock for lock in state.locks if lock.id != id))
    return state

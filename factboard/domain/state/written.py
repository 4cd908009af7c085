"""What is written about a client piece by piece, as their state keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from factboard.domain import events as e


@dataclass(frozen=True, slots=True)
class Rating:
    """`seq` is the fact's; `recorded_at` tells late entries from evidence."""

    seq: int
    rating: e.Rating
    basis: e.Basis
    by: str
    happened_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    seq: int
    kind: e.ContactKind
    by: str
    others: tuple[str, ...]
    happened_at: datetime
    recorded_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Visit:
    """Who goes to the client; `seq` is the number of the fact that planned it, whatever was changed since.

    `changed` is the number of the fact that last changed it.
    """

    seq: int
    who: str
    day: date
    at: time | None
    note: str
    backup: str | None = None
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Admission:
    """In hospital, or detained; days are local, `noted` is when the team wrote it down (UTC)."""

    ward: str
    on: date
    expected: date | None
    note: str
    noted: datetime


@dataclass(frozen=True, slots=True)
class Legal:
    """A legal measure that is in force. Without `ends`, until further notice."""

    id: str
    name: str
    on: date
    ends: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Action:
    id: str
    seq: int
    text: str
    owner: str | None
    due: date | None
    urgent: bool
    done_by: str | None = None
    done_at: datetime | None = None
    task: e.Task | None = None


@dataclass(frozen=True, slots=True)
class CrisisPlan:
    """When the crisis plan was last gone through, by whom, with the client or not; `review_by`: when it is next, where
    that was said. `seq` is the fact's number.
    """

    on: date
    by: str
    with_client: bool
    review_by: date | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Same:
    """Another record of the same person, which goes on in the record `into` since the fact `seq` there."""

    client: str
    into: str
    seq: int
    at: datetime
    by: str
    reason: str

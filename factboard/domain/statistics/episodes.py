"""What the statistics count, as the history makes it: times on the board, admissions, enrolments, meetings, members.

Each is kept whole as one row of a read table, so that a period reads what it needs and no history. Instants are UTC,
days local.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import ClassVar, NamedTuple

from factboard.domain import events as e
from factboard.domain.statistics.keys import Kind


class Ending(StrEnum):
    """How a time on the board ended."""

    AUTOMATIC = "automatic"  # by the rule
    BY_HAND = "by_hand"
    DECLINED = "declined"  # the client did not want it, and two people agreed
    LEFT_CARE = "left_care"  # the enrolment ended
    IN_ERROR = "in_error"  # it should never have been


@dataclass(frozen=True, slots=True)
class Spell:
    """In this category since then, until the next one or the end."""

    since: datetime
    category: str


@dataclass(frozen=True, slots=True)
class Flag:
    """What put a client on the board, or flagged them again there. `at` is when it came here."""

    at: datetime
    reason: str
    signs: tuple[str, ...]
    source: e.Source
    informed: e.Informed


@dataclass(frozen=True, slots=True)
class ReviewBy:
    """From `since` on, the day by which it was to be looked at anew."""

    since: datetime
    day: date | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A time on the board. `crisis_plans` are the days on which the crisis plan was gone through, as said meanwhile."""

    kind: ClassVar[Kind] = Kind.STAY

    id: str
    client: str
    began: datetime
    spells: tuple[Spell, ...]
    flags: tuple[Flag, ...]
    reviews: tuple[ReviewBy, ...]
    taken: tuple[datetime, ...] = ()
    holds: tuple[datetime, ...] = ()
    crisis_plans: tuple[date, ...] = ()
    ended: datetime | None = None
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """In hospital, or detained, from the local day `on` until `home`."""

    kind: ClassVar[Kind] = Kind.ADMISSION

    id: str
    client: str
    on: date
    home: date | None = None

    @property
    def began(self) -> datetime:
        """To find it by; what is counted are days."""
        return datetime.combine(self.on, time(), UTC)

    @property
    def ended(self) -> datetime | None:
        return datetime.combine(self.home, time(), UTC) if self.home else None


@dataclass(frozen=True, slots=True)
class InCare:
    """Enrolled in the team."""

    kind: ClassVar[Kind] = Kind.IN_CARE

    id: str
    client: str
    began: datetime
    ended: datetime | None = None
    reason: e.EndReason | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A board meeting that was opened, or one that was planned and not opened. The numbers are those of its closing."""

    kind: ClassVar[Kind] = Kind.MEETING

    id: str
    began: datetime
    planned: datetime | None
    opened: bool = True
    ended: datetime | None = None
    held: bool = False
    discussed: int = 0
    not_discussed: int = 0
    client: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What a member was from then on; `days` are those that they work in a week."""

    since: datetime
    role: e.Role
    days: int


@dataclass(frozen=True, slots=True)
class InTeam:
    """Somebody's time as a member of the team."""

    kind: ClassVar[Kind] = Kind.IN_TEAM

    id: str
    user: str
    began: datetime
    posts: tuple[Post, ...]
    ended: datetime | None = None
    client: str = ""


Episode = Stay | Admission | InCare | Meeting | InTeam
SHAPES: dict[Kind, type[Episode]] = {shape.kind: shape for shape in (Stay, Admission, InCare, Meeting, InTeam)}


class Contact(NamedTuple):
    """A contact or an attempt, and everybody of the team who was there."""

    client: str
    happened: datetime
    kind: e.ContactKind
    staff: tuple[str, ...]

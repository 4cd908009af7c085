"""What a course is made of. Instants are UTC; an `until` of None goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factboard.domain.events import Recorded


class Lane(StrEnum):
    """Of what kind a moment is: each kind has a line of its own in a picture."""

    KEY = "key"  # what turns the course: put on, a new worry, kept on, announced, returned
    RATINGS = "ratings"
    CONTACTS = "contacts"
    MEETINGS = "meetings"
    ALARMS = "alarms"  # what had gone on for too long


class Kind(StrEnum):
    """What lasts for a while beside the time on the board."""

    ENROLLED = "enrolled"
    KEPT = "kept"
    ANNOUNCED = "announced"
    ADMITTED = "admitted"
    LEGAL = "legal"


class Ended(StrEnum):
    """How a time on the board came to its end."""

    BY_ITSELF = "by_itself"
    BY_HAND = "by_hand"
    DECLINED = "declined"
    ENROLMENT = "enrolment"  # the client left the team
    IN_ERROR = "in_error"  # it should never have been


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment: `at` is when it happened, which is not always when `row` was written."""

    lane: Lane
    at: datetime
    row: Recorded


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted, from the fact that began it. `name` is the ward's, or the measure's."""

    kind: Kind
    since: datetime
    until: datetime | None
    row: Recorded
    name: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a time on the board in one category, from the fact that began it."""

    category: str
    since: datetime
    until: datetime | None
    row: Recorded


@dataclass(frozen=True, slots=True)
class TimeOnBoard:
    """One time on the board. `first` put the client there, `last` ended it; `holds` is how often they were kept on."""

    placement: str
    bands: tuple[Band, ...]
    first: Recorded
    last: Recorded | None = None
    how: Ended | None = None
    holds: int = 0

    @property
    def since(self) -> datetime:
        return self.bands[0].since

    @property
    def ended(self) -> datetime | None:
        return self.bands[-1].until

    @property
    def in_error(self) -> bool:
        return self.how is Ended.IN_ERROR


@dataclass(frozen=True, slots=True)
class Course:
    """All of it, each part in the order in which it began. `undone` counts the facts that count no longer."""

    times: tuple[TimeOnBoard, ...] = ()
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    undone: int = 0

    def time(self, placement: str) -> TimeOnBoard | None:
        return next((one for one in self.times if one.placement == placement), None)

    def between(self, since: datetime, until: datetime) -> Course:
        """What of it touches this time: the marks in it, and whatever lasted into it or began in it."""
        return Course(
            tuple(one for one in self.times if one.since <= until and (one.ended or until) >= since),
            tuple(one for one in self.spans if one.since <= until and (one.until or until) >= since),
            tuple(one for one in self.marks if since <= one.at <= until),
            self.undone,
        )

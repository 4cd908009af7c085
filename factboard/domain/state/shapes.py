"""The states: a client's, a time on the board, a team's. Read whole, replaced whole."""

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
    seq: int
    who: str
    day: date
    at: time | None
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


@dataclass(frozen=True, slots=True)
class CrisisPlan:
    """When the crisis plan was last gone through, by whom, with the client or not."""

    on: date
    by: str
    with_client: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """One time on the board, as it stands. `since` is when it began, `flagged_at` the newest flag's instant."""

    placement: str
    since: datetime
    put_on_by: str
    category: str
    reason: str
    warning_signs: tuple[str, ...]
    needed: str
    informed: e.Informed
    source: e.Source
    review_by: date | None
    flagged_at: datetime
    flagged_by: str
    flagged_seq: int
    taken_by: str | None = None
    taken_at: datetime | None = None
    ratings: tuple[Rating, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class PastStay:
    """A time on the board that is over."""

    placement: str
    since: datetime
    ended: datetime
    category: str
    in_error: bool = False


@dataclass(frozen=True, slots=True)
class Client:
    """A client as the facts up to `seq` make them."""

    id: str
    seq: int
    details: e.Details
    enrolled: bool = True
    enrolment_end: e.EndReason | None = None
    stay: Stay | None = None
    past: tuple[PastStay, ...] = ()
    contacts: tuple[Contact, ...] = ()
    visits: tuple[Visit, ...] = ()
    crisis_plan: CrisisPlan | None = None
    actions_left: tuple[Action, ...] = ()  # still to be done when the time on the board ended; the next one has them


@dataclass(frozen=True, slots=True)
class Team:
    """A team as the facts up to `seq` make it. Members who left stay, so that the history can name them."""

    id: str
    seq: int
    settings: e.Settings
    categories: dict[str, e.Category]
    members: dict[str, e.Member]

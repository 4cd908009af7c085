"""What a client's state says of their planned care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from factboard.domain.events.contents import Together


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """The standing schedule of planned care: who meets the client how often, and the day set for the next time."""

    who: str
    every_days: int
    next: date
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """After a return: `who` meets the client by the local day `due`. `done` None: nobody has yet."""

    due: date
    who: str | None
    since: datetime
    done: datetime | None = None
    done_by: str | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of a document, and who wrote it when (UTC); what stands in it is read apart."""

    number: int
    seq: int
    at: datetime
    by: str
    together: Together
    review_by: date | None = None

"""Facts of a time on the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from factboard.domain.events.anchoring import Anchored
from factboard.domain.events.fact import Fact
from factboard.domain.events.shapes import Grounds, PlanVersion
from factboard.domain.events.words import Basis, ContactKind, Informed, Rating, Source, Task


@dataclass(frozen=True, slots=True)
class PutOnBoard(Fact, kind="put_on_board"):
    """`since` (UTC) is when the time on the board began, where that is before the fact was written.

    `back`: as they were when they returned a short while ago, by one touch, or by a rating "worse" from before that.
    `made` (UTC): when it was written on a phone, where it came here late. `plans` are the versions in force, over which
    this time on the board lies; an older fact names none.
    """

    category: str
    reason: str
    warning_signs: tuple[str, ...] = ()
    needed: str = ""
    informed: Informed = Informed.UNKNOWN
    source: Source = Source.TEAM
    since: datetime | None = None
    review_by: date | None = None
    back: bool = False
    made: datetime | None = None
    plans: tuple[PlanVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class FlaggedAgain(Fact, kind="flagged_again"):
    """A flag for somebody already on the board: the same placement, to be taken anew. `made` as in `PutOnBoard`."""

    reason: str
    warning_signs: tuple[str, ...] = ()
    needed: str = ""
    informed: Informed = Informed.UNKNOWN
    source: Source = Source.TEAM
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken(Fact, kind="taken"):
    pass


@dataclass(frozen=True, slots=True)
class Recategorised(Fact, kind="recategorised"):
    category: str
    previous: str
    reason: str = ""
    review_by: date | None = None
    anchored: Anchored | None = None


@dataclass(frozen=True, slots=True)
class Rated(Fact, kind="rated"):
    """`by` had the contact; the actor of the row typed it. `happened_at` is UTC."""

    rating: Rating
    basis: Basis
    by: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class ContactLogged(Fact, kind="contact_logged"):
    contact: ContactKind
    by: str
    happened_at: datetime
    others: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionAdded(Fact, kind="action_added"):
    """With `task` it came by itself, and has no `text`: what it says is made when it is read."""

    action: str
    text: str
    owner: str | None = None
    due: date | None = None
    urgent: bool = False
    anchored: Anchored | None = None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class ActionDone(Fact, kind="action_done"):
    """`text` is what the action said, so that the fact can be read by itself."""

    action: str
    text: str
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class CrisisPlanReviewed(Fact, kind="crisis_plan_reviewed"):
    """`with_client` is False where the client declined. `review_by`: the local day of the next review, where said."""

    on: date
    with_client: bool
    note: str = ""
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewSet(Fact, kind="review_set"):
    review_by: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Returned(Fact, kind="returned"):
    """Back to planned care. By hand, the actor is the person who decided it; by the rule it is `factboard`, and `due`
    (UTC) is when it fell due.

    `who` meets the client by the local day `follow_up`. `agreed_with`: the second person, where the client declined.
    `plans` are the versions that are in force, to which it leads back; an older fact names none.
    """

    reason: str
    due: datetime | None = None
    grounds: Grounds | None = None
    follow_up: date | None = None
    who: str | None = None
    agreed_with: str | None = None
    plans: tuple[PlanVersion, ...] = ()
    anchored: Anchored | None = None


@dataclass(frozen=True, slots=True)
class EnteredInError(Fact, kind="entered_in_error"):
    """The placement should never have been: kept in the history, left out of the statistics."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoticeRead(Fact, kind="notice_read"):
    """`notice` is the seq of the fact that the notice tells of."""

    notice: int


@dataclass(frozen=True, slots=True)
class Undone(Fact, kind="undone"):
    """The fact with this seq no longer counts; both stay in the history. `reason`: of one that needs one."""

    seq: int
    undone_kind: str
    reason: str = ""

"""The states of a client and of a time on the board. Read whole, replaced whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from factboard.domain import events as e
from factboard.domain.events.contents import Kind
from factboard.domain.state.anchoring import Anchoring
from factboard.domain.state.caseload import Paced
from factboard.domain.state.coming import Dated
from factboard.domain.state.legal_hold import LegalHold
from factboard.domain.state.moving import Moves
from factboard.domain.state.planned_care import FollowUp, Newest, PlannedContact, StandingLine
from factboard.domain.state.sharing import Shared
from factboard.domain.state.tips import Tip
from factboard.domain.state.written import Action, Admission, Contact, CrisisPlan, Legal, Rating, Same, Visit


@dataclass(frozen=True, slots=True)
class Announced:
    """A return that a held meeting has announced. `planned` is the moment as it was said then; `told_*` who has spoken
    with the client since. With `due` (UTC), another held meeting, `upheld`, had them up (said at `upheld_at`): it
    falls due then.
    """

    seq: int
    at: datetime
    by: str
    meeting: str
    mode: e.Mode
    planned: datetime | None
    informed: e.Informed
    view: str
    told_by: str | None = None
    told_at: datetime | None = None
    upheld: str | None = None
    due: datetime | None = None
    upheld_at: datetime | None = None
    objects: bool = False  # the client does not want it


@dataclass(frozen=True, slots=True)
class Said:
    """What the client thinks of a return, as somebody wrote it down; `objects`: they do not want it."""

    view: str
    objects: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept on the board to the end of the local day `until`."""

    until: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """One time on the board, as it stands. `since` is when it began, `flagged_at` when the newest flag came here: from
    then on the team can know of it. `flagged_made` is when it was written, where it waited on a phone.

    `said` is what the client thought of a return last: it outlives the announcement of which it was said.

    `ready_in` is the newest meeting that discussed the client while ready. `told` are the steps of getting louder that
    were written down, each with the instant it fell due.
    """

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
    category_since: datetime | None = None  # None: since it began
    announced: Announced | None = None
    kept: Kept | None = None
    holds: int = 0
    ready_in: str | None = None
    told: dict[e.Step, datetime] = field(default_factory=dict)
    noted: datetime | None = None  # when it was written down: from here on the team's contacts are known
    first_seq: int = 0  # the number of the fact that began it
    back: bool = False  # by one touch, with the reason of the last time, and no other worry since
    said: Said | None = None
    flagged_made: datetime | None = None
    flagged_source: e.Source = e.Source.TEAM  # of the newest flag, whose words the reason is
    plans: tuple[e.PlanVersion, ...] = ()  # over which it lies

    @property
    def said_before(self) -> Said | None:
        """What the client thinks, where it was not said of the return as it is announced now."""
        now = self.announced and (self.announced.view or self.announced.objects)
        return None if now else self.said

    @property
    def objects(self) -> bool:
        """The client does not want to go back, as far as anybody has written down."""
        return self.said is not None and self.said.objects


@dataclass(frozen=True, slots=True)
class PastStay:
    """A time on the board that is over."""

    placement: str
    since: datetime
    ended: datetime
    category: str
    in_error: bool = False
    reason: str = ""
    holds: int = 0
    by: str = ""  # who ended it; `factboard` where the rule did


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
    admission: Admission | None = None
    discharged: date | None = None  # the last time
    legal: tuple[Legal, ...] = ()
    decided: datetime | None = None  # the newest decision about them: what a meeting has done shows here
    discussed: datetime | None = None  # in a meeting
    passed_over: datetime | None = None  # by a meeting, and not discussed since
    planned: PlannedContact | None = None
    model: str = ""  # of case management, by its code; empty: the team's default
    own_pace: tuple[PlannedContact, ...] = ()  # of people who stand in a plan, thinned out or stepped up since
    paced: tuple[Paced, ...] = ()  # how the schedule was thinned out and stepped up, the newest last
    follow_up: FollowUp | None = None  # of the newest return: on the board nobody waits for it, entered in error again
    follow_up_told: dict[e.Step, datetime] = field(default_factory=dict)
    ended: datetime | None = None  # when the enrolment did; None while it goes on
    legal_hold: LegalHold | None = None
    facts: int = 0  # how many have made it
    shared: Shared = field(default_factory=Shared)
    documents: dict[Kind, Newest] = field(default_factory=dict)  # of the kinds of which there is one
    taken_away: dict[Kind, int] = field(default_factory=dict)  # of those, up to which version it was
    coming: tuple[Dated, ...] = ()  # days that what is written names
    tips: tuple[Tip, ...] = ()  # of which nobody has said what became of them
    lines: tuple[StandingLine, ...] = ()  # of the standing schedule, as the plans in force have them
    met_by: dict[str, datetime] = field(default_factory=dict)  # who has met them or spoken with them, when last
    contact_told: dict[e.Step, datetime] = field(default_factory=dict)  # of planned contacts that nobody made
    anchorings: tuple[Anchoring, ...] = ()  # what others have planned, and what the case manager says to it
    moves: Moves = field(default_factory=Moves)  # to and from other teams
    merged: tuple[Same, ...] = ()  # what else was written about this person, under other ids
    merged_into: str | None = None  # the record in which this one goes on
    known_as: tuple[str, ...] = ()  # the names in other records of theirs

    @property
    def records(self) -> tuple[str, ...]:
        """Every id under which facts about this person stand."""
        return (self.id, *(one.client for one in self.merged))

    @property
    def left_board(self) -> datetime | None:
        """When the newest time on the board ended, for somebody who is not on it and was not there in error."""
        last = next((past for past in reversed(self.past) if not past.in_error), None)
        return last.ended if last and self.stay is None and self.enrolled else None

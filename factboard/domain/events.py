"""The facts that can happen: frozen, in the past tense, typed, each with its kind and version.

A fact is only its own content. Who, when, about whom and its place in the history stand around it
(`Entry` before it is written, `Recorded` after). Sentences are made when read, in `web/sentences.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

KINDS: dict[str, type[Fact]] = {}


class Fact:
    """What happened. `kind` names it in the history; `version` counts the changes of its shape."""

    __slots__ = ()
    kind: ClassVar[str]
    version: ClassVar[int] = 1

    def __init_subclass__(cls, kind: str = "", version: int = 1) -> None:
        if kind:  # dataclass(slots=True) builds the class twice; the second one is the one kept
            cls.kind, cls.version = kind, version
        KINDS[cls.kind] = cls


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact that a rule asks to have written, and whom it is about."""

    fact: Fact
    client: str | None = None
    placement: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact in its place in a team's history; `at` is UTC."""

    seq: int
    at: datetime
    actor: str
    fact: Fact
    client: str | None = None
    placement: str | None = None


# --- the words that facts are made of ---------------------------------------------------------------------


class Rating(StrEnum):
    """How the client is, by the person who had the contact (design 5)."""

    WORSE = "worse"
    UNCHANGED = "unchanged"
    BETTER = "better"
    USUAL = "at_usual_level"
    NOT_ASSESSED = "not_assessed"


class Basis(StrEnum):
    """What a rating rests on; only the first two can be evidence of stability."""

    SEEN = "seen"
    SPOKEN_WITH = "spoken_with"
    TOLD = "told_by_others"
    NONE = "none"


class ContactKind(StrEnum):
    """Where and how; `TRIED` is an attempt, never a contact."""

    HOME = "home"
    OFFICE = "office"
    STREET = "street"
    WARD = "ward"
    PHONE = "phone"
    VIDEO = "video"
    TRIED = "tried_and_missed"


class Informed(StrEnum):
    """Does the client know that they are on the board?"""

    YES = "yes"
    NO = "no"
    NOT_POSSIBLE = "not_possible"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """Where the worry, or the row, came from (domain page, section 1.3)."""

    TEAM = "team"
    CLIENT = "client"
    RELATIVE = "relative"
    WARD = "ward"
    ON_CALL = "on_call"
    OTHER = "other"
    IMPORT = "import"


class EndReason(StrEnum):
    """Why an enrolment ended."""

    MOVED = "moved"
    DIED = "died"
    COMPLETED = "completed"
    OTHER_TEAM = "other_team"
    OTHER = "other"


class Role(StrEnum):
    """What a person is in a team; what each may do stands in `people.RIGHTS`."""

    CLINICIAN = "clinician"
    LEAD = "lead"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Settings:
    """A team's own way of working. Times are local, in `time_zone`; weekdays count from Monday = 0."""

    name: str
    language: str = "sv"
    country: str = "SE"
    time_zone: str = "Europe/Stockholm"
    meeting_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    meeting_time: time = time(8, 30)
    meeting_minutes: int = 15
    return_time: time = time(13, 0)
    closed_days: tuple[date, ...] = ()
    client_word: str = "patient"
    case_manager_word: str = "case_manager"
    warning_signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A group of the board. `name` is the team's own word; empty means the standard word for `code`."""

    code: str
    name: str = ""
    colour: str = "grey"
    shape: str = "circle"
    order: int = 0
    review_days: int = 14
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in a team."""

    user: str
    username: str
    name: str
    role: Role
    profession: str = ""
    employer: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """Who a client is. A protected identity never shows a name on a shared screen."""

    surname: str
    first_name: str
    short_name: str = ""
    birth_date: date | None = None
    national_id: str = ""
    case_manager: str | None = None
    address: str = ""
    phone: str = ""
    protected: bool = False
    notes: str = ""


# --- the team ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HistoryStarted(Fact, kind="history_started"):
    """The first row of every history: what the chain hangs from."""

    name: str


@dataclass(frozen=True, slots=True)
class TeamSettingsChanged(Fact, kind="team_settings_changed"):
    settings: Settings


@dataclass(frozen=True, slots=True)
class CategoryChanged(Fact, kind="category_changed"):
    """A category was added, edited, retired or taken back into use."""

    category: Category


@dataclass(frozen=True, slots=True)
class MemberAdded(Fact, kind="member_added"):
    member: Member


@dataclass(frozen=True, slots=True)
class MemberChanged(Fact, kind="member_changed"):
    member: Member


@dataclass(frozen=True, slots=True)
class MemberRemoved(Fact, kind="member_removed"):
    user: str


@dataclass(frozen=True, slots=True)
class Imported(Fact, kind="imported"):
    """A file came in, whole: how many rows, and what they did."""

    file: str
    digest: str
    rows: int
    enrolled: int
    corrected: int
    put_on: int


# --- the system's own stream ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamAdded(Fact, kind="team_added"):
    team: str
    name: str


@dataclass(frozen=True, slots=True)
class UserAdded(Fact, kind="user_added"):
    user: str
    username: str
    name: str
    admin: bool = False


@dataclass(frozen=True, slots=True)
class PasswordSet(Fact, kind="password_set"):
    user: str


@dataclass(frozen=True, slots=True)
class UserClosed(Fact, kind="user_closed"):
    """The account can no longer sign in, in any team."""

    user: str


@dataclass(frozen=True, slots=True)
class UserReopened(Fact, kind="user_reopened"):
    user: str


# --- clients ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClientEnrolled(Fact, kind="client_enrolled"):
    details: Details
    source: Source = Source.TEAM


@dataclass(frozen=True, slots=True)
class ClientCorrected(Fact, kind="client_corrected"):
    details: Details
    changed: tuple[str, ...]
    source: Source = Source.TEAM


@dataclass(frozen=True, slots=True)
class EnrolmentEnded(Fact, kind="enrolment_ended"):
    reason: EndReason
    note: str = ""


# --- a time on the board ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PutOnBoard(Fact, kind="put_on_board"):
    """`since` (UTC) is when the time on the board began, where that is before the fact was written."""

    category: str
    reason: str
    warning_signs: tuple[str, ...] = ()
    needed: str = ""
    informed: Informed = Informed.UNKNOWN
    source: Source = Source.TEAM
    since: datetime | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class FlaggedAgain(Fact, kind="flagged_again"):
    """A flag for somebody already on the board: the same placement, to be taken anew."""

    reason: str
    warning_signs: tuple[str, ...] = ()
    needed: str = ""
    informed: Informed = Informed.UNKNOWN
    source: Source = Source.TEAM


@dataclass(frozen=True, slots=True)
class Taken(Fact, kind="taken"):
    pass


@dataclass(frozen=True, slots=True)
class Recategorised(Fact, kind="recategorised"):
    category: str
    previous: str
    reason: str = ""
    review_by: date | None = None


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
class VisitPlanned(Fact, kind="visit_planned"):
    """`day` and `at` are local to the team."""

    who: str
    day: date
    at: time | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionAdded(Fact, kind="action_added"):
    action: str
    text: str
    owner: str | None = None
    due: date | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ActionDone(Fact, kind="action_done"):
    action: str


@dataclass(frozen=True, slots=True)
class CrisisPlanReviewed(Fact, kind="crisis_plan_reviewed"):
    """`with_client` is False where the client declined."""

    on: date
    with_client: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSet(Fact, kind="review_set"):
    review_by: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Returned(Fact, kind="returned"):
    """Back to planned care. By hand, the actor is the person who decided it."""

    reason: str


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
    """The fact with this seq no longer counts; both stay in the history."""

    seq: int
    undone_kind: str


# --- older shapes -----------------------------------------------------------------------------------------

Payload = Mapping[str, Any]
UPCASTERS: dict[tuple[str, int], Callable[[Payload], Payload]] = {}
"""(kind, old version) -> a function that gives the payload the shape of the next version."""


def upcast(kind: str, version: int, payload: Payload) -> Payload:
    """The payload in the shape that `KINDS[kind]` has today. Raises KeyError for a kind from the future."""
    for step in range(version, KINDS[kind].version):
        payload = UPCASTERS[kind, step](payload)
    return payload

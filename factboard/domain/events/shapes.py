"""What facts carry whole: a team's settings, a category, a member, who a client is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.words import AgendaGroup, Audience, Basis, Blocker, Mode, Moved, Role

FIRST = (AgendaGroup.FOLLOW_UP, AgendaGroup.PASSED_OVER)  # whatever the team's order is
AGENDA = tuple(group for group in AgendaGroup if group not in FIRST)  # the order to begin with


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told at once of each kind of news; the fields are those of `News`."""

    flag: tuple[Audience, ...] = tuple(Audience)
    untaken: tuple[Audience, ...] = tuple(Audience)
    announced: tuple[Audience, ...] = (Audience.CASE_MANAGER,)
    returned: tuple[Audience, ...] = (Audience.CASE_MANAGER,)


@dataclass(frozen=True, slots=True)
class Settings:
    """A team's own way of working. Times are local, in `time_zone`; weekdays count from Monday = 0.

    The wall shows clients from `wall_before` minutes before a meeting begins until `wall_after` minutes after its end.
    More than `most_visits` on one day is too much for one person. `out_of_hours` says whom to call when nobody is here.
    Somebody is here from `day_begins` to `day_ends` on working days; a flag should be taken within `taken_minutes` of
    those. With `public_holidays`, the country's are closed days; `closed_days` are the team's own. `phrases` are ready
    reasons to put somebody on the board; without any, the standard ones are offered. What a client's facts say is taken
    away `retention_years` after the end of their enrolment; 0: never. `contacts_moved`: where a planned contact goes
    that would fall on a day without the team. With `plans_on_phones` a person's phone keeps the crisis plans of their
    own clients of the day, sealed.
    """

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
    agenda: tuple[AgendaGroup, ...] = AGENDA
    wall_before: int = 30
    wall_after: int = 60
    most_visits: int = 5
    sheet_folder: str = ""
    out_of_hours: str = ""
    day_begins: time = time(8, 0)
    day_ends: time = time(16, 30)
    taken_minutes: int = 30
    public_holidays: bool = True
    phrases: tuple[str, ...] = ()
    told: Told = Told()
    retention_years: int = 0
    contacts_moved: Moved = Moved.AFTER
    plans_on_phones: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """When a category's clients may go back to planned care (design 5): so many ratings "at usual level", by so many
    people, over so many days. `return_time` None: the team's.
    """

    mode: Mode = Mode.AUTOMATIC
    stable_ratings: int = 3
    raters: int = 2
    stable_days: int = 14
    blockers: tuple[Blocker, ...] = (Blocker.URGENT, Blocker.CRISIS_PLAN, Blocker.CASE_MANAGER, Blocker.NEXT_CONTACT)
    return_time: time | None = None


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version of a plan: its number, and the digest of what stands in it (`versions.digest`)."""

    document: Kind
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A rating that counted: the fact's number, who was with the client, when (UTC), and how."""

    rating: int
    by: str
    at: datetime
    basis: Basis


@dataclass(frozen=True, slots=True)
class Versions:
    """By what an automatic fact was written: the rule, the fact that set the policy (0: none), factboard itself."""

    rule: int = 0
    policy: int = 0
    software: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an automatic fact rests on: the version of the rule and of factboard, the number of the fact that set the
    policy, each rating and each contact that counted.
    """

    rule: int
    policy: int
    software: str
    ratings: tuple[Evidence, ...] = ()
    contacts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A group of the board. `name` is the team's own word; empty means the standard word for `code`.

    `contacts_a_week` is the target for each client in it, `unseen_days` how long the team may go without seeing them.
    """

    code: str
    name: str = ""
    colour: str = "grey"
    shape: str = "circle"
    order: int = 0
    review_days: int = 14
    retired: bool = False
    contacts_a_week: int = 2
    unseen_days: int = 7
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in a team. `works` are their weekdays, Monday = 0; days away are facts of their own."""

    user: str
    username: str
    name: str
    role: Role
    profession: str = ""
    employer: str = ""
    left: bool = False
    phone: str = ""
    works: tuple[int, ...] = (0, 1, 2, 3, 4)
    leads_supervision: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """Who a client is. A protected identity never shows a name on a shared screen.

    `helps` is what helps this person, `warnings` what to know before the door opens ("two people go", "dog").
    `substitute` stands in for the case manager.
    """

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
    helps: str = ""
    warnings: str = ""
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One client on the agenda of a meeting, and why they come up there."""

    client: str
    group: AgendaGroup

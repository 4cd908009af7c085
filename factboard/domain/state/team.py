"""The state of a team: its way of working, its people, its screens, its meetings. Read whole, replaced whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from factboard.domain import events as e
from factboard.domain.state.moving import Offer


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody of the team is away; local days, both included."""

    id: str
    user: str
    first: date
    last: date
    note: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A paired wall screen. A revoked one stays, so that the history can name it."""

    id: str
    name: str
    naming: e.Naming
    outside: e.OutsideMeeting
    paired_by: str
    paired_at: datetime
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """The last meeting that was held: what changed since is counted from `closed`."""

    meeting: str
    opened: datetime
    closed: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """Nobody of the team returns by itself since then, and why. `agreed` have said in `meeting` that they may."""

    why: e.Pause
    at: datetime
    many: int = 0
    of: int = 0
    jump: int = 0
    meeting: str | None = None
    agreed: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A team as the facts up to `seq` make it. Members who left stay, so that the history can name them."""

    id: str
    seq: int
    settings: e.Settings
    categories: dict[str, e.Category]
    members: dict[str, e.Member]
    absences: dict[str, Absence] = field(default_factory=dict)
    duty: dict[date, str] = field(default_factory=dict)  # who is on duty on which local day
    screens: dict[str, Screen] = field(default_factory=dict)
    blank: bool = False  # every wall, until somebody says otherwise
    meeting: str | None = None  # the one that is open now, when it was opened, and for when it was planned
    opened: datetime | None = None
    planned: datetime | None = None
    held: Held | None = None
    judged: datetime | None = None  # until when it is known of each planned meeting whether it was held
    sheets: dict[e.Sheet, date] = field(default_factory=dict)  # the newest of each kind, and the day that it is for
    began: datetime | None = None  # its history
    policies: dict[str, int] = field(default_factory=dict)  # of each category, the number of the fact that set it
    paused: Paused | None = None
    released: datetime | None = None  # when people last said that so many may return at once
    facts: int = 0  # how many have made it
    employer: str = ""  # whose records these are; empty: the team has one employer, and nothing is hidden
    sharing: e.Sharing = e.Sharing.CLOSED
    care_models: dict[str, e.CareModel] = field(default_factory=dict)  # those that the team has set itself
    offers: dict[str, Offer] = field(default_factory=dict)  # whom other teams ask this one to take over
    care_model: str = ""  # the default, by its code; empty: as `caseload.models` has it

"""Facts of the team's day: who is away or on duty, which wall screens show the board, which sheets were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from factboard.domain.events.fact import Fact
from factboard.domain.events.words import Naming, OutsideMeeting, Sheet


@dataclass(frozen=True, slots=True)
class AbsenceNoted(Fact, kind="absence_noted"):
    """Away from `first` to `last`, both included; local days."""

    absence: str
    user: str
    first: date
    last: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceRemoved(Fact, kind="absence_removed"):
    absence: str
    user: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DutySet(Fact, kind="duty_set"):
    """Who is on duty on a local day; None: nobody after all."""

    day: date
    user: str | None


@dataclass(frozen=True, slots=True)
class ScreenPaired(Fact, kind="screen_paired"):
    """A wall screen may show this team's wall, and nothing else."""

    screen: str
    name: str
    naming: Naming
    outside: OutsideMeeting


@dataclass(frozen=True, slots=True)
class ScreenChanged(Fact, kind="screen_changed"):
    screen: str
    name: str
    naming: Naming
    outside: OutsideMeeting


@dataclass(frozen=True, slots=True)
class ScreenRevoked(Fact, kind="screen_revoked"):
    screen: str
    name: str


@dataclass(frozen=True, slots=True)
class WallsBlanked(Fact, kind="walls_blanked"):
    """No wall shows anything, until somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class WallsShown(Fact, kind="walls_shown"):
    pass


@dataclass(frozen=True, slots=True)
class SheetWritten(Fact, kind="sheet_written"):
    """A page for paper, written to the team's folder: names of `clients` people left the database with it.

    `day` is the local day that it is for; `digest` is the file's SHA-256.
    """

    sheet: Sheet
    day: date
    file: str
    digest: str
    clients: int

"""What passes between the rooms: the team a file is read against, and a line once it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from factboard.importing.problems import Problem


@dataclass(frozen=True, slots=True)
class Team:
    """What a file is read against: who may be case manager, the team's categories, its country and its own day.

    `staff`: user id -> (username, name). `categories`: code -> its names in every language, the team's own
    first.
    """

    staff: Mapping[str, tuple[str, str]]
    categories: Mapping[str, tuple[str, ...]]
    today: dt.date
    country: str = "SE"


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What a file says of a client on the board. `since` None: it does not say, so it counts from today."""

    category: str
    reason: str
    since: dt.date | None
    review_by: dt.date | None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line. Empty text and None mean that the file says nothing; with `problems` it is not to be used."""

    line: int
    surname: str = ""
    first_name: str = ""
    short_name: str = ""
    birth_date: dt.date | None = None
    national_id: str = ""
    case_manager: str | None = None
    address: str = ""
    phone: str = ""
    protected: bool | None = None
    notes: str = ""
    on_board: OnBoard | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """All lines of a layout, and the title of each field's first column, for messages."""

    rows: tuple[ImportRow, ...]
    titles: Mapping[str, str]

"""What facts carry whole: a team's settings, a category, a member, who a client is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from factboard.domain.events.words import Role


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

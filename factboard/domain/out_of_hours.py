"""When nobody of the team is here: when the board is next read, and whom to call now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from factboard.domain import calendar
from factboard.domain.events import Settings

_OWN_112 = re.compile(r"(?<![\d-])(?<!\d )112(?![ -]?\d)")  # the number itself, not a part of another one


def says_112(call: str) -> bool:
    """Does the team's own text name the emergency number? Where it does not, the page has to."""
    return _OWN_112.search(call) is not None


@dataclass(frozen=True, slots=True)
class OutOfHours:
    """Instants are UTC. `begins`: when somebody is here again, None for a team closed for longer than a year;
    `meeting`: the next one after `now`, None for a team without. `call` is the team's own text.
    """

    begins: datetime | None
    meeting: datetime | None
    call: str

    @property
    def says_112(self) -> bool:
        return says_112(self.call)


def out_of_hours(settings: Settings, now: datetime) -> OutOfHours | None:
    """None while somebody of the team is here, by its days and hours."""
    begins = calendar.next_here(now, settings)
    if begins is not None and begins <= now:
        return None
    return OutOfHours(begins, calendar.next_meeting(now, settings), settings.out_of_hours)

"""The planned contacts of a team on one page: those that nobody made, and those of the days to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from factboard.domain import calendar
from factboard.domain.planned_care.following import coordinator
from factboard.domain.planned_care.missing import Missed, missed
from factboard.domain.planned_care.schedule import NextContact, coming
from factboard.domain.state import Client, Team

AHEAD = 14  # days to come that are shown


@dataclass(frozen=True, slots=True)
class Coming:
    client: Client
    contact: NextContact


@dataclass(frozen=True, slots=True)
class Listing:
    """`missed`, the longest ago first; `days` to come, each with its contacts; `without` are clients of whom no contact
    is planned at all.
    """

    missed: tuple[Missed, ...]
    days: tuple[tuple[date, tuple[Coming, ...]], ...]
    without: tuple[Client, ...]

    @property
    def clients(self) -> list[Client]:
        found = [*(one.client for one in self.missed), *(one.client for _, ones in self.days for one in ones)]
        return [*{one.id: one for one in (*found, *self.without)}.values()]


def listing(team: Team, clients: Iterable[Client], now: datetime, whose: str | None = None) -> Listing:
    """Of all in planned care: whoever is on the board is met by the board. `whose`: of whom this person is the case
    manager, or stands in, and those whom they are to meet.
    """
    today, settings = calendar.local_day(now, team.settings), team.settings
    off = [one for one in clients if one.enrolled and one.stay is None]
    if whose:
        off = [one for one in off if _is_theirs(team, one, whose, today)]
    late = sorted((one for client in off for one in missed(client, now, settings)), key=_longest)
    overdue = {(one.client.id, one.contact.line) for one in late}
    ahead = [
        Coming(client, one)
        for client in off
        for one in coming(client, settings, today, AHEAD)
        if one.day > today or (client.id, one.line) not in overdue
    ]
    ahead.sort(key=lambda one: (one.contact.day, one.contact.who, one.client.id))
    days = tuple((day, tuple(ones)) for day, ones in groupby(ahead, key=lambda one: one.contact.day))
    return Listing(tuple(late), days, tuple(one for one in off if not (one.planned or one.lines)))


def _is_theirs(team: Team, client: Client, user: str, today: date) -> bool:
    goes = {line.who for line in client.lines} | ({client.planned.who} if client.planned else set())
    return user in (client.details.case_manager, coordinator(team, client, today)) or user in goes


def _longest(one: Missed) -> tuple[int, str, str]:
    return -one.days, one.client.id, one.contact.who

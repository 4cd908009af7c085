"""A client's contacts week by week, those made and those planned: what is seen of thirty clients on one screen.

Weeks begin on Monday and are the team's own; days are local.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factboard.domain import calendar, planned_care, signs, visits
from factboard.domain.events import Settings
from factboard.domain.planned_care import NextContact
from factboard.domain.state import Client, Contact, Team

BACK, AHEAD = 12, 4  # weeks, this one the last of those back
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """`made`: contacts, attempts apart as `tried`; `planned`: those still to come. `on_board`: for some of it."""

    first: date
    made: int = 0
    tried: int = 0
    planned: int = 0
    on_board: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weeks` from the oldest on, `last` the newest contact, `next` the next planned; `late`: its day has passed."""

    client: Client
    weeks: tuple[Week, ...]
    last: Contact | None
    next: NextContact | None
    late: bool

    @property
    def short(self) -> planned_care.InShort | None:
        """Who meets them every how many days, by the contact that comes next."""
        return planned_care.in_short(self.next)


def rhythm(team: Team, client: Client, now: datetime) -> Rhythm:
    """The last twelve weeks and the coming four."""
    settings, today = team.settings, calendar.local_day(now, team.settings)
    this = today - timedelta(days=today.weekday())
    met = signs.contacts(client)
    made = Counter(_week(calendar.local_day(one.happened_at, settings)) for one in met)
    every = Counter(_week(calendar.local_day(one.happened_at, settings)) for one in client.contacts)
    ahead = Counter(map(_week, planned_days(team, client, today, this + AHEAD * WEEK)))
    firsts = [this + number * WEEK for number in range(1 - BACK, AHEAD)]
    weeks = (
        Week(day, made[day], every[day] - made[day], ahead[day], _on_board(client, day, settings)) for day in firsts
    )
    plan = planned_care.next_contact(client, settings)
    late = plan is not None and plan.day < today and client.stay is None
    return Rhythm(client, tuple(weeks), met[-1] if met else None, plan, late)


def planned_days(team: Team, client: Client, first: date, end: date) -> list[date]:
    """The local days from `first` on and before `end` on which somebody is to meet the client.

    In planned care those of the standing schedule, an overdue one on the first day, and of visits; on the board, where
    the category's contacts overlay the schedule, so many a week as it asks for, or the visits where they are more.
    """
    settings = team.settings
    days = {one.day for one in visits.ahead(client, settings, first) if one.day < end}
    if client.stay:
        return _by_category(days, signs.contacts_due(team, client), first, end)
    return sorted(days.union(one.day for one in planned_care.coming(client, settings, first, (end - first).days)))


def _by_category(days: set[date], a_week: int, first: date, end: date) -> list[date]:
    found = sorted(days)
    day = first
    while day < end:
        ends = min(day + WEEK, end)
        short = a_week - sum(day <= one < ends for one in days)
        found += [day] * max(0, short * (ends - day).days // WEEK.days)
        day = ends
    return sorted(found)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _on_board(client: Client, monday: date, settings: Settings) -> bool:
    """For some of this week, or, of a time on the board that is going on, from its beginning on."""
    ends = monday + WEEK
    if client.stay and calendar.local_day(client.stay.since, settings) < ends:
        return True
    return any(
        calendar.local_day(one.since, settings) < ends and calendar.local_day(one.ended, settings) >= monday
        for one in client.past
        if not one.in_error
    )

"""The visits of a week as a grid: clients by day, who goes with a backup, who is here, and who has too much.

It begins on a Monday and reaches to the Sunday, or to the day before the team next meets where that is later: the same
grid serves teams that meet every morning, twice a week, and weekends in between. Days are the team's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from factboard.domain import calendar, roster, signs, visits
from factboard.domain.events import Category, Member, Settings
from factboard.domain.people import full_name
from factboard.domain.state import Client, Team, Visit
from factboard.domain.text import folded
from factboard.domain.visits import Gap

WEEK = timedelta(days=7)
LONGEST = 14  # days in one grid
FIRST, LAST = date(2000, 1, 3), date(2099, 12, 28)


@dataclass(frozen=True, slots=True)
class Call:
    """A visit in the grid. `goes` is who makes it as things stand, None for nobody; `passed`: its day has.

    `at_once`: whoever goes has another visit at that very time.
    """

    visit: Visit
    goes: str | None
    made: bool
    passed: bool
    at_once: bool = False

    @property
    def uncovered(self) -> bool:
        """Is it still to be made, and by nobody?"""
        return self.goes is None and not self.made and not self.passed


@dataclass(frozen=True, slots=True)
class Row:
    """A client's week. `done` and `due` are the contacts of the last seven days and those the category asks for."""

    client: Client
    category: Category | None
    cells: tuple[tuple[Call, ...], ...]
    gap: Gap | None
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the team. `counts`: the board's plan must cover it, for the team meets no earlier."""

    day: date
    here: tuple[Member, ...]
    away: tuple[Member, ...]
    duty: Member | None
    closed: bool
    meets: bool
    passed: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What one person has on one day; `much` is more than the team's settings allow."""

    visits: int
    here: bool
    away: bool
    much: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A grid whole. `meets` is the team's next meeting (UTC), `last` the last local day before it."""

    first: date
    days: tuple[Day, ...]
    rows: tuple[Row, ...]
    load: tuple[tuple[Member, tuple[Share, ...]], ...]
    gaps: tuple[Gap, ...]
    today: date
    last: date
    meets: datetime | None
    valid_until: datetime

    @property
    def clients(self) -> list[Client]:
        return [row.client for row in self.rows]

    @property
    def is_this(self) -> bool:
        """Is today in it?"""
        return self.first <= self.today < self.first + WEEK


def monday(text: str | None) -> date | None:
    """The Monday of the week that an address asks for by any of its days; None for this week and for no day at all."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day - timedelta(days=day.weekday()) if FIRST <= day <= LAST else None


def of_today(now: datetime, settings: Settings) -> date:
    """The Monday of the week we are in."""
    today = calendar.local_day(now, settings)
    return today - timedelta(days=today.weekday())


def week(team: Team, clients: Sequence[Client], now: datetime, first: date | None = None) -> Week:
    """The week that begins on `first`, or this one. `clients` are all in the team's care: a visit to somebody who has
    left the board is still somebody's to make.
    """
    today, last = calendar.local_day(now, team.settings), visits.last_day(team, now)
    begins = first or of_today(now, team.settings)
    days = _days(begins, today, last)
    gaps = visits.uncovered(team, clients, now)
    shown = [one for one in clients if one.enrolled and (one.stay or any(call.day in days for call in one.visits))]
    loads = [visits.load(team, shown, day) for day in days]
    return Week(
        first=begins,
        days=tuple(_day(team, day, today, last) for day in days),
        rows=tuple(_rows(team, shown, gaps, days, now)),
        load=tuple(_load(team, days, loads)),
        gaps=tuple(gaps),
        today=today,
        last=last,
        meets=calendar.next_meeting(now, team.settings),
        valid_until=turns(team, now),
    )


def turns(team: Team, now: datetime) -> datetime:
    """When the hour alone next changes who is covered: midnight, or the next meeting."""
    found = [calendar.next_midnight(now, team.settings), calendar.next_meeting(now, team.settings)]
    return min(instant for instant in found if instant and instant > now)


def at_once(team: Team, clients: Iterable[Client], day: date) -> frozenset[int]:
    """The visits that one person would make at the same hour: their own, or one in which they step in as backup."""
    found: dict[tuple[str | None, time], list[int]] = {}
    for client in clients:
        for one in client.visits:
            if one.day == day and one.at and not visits.is_made(client, one, team.settings):
                found.setdefault((visits.covered_by(team, one), one.at), []).append(one.seq)
    return frozenset(seq for (goes, _), seqs in found.items() if goes and len(seqs) > 1 for seq in seqs)


def _days(first: date, today: date, last: date) -> list[date]:
    """Monday to Sunday; this week goes on for as long as its plan must reach."""
    this = first <= today < first + WEEK
    many = max(7, (last - first).days + 1) if this else 7
    return [first + timedelta(days=step) for step in range(min(many, LONGEST))]


def _day(team: Team, day: date, today: date, last: date) -> Day:
    gone = [one for one in team.members.values() if _clinical(one) and roster.absent(team, one.user, day)]
    return Day(
        day=day,
        here=tuple(roster.working(team, day)),
        away=tuple(sorted(gone, key=lambda one: (one.name, one.user))),
        duty=roster.on_duty(team, day),
        closed=calendar.is_closed(day, team.settings),
        meets=calendar.is_meeting_day(day, team.settings),
        passed=day < today,
        counts=today <= day <= last,
    )


def _rows(team: Team, clients: Sequence[Client], gaps: Sequence[Gap], days: list[date], now: datetime) -> list[Row]:
    """Those nobody goes to first, then by category; who has left the board comes last."""
    today = calendar.local_day(now, team.settings)
    twice = frozenset[int]().union(*(at_once(team, clients, day) for day in days if day >= today))
    order = {gap.client.id: (place, gap) for place, gap in enumerate(gaps)}
    found: list[tuple[tuple[int, int, str, str], Row]] = []
    for client in clients:
        category = signs.category_of(team, client)
        place, gap = order.get(client.id, (len(order), None))
        cells = tuple(_calls(team, client, day, today, twice) for day in days)
        done, due = signs.contacts_this_week(client, now, team.settings), signs.contacts_due(team, client)
        row = Row(client, category, cells, gap, done, due)
        key = (
            place,
            category.order if category else len(team.categories),
            folded(full_name(client.details)),
            client.id,
        )
        found.append((key, row))
    return [row for _, row in sorted(found, key=lambda one: (one[0][0], one[1].client.stay is None, *one[0][1:]))]


def _calls(team: Team, client: Client, day: date, today: date, twice: Collection[int]) -> tuple[Call, ...]:
    of_day = sorted((one for one in client.visits if one.day == day), key=visits.in_time)
    return tuple(
        Call(
            one, visits.covered_by(team, one), visits.is_made(client, one, team.settings), day < today, one.seq in twice
        )
        for one in of_day
    )


def _load(team: Team, days: list[date], loads: Sequence[dict[str, int]]) -> list[tuple[Member, tuple[Share, ...]]]:
    """Everybody who sees clients, and whoever has a visit all the same."""
    busy = {user for load in loads for user in load}
    people = [one for one in team.members.values() if _clinical(one) or one.user in busy]
    here = [{one.user for one in roster.working(team, day)} for day in days]
    most = team.settings.most_visits
    return [
        (
            person,
            tuple(
                Share(
                    visits=(many := load.get(person.user, 0)),
                    here=person.user in works,
                    away=roster.absent(team, person.user, day),
                    much=many > most,
                )
                for day, load, works in zip(days, loads, here, strict=True)
            ),
        )
        for person in sorted(people, key=lambda one: (one.name, one.user))
    ]


def _clinical(member: Member) -> bool:
    return member.role in roster.CLINICAL and not member.left

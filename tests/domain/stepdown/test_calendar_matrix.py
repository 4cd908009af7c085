"""The moment of a return in four zones and six years: on a meeting day, at the local time exact, never before days off.

Compared with a plain search over days: both daylight-saving switches minute by minute, leap day, year end, Easter,
Christmas, Midsummer, with each country's public holidays.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.stepdown import State
from tests.domain.stepdown.given import CLIENT, ready
from tests.domain.stepdown.plain import free_days
from tests.domain.stepdown.world import DAY, MINUTE, SETTINGS, TICK, local

PLACES = {"Europe/Stockholm": "SE", "Europe/London": "GB", "America/St_Johns": "CA", "Pacific/Chatham": "NZ"}
YEARS = range(2024, 2030)  # two leap years
WEEKS = ((0, 1, 2, 3, 4), (0, 2, 4), (1, 3), (0, 1, 2, 3, 4, 5, 6), (4,), (6,))
AT = (time(13), time(2, 30), time(0, 0), time(23, 59))
EASTERS = {2024: date(2024, 3, 31), 2025: date(2025, 4, 20), 2026: date(2026, 4, 5), 2027: date(2027, 3, 28),
           2028: date(2028, 4, 16), 2029: date(2029, 4, 1)}  # fmt: skip


def team(zone: str, week: tuple[int, ...], **more: object) -> e.Settings:
    known = replace(SETTINGS, time_zone=zone, country=PLACES[zone], meeting_days=week, public_holidays=True)
    return replace(known, **more)  # type: ignore[arg-type]


def switches(zone: str, year: int) -> list[datetime]:
    """The instants at which the clocks of a zone are changed in this year."""
    known, start = ZoneInfo(zone), datetime(year, 1, 1, tzinfo=UTC)
    hours = (start + timedelta(hours=n) for n in range(366 * 24))
    changed = [b for a, b in pairwise(hours) if a.astimezone(known).utcoffset() != b.astimezone(known).utcoffset()]
    return [one for one in changed if one.year == year]


def days_that_matter(year: int) -> list[date]:
    leap = [date(year, 2, 29)] if year % 4 == 0 else [date(year, 2, 28)]
    return [*leap, date(year, 12, 24), date(year, 12, 31), EASTERS[year], date(year, 6, 19), date(year, 5, 14)]


def is_off(day: date, settings: e.Settings) -> bool:
    free = day in free_days(settings.country, day.year) or day in settings.closed_days
    return free or (day.weekday() > 4 and day.weekday() not in settings.meeting_days)


def plainly(now: datetime, at: time, settings: e.Settings) -> datetime | None:
    """The first meeting day from today on that is not off, with one of the two days after it not off either."""
    zone = ZoneInfo(settings.time_zone)
    for ahead in range(120):
        day = now.astimezone(zone).date() + ahead * DAY
        meets = day.weekday() in settings.meeting_days and not is_off(day, settings)
        moment = datetime.combine(day, at, zone).astimezone(UTC)
        if meets and not (is_off(day + DAY, settings) and is_off(day + 2 * DAY, settings)) and moment > now:
            return moment
    return None


def judged(now: datetime, at: time, settings: e.Settings) -> datetime | None:
    zone = ZoneInfo(settings.time_zone)
    today = now.astimezone(zone).date()
    found = calendar.next_return(today, at, now, settings)
    assert found == plainly(now, at, settings)
    if found is None:
        return None
    there = found.astimezone(zone)
    assert found > now
    assert found.tzinfo is UTC
    assert there.weekday() in settings.meeting_days
    assert not calendar.is_closed(there.date(), settings)
    assert not calendar.before_a_break(there.date(), settings)
    wall = datetime.combine(there.date(), at)
    if wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall:  # it exists
        assert there.replace(tzinfo=None) == wall
        assert calendar.instant(there.date(), at, settings) == found
    return found


def moments(zone: str, year: int, full: bool) -> Iterator[datetime]:
    """Around each switch minute by minute, and around each day that matters."""
    every = 1 if full else 7
    for switch in switches(zone, year):
        yield from (switch + n * MINUTE for n in range(-185, 186, every))
        yield from (switch + sign * TICK for sign in (-1, 1))
    pick = random.Random(f"{zone} {year}")
    for day in days_that_matter(year):
        noon = datetime.combine(day, time(12), UTC)
        yield from (noon + pick.randrange(-5 * 1440, 5 * 1440) * MINUTE for _ in range(120 if full else 8))
        yield from (noon + n * DAY for n in range(-4, 5))


@pytest.mark.parametrize("zone", PLACES)
@pytest.mark.parametrize("year", YEARS)
def test_next_return_is_what_a_plain_search_finds(zone: str, year: int, full: bool) -> None:
    kinds = [*product(WEEKS, AT)]
    eve = (date(year, 6, 19), date(year, 12, 24), date(year, 12, 31))
    for n, now in enumerate(moments(zone, year, full)):
        for week, at in kinds if full else [kinds[n % len(kinds)], kinds[0]]:
            judged(now, at, team(zone, week, closed_days=eve if n % 2 else ()))


@pytest.mark.parametrize("zone", PLACES)
def test_they_come_in_order_and_none_is_passed_over(zone: str) -> None:
    """Stepping from one to the next through six years: strictly later each time, and each the first after the last."""
    settings = team(zone, (0, 1, 2, 3, 4))
    now, end, found = datetime(2024, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC), []
    while now < end:
        following = judged(now, time(13), settings)
        assert following
        assert judged(following - TICK, time(13), settings) == following
        found.append(following)
        now = following
    assert found == sorted(set(found))
    days = [one.astimezone(ZoneInfo(zone)).date() for one in found]
    assert len(days) > 1_000
    assert 4 not in {day.weekday() for day in days}, "nobody is here on the Saturday after a Friday"


@pytest.mark.parametrize("zone", PLACES)
def test_a_switch_is_where_the_zone_has_one(zone: str) -> None:
    for year in YEARS:
        assert len(switches(zone, year)) == 2, "the matrix has both"


@pytest.mark.parametrize(
    ("says", "after", "known", "expected"),
    [
        ("on Monday after lunch", "2026-11-23 13:00", {}, "2026-11-24 13:00"),
        ("before lunch", "2026-11-23 12:59", {}, "2026-11-23 13:00"),
        ("on Thursday after lunch: Friday is before days off", "2026-11-26 13:00", {}, "2026-11-30 13:00"),
        ("Friday, before the clocks go back", "2026-10-23 09:00", {}, "2026-10-26 13:00"),
        ("Friday, before the clocks go on", "2026-03-27 09:00", {}, "2026-03-30 13:00"),
        ("Wednesday before Easter", "2026-04-01 13:00", {}, "2026-04-07 13:00"),
        ("Ascension Day, a Thursday", "2026-05-13 13:00", {}, "2026-05-18 13:00"),
        ("Ascension Day, and the Friday is a bridging day", "2026-05-12 13:00", {"closed_days": ("2026-05-15",)},
         "2026-05-18 13:00"),
        ("the sixth of June is a Saturday", "2026-06-04 13:00", {}, "2026-06-08 13:00"),
        ("Midsummer Eve, a Friday that the team has off", "2026-06-17 13:00", {"closed_days": ("2026-06-19",)},
         "2026-06-22 13:00"),
        ("Midsummer Eve, worked", "2026-06-17 13:00", {}, "2026-06-18 13:00"),
        ("Christmas Eve off: Tuesday is the last", "2026-12-22 13:00", {"closed_days": ("2026-12-24",)},
         "2026-12-28 13:00"),
        ("New Year, a Friday", "2026-12-30 13:00", {}, "2027-01-04 13:00"),
        ("Epiphany, a Wednesday: Tuesday is no last day", "2027-01-04 13:00", {}, "2027-01-05 13:00"),
        ("leap day, a Tuesday", "2028-02-28 13:00", {}, "2028-02-29 13:00"),
        ("summer: closed for three weeks", "2026-07-02 13:00",
         {"closed_days": tuple(str(date(2026, 7, 6) + n * DAY) for n in range(21))}, "2026-07-27 13:00"),
    ],
)  # fmt: skip
def test_days_that_people_know(says: str, after: str, known: dict[str, tuple[str, ...]], expected: str) -> None:
    closed = tuple(date.fromisoformat(day) for day in known.get("closed_days", ()))
    settings = team("Europe/Stockholm", (0, 1, 2, 3, 4), closed_days=closed)
    now = local(after)
    assert calendar.next_return(now.date(), time(13), now, settings) == local(expected)
    assert judged(now, time(13), settings) == local(expected)


@pytest.mark.parametrize("week", [(), (4,)])
def test_a_team_that_never_meets_before_a_working_day_lets_nobody_go(week: tuple[int, ...]) -> None:
    now = local("2026-11-23 08:00")
    assert calendar.next_return(now.date(), time(13), now, team("Europe/Stockholm", week)) is None


@pytest.mark.parametrize(
    ("zone", "announced_on", "returns"),
    [
        ("Europe/Stockholm", "2026-10-23 09:00", "2026-10-26 13:00"),
        ("Europe/Stockholm", "2027-03-26 09:00", "2027-03-30 13:00"),  # Good Friday, and they met; Easter Monday
        ("Europe/London", "2026-10-23 09:00", "2026-10-26 13:00"),
        ("America/St_Johns", "2026-10-30 09:00", "2026-11-02 13:00"),
        ("Pacific/Chatham", "2026-09-25 09:00", "2026-09-28 13:00"),
        ("Pacific/Chatham", "2026-04-02 09:00", "2026-04-07 13:00"),  # Easter, and the end of summer time
    ],
)
def test_a_return_over_a_switch_is_at_the_teams_own_time(zone: str, announced_on: str, returns: str) -> None:
    settings = team(zone, (0, 1, 2, 3, 4))
    world = ready(plan=False).planned(in_days=9).policy(contacts=0).at(local(announced_on, zone)).world(settings)
    world.meet()
    assert world.standing(CLIENT).returns == local(returns, zone)
    world.to(f"{returns[:10]} 08:45")
    assert world.state(CLIENT) is State.ANNOUNCED
    world.meet()
    world.to(local(returns, zone) - TICK)
    assert world.state(CLIENT) is State.RETURNING
    world.to(local(returns, zone))
    assert world.state(CLIENT) is State.RETURNED

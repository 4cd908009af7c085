"""Every minute around both daylight-saving switches, leap day, year end, Easter and Christmas: once, never early, never
more than a minute late.

The expected moments are found here by counting minutes, not by what the rules reckon with. A seeded sample in
make test; with --full, 8,600 minutes of switches and all the holidays.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest
from dateutil.easter import easter

from factboard.domain import events as e
from factboard.scheduler import Scheduler
from factboard.storage.engine import Store
from tests.scheduler.given import EASY, KUSTEN, LATEST, Hands, House

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
YEARS = range(2025, 2031)
ZONES = (
    "Europe/Stockholm",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Asia/Beirut",  # at midnight: the day begins at one, or has its last hour twice
)
A_TEAM = 60  # clients


# --- the switches ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Switch:
    """A zone's clock is moved at `at` (UTC), when it shows `wall`."""

    zone: str
    at: datetime
    wall: datetime  # naive: as the clock would show it if it were left alone

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def first(self, wall: datetime) -> datetime:
        """The first minute (UTC) at which the clock shows this; a time that is left out is counted from before."""
        begin = self.at - timedelta(hours=6)
        minutes = (begin + n * MINUTE for n in range(12 * 60))
        return next((one for one in minutes if self.local(one) == wall), self.at + (wall - self.wall))

    def day_begins(self, day: date) -> datetime:
        """The first minute (UTC) of a local day near the switch."""
        begin = self.at - 2 * DAY
        return next(one for one in (begin + n * MINUTE for n in range(4 * 24 * 60)) if self.local(one).date() == day)


@cache
def switches(zone: str, year: int) -> tuple[Switch, ...]:
    tz, found = ZoneInfo(zone), []
    quarters = timedelta(minutes=15)
    for days in range(366):
        day = datetime(year, 1, 1, tzinfo=UTC) + days * DAY
        if day.astimezone(tz).utcoffset() != (day + DAY).astimezone(tz).utcoffset():
            instants = (day + n * quarters for n in range(1, 97))
            before = day.astimezone(tz).utcoffset()
            at = next(one for one in instants if one.astimezone(tz).utcoffset() != before)
            shown = (at - quarters).astimezone(tz).replace(tzinfo=None) + quarters
            found.append(Switch(zone, at, shown))
    return tuple(found)


def test_the_switches_are_the_ones_we_think() -> None:
    known = {(one.zone, str(one.wall), str(one.local(one.at))) for zone in ZONES for one in switches(zone, 2026)}
    assert known == {
        ("Europe/Stockholm", "2026-03-29 02:00:00", "2026-03-29 03:00:00"),
        ("Europe/Stockholm", "2026-10-25 03:00:00", "2026-10-25 02:00:00"),
        ("America/New_York", "2026-03-08 02:00:00", "2026-03-08 03:00:00"),
        ("America/New_York", "2026-11-01 02:00:00", "2026-11-01 01:00:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:00:00", "2026-10-04 02:30:00"),
        ("Australia/Lord_Howe", "2026-04-05 02:00:00", "2026-04-05 01:30:00"),
        ("Asia/Beirut", "2026-03-29 00:00:00", "2026-03-29 01:00:00"),
        ("Asia/Beirut", "2026-10-25 00:00:00", "2026-10-24 23:00:00"),
    }


def chosen(zone: str, full: bool) -> list[tuple[Switch, range]]:
    """Both of its switches, with the minutes around them: all of every year, or some of one."""
    pick, found = random.Random(zone), []
    years = YEARS if full else [pick.choice(YEARS)]
    for switch in (one for year in years for one in switches(zone, year)):
        first = pick.randrange(-25, 5)
        found.append((switch, range(-60, 120) if full else range(first, first + 28)))
    return found


@pytest.mark.parametrize("zone", ZONES)
async def test_every_minute_around_the_switches(
    zone: str, empty_sqlite: Path, tmp_path: Path, hands: Hands, full: bool
) -> None:
    cases = 0
    for number, (switch, minutes) in enumerate(chosen(zone, full)):
        store = a_copy(empty_sqlite, tmp_path, number)
        cases += await around(switch, minutes, store, hands)
        await store.close()
    assert cases >= (2_100 if full else 50)


async def around(switch: Switch, minutes: range, store: Store, hands: Hands) -> int:
    """One client for each minute, whose category returns at that time of day; how many there were."""
    walls = [switch.wall + n * MINUTE for n in minutes]
    walls = [wall for wall in walls if switch.first(wall) > switch.day_begins(wall.date()) + MINUTE]  # after a meeting
    walls = [wall for wall in walls if wall.time() > time(0, 1)]
    expected: dict[tuple[str, str], datetime] = {}
    for day, ofday in groupby(walls, key=lambda wall: wall.date()):
        known = list(ofday)
        for start in range(0, len(known), A_TEAM):
            some = known[start : start + A_TEAM]
            expected |= await upheld_for(switch, day, some, House(store, hands, f"t{day:%d}-{start}"))
    steps = random.Random(str(switch))
    scheduler = House(store, hands).scheduler()
    hands.until(min(expected.values()) - 2 * MINUTE)
    await scheduler.watchman.leave_sign()
    while hands.now <= max(expected.values()) + 2 * MINUTE:
        await scheduler.run_all()
        hands.forward(seconds=steps.randrange(20, 59))
    for team in {team for team, _ in expected}:
        returned = await House(store, hands, team).rows("returned")
        assert sorted((team, str(row.client)) for row in returned) == sorted(key for key in expected if key[0] == team)
        for row in returned:
            due = expected[team, str(row.client)]
            assert isinstance(row.fact, e.Returned)
            assert (row.fact.due, row.actor) == (due, "factboard"), switch
            assert timedelta() <= row.at - due <= LATEST, switch
    return len(expected)


async def upheld_for(switch: Switch, day: date, walls: list[datetime], house: House) -> dict[tuple[str, str], datetime]:
    """A team with a category for each of these times of day, and a client in each; when each is to return."""
    house.settings = replace(
        KUSTEN, time_zone=switch.zone, meeting_days=tuple(range(7)), meeting_time=time(0), meeting_minutes=1
    )
    categories = [
        replace(EASY, code=f"{wall:%H%M}", name=f"{wall:%H:%M}", policy=replace(EASY.policy, return_time=wall.time()))
        for wall in walls
    ]
    house.hands.now = switch.day_begins(day) + timedelta(seconds=10)
    await house.team(*categories)
    ids = await house.upheld(len(walls), categories=[one.code for one in categories])
    return {(house.id, id): switch.first(wall) for id, wall in zip(ids, walls, strict=True)}


def a_copy(empty_sqlite: Path, folder: Path, number: int) -> Store:
    path = folder / f"{number}.db"
    shutil.copy(empty_sqlite, path)
    return Store(f"sqlite+aiosqlite:///{path}")


# --- days off -------------------------------------------------------------------------------------------------

COUNTRIES = {
    "Europe/Stockholm": "SE",
    "America/New_York": "US",
    "Australia/Lord_Howe": "AU",
    "Asia/Beirut": "LB",
}


def windows(year: int) -> list[tuple[date, date]]:
    """The days around leap day, Easter, and from before Christmas until after Epiphany."""
    sunday = easter(year)
    return [
        (date(year, 2, 22), date(year, 3, 8)),
        (sunday - 10 * DAY, sunday + 8 * DAY),
        (date(year, 12, 17), date(year + 1, 1, 12)),
    ]


def of_days(zone: str, full: bool) -> list[tuple[date, date]]:
    every = [window for year in YEARS for window in windows(year)]
    return every if full else [random.Random(zone).choice(every)]


@pytest.mark.parametrize("zone", ZONES)
async def test_days_off_are_waited_for(zone: str, empty_sqlite: Path, tmp_path: Path, hands: Hands, full: bool) -> None:
    cases = 0
    for number, (first, last) in enumerate(of_days(zone, full)):
        store = a_copy(empty_sqlite, tmp_path, number)
        cases += await Days(zone, first, last, store, hands).walk()
        await store.close()
    assert cases >= (120 if full else 6)


class Days:
    """A team that meets on its working days, where each meeting announces one more client."""

    def __init__(self, zone: str, first: date, last: date, store: Store, hands: Hands) -> None:
        self.first, self.last, self.hands = first, last, hands
        self.off = holidays.country_holidays(COUNTRIES[zone], years=range(first.year - 1, last.year + 2))
        settings = replace(KUSTEN, time_zone=zone, country=COUNTRIES[zone], public_holidays=True)
        self.house = House(store, hands, settings=settings)

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.off

    def lets_go(self, day: date) -> bool:
        """A working day, and somebody is there on the next day or the one after it."""
        return self.works(day) and (self.works(day + DAY) or self.works(day + 2 * DAY))

    async def walk(self) -> int:
        days = [self.first + n * DAY for n in range((self.last - self.first).days + 1)]
        meetings = [day for day in days if self.works(day)]
        announced = [day for day in meetings[1:] if any(map(self.lets_go, days[days.index(day) + 1 :]))]
        house, hands = self.house, self.hands
        hands.now = house.at(self.first, time(1))
        await house.team()
        ids = await house.put_on(len(announced) + 12)
        plan = dict(zip(announced, ids, strict=False))
        scheduler = house.scheduler()
        for day in days:
            await self.looked(scheduler, day, time(1, 30))
            await self.morning(day, plan, meetings)
            await self.looked(scheduler, day, time(9))
            await self.looked(scheduler, day, time(12, 58))
            while hands.now < house.at(day, time(13, 3)):
                hands.forward(seconds=40)
                await scheduler.run_all()
        expected = {}
        for day, id in plan.items():
            goes = next(later for later in days if later > day and self.lets_go(later))
            expected[id] = house.at(goes, time(13))
        returned = await house.rows("returned")
        assert {row.client: row.fact.due for row in returned} == expected  # type: ignore[attr-defined]
        assert len(returned) == len(expected)
        assert all(timedelta() <= row.at - expected[str(row.client)] <= LATEST for row in returned)
        return len(expected)

    async def looked(self, scheduler: Scheduler, day: date, clock: time) -> None:
        """It is then, and nothing was away meanwhile."""
        self.hands.until(self.house.at(day, clock))
        await scheduler.watchman.leave_sign()
        await scheduler.run_all()

    async def morning(self, day: date, due: dict[date, str], meetings: list[date]) -> None:
        """Whoever is to be announced today is rated today and on the meeting day before; the announced are too."""
        if day not in meetings:
            return
        after = next((one for one in meetings if one > day), None)
        seen = {id for when, id in due.items() if when <= day or when == after}
        self.hands.until(self.house.at(day, time(8)))
        await self.house.rated([id for id in sorted(seen) if (await self.house.client(id)).stay])
        self.hands.until(self.house.at(day, time(8, 31)))
        await self.house.meets()

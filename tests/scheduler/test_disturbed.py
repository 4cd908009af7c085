"""A day on which something comes between the announcement and the return: the meeting is moved or cancelled, the
service is away, the clock is wrong. Nobody goes early, nobody twice, and whoever does not go, of them it is said why.

Each disturbance is one function that plays the day; the days are ordinary ones, both switches, leap day and year end,
in four zones. One of 240 for each disturbance in make test, sixty with --full.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.scheduler import Scheduler
from factboard.storage.engine import Store
from tests.scheduler.given import KUSTEN, LATEST, Hands, House
from tests.scheduler.test_time import YEARS, ZONES, switches
from tests.whole import check_whole

DAY = timedelta(days=1)
ONE = time(13)


class Case:
    """One client, announced the day before `day`; the day begins at two in the morning, before its meeting."""

    def __init__(self, house: House, day: date) -> None:
        self.house, self.hands, self.day = house, house.hands, day
        self.scheduler: Scheduler = house.scheduler()
        self.client = ""

    async def begin(self) -> None:
        house = self.house
        self.hands.now = house.at(self.day - DAY, time(8, 31))
        await house.team()
        [self.client] = await house.ready(1, bystanders=3)
        await house.meets()
        self.scheduler = house.scheduler()
        await self.quiet(self.day, time(5))

    def at(self, clock: time, days: int = 0) -> datetime:
        return self.house.at(self.day + days * DAY, clock)

    async def quiet(self, day: date, clock: time) -> None:
        """Time passes until then, and the scheduler has looked on all the while."""
        self.hands.until(self.house.at(day, clock))
        await self.scheduler.watchman.leave_sign()
        await self.scheduler.run_all()

    async def until(self, clock: time, days: int = 0) -> None:
        """Time passes in small steps, with a look at each."""
        then = self.at(clock, days)
        while self.hands.now < then:
            self.hands.forward(seconds=min(50, (then - self.hands.now).total_seconds()))
            await self.scheduler.run_all()

    async def looks(self, minutes: int) -> None:
        then = self.hands.now + timedelta(minutes=minutes)
        while self.hands.now < then:
            self.hands.forward(seconds=50)
            await self.scheduler.run_all()

    async def meets(self, days: int = 0, clock: time = time(8, 31)) -> None:
        """The client is rated, and a meeting thinks of everybody."""
        await self.quiet(self.day + days * DAY, clock)
        await self.house.rated([self.client])
        await self.house.meets()

    async def around(self, days: int = 0, clock: time = ONE) -> None:
        """Until some minutes after the return time of that day."""
        then = self.house.at(self.day + days * DAY, clock)
        await self.quiet(self.day + days * DAY, (datetime.combine(self.day, clock) - timedelta(minutes=2)).time())
        while self.hands.now < then + timedelta(minutes=3):
            self.hands.forward(seconds=50)
            await self.scheduler.run_all()

    async def restarted(self) -> None:
        self.scheduler = self.house.scheduler()
        await self.scheduler.run_all()

    async def returned(self) -> list[datetime]:
        rows = await self.house.rows("returned")
        assert all(isinstance(row.fact, e.Returned) and row.fact.due and row.at >= row.fact.due for row in rows)
        return [row.at for row in rows]

    async def why(self) -> list[str]:
        kinds = ("return_postponed", "returns_paused", "announcement_withdrawn", "meeting_not_held")
        rows = await self.house.rows(*kinds)
        return [str(getattr(row.fact, "why", row.fact.kind)) for row in rows if row.at >= self.at(time(0))]


Disturbed = Callable[[Case], Awaitable[datetime | None]]
"""Plays the day; answers when the client is to return, None: not at all."""


async def nothing(case: Case) -> datetime:
    await case.meets()
    await case.around()
    return case.at(ONE)


async def the_meeting_is_moved_and_the_return_with_it(case: Case) -> datetime:
    await case.house.set(meeting_time=time(14), return_time=time(15))
    await case.quiet(case.day, time(13, 30))
    assert await case.returned() == []
    await case.meets(clock=time(14, 1))
    await case.around(clock=time(15))
    return case.at(time(15))


async def the_return_time_is_moved_after_the_meeting(case: Case) -> datetime:
    """What the meeting has said to the client stands: they were told one o'clock."""
    await case.meets()
    await case.house.set(return_time=time(15))
    await case.around()
    await case.around(clock=time(15))
    return case.at(ONE)


async def the_meeting_is_cancelled(case: Case) -> datetime:
    await case.house.set(closed_days=(case.day,))
    await case.around()
    assert await case.returned() == []
    await case.meets(1)
    await case.around(1)
    return case.at(ONE, 1)


async def the_next_days_are_closed_after_the_meeting(case: Case) -> datetime:
    await case.meets()
    await case.house.set(closed_days=(case.day + DAY, case.day + 2 * DAY))
    await case.around()
    assert (await case.returned(), (await case.why())[-1]) == ([], "days_off")
    await case.quiet(case.day + 2 * DAY, ONE)
    await case.meets(3)
    await case.around(3)
    return case.at(ONE, 3)


async def nobody_opens_the_meeting(case: Case) -> datetime:
    await case.around()
    assert (await case.returned(), "not_opened" in await case.why()) == ([], True)
    await case.meets(1)
    await case.around(1)
    return case.at(ONE, 1)


async def one_clinician_is_no_meeting(case: Case) -> datetime:
    await case.quiet(case.day, time(8, 31))
    await case.house.meets(present=("lars",))
    await case.around()
    assert (await case.returned(), "too_few" in await case.why()) == ([], True)
    await case.meets(1)
    await case.around(1)
    return case.at(ONE, 1)


async def _away(case: Case, gone: time, back: time, days: int = 0) -> None:
    """The service is stopped and started again; nobody looks meanwhile."""
    await case.quiet(case.day, gone)
    case.hands.until(case.at(back, days))
    await case.restarted()


async def away_for_twelve_hours_over_the_return(case: Case) -> datetime:
    await case.meets()
    await _away(case, time(9, 30), time(21, 30))
    assert (await case.returned(), (await case.why())[-1]) == ([], "service_down")
    await case.meets(1)
    await case.around(1)
    return case.at(ONE, 1)


async def away_until_after_midnight(case: Case) -> datetime:
    await case.meets()
    await _away(case, time(12, 30), time(4, 30), 1)
    assert (await case.returned(), "day_passed" in await case.why()) == ([], True)
    await case.meets(1)
    await case.around(1)
    return case.at(ONE, 1)


async def away_for_two_minutes_in_the_hour_before(case: Case) -> datetime:
    await case.meets()
    await _away(case, time(12, 20), time(12, 22))
    await case.around()
    assert (await case.returned(), (await case.why())[-1]) == ([], "service_down")
    await case.meets(1)
    await case.around(1)
    return case.at(ONE, 1)


async def away_until_an_hour_before(case: Case) -> datetime:
    """People have had the hour in which they could stop it."""
    await case.meets()
    await _away(case, time(9), time(12))
    await case.around()
    return case.at(ONE)


async def the_clock_is_put_back_an_hour(case: Case) -> datetime:
    await case.meets()
    await case.quiet(case.day, time(12, 30))
    case.hands.put(hours=-1)
    await case.until(time(11, 32))
    await case.around()
    assert (await case.returned(), "clock" in await case.why()) == ([], True)
    await case.until(time(13, 20))
    await case.house.do("lars", stepdown.release, reason="Klockan går rätt igen")
    await case.until(time(13, 25))
    return case.at(time(13, 20))


async def the_clock_is_put_back_just_after_the_return(case: Case) -> datetime:
    await case.meets()
    await case.quiet(case.day, time(12, 59))
    await case.until(time(13, 1))
    at = case.at(ONE)
    case.hands.put(hours=-1)
    await case.around()
    return at


async def _forward(case: Case, **by: float) -> datetime:
    await case.meets()
    await case.quiet(case.day, time(12, 30))
    case.hands.put(**by)
    days = round(timedelta(**by) / DAY)
    await case.looks(minutes=100)  # past one o'clock, wherever a switch in between has put the clock
    assert (await case.returned(), "clock" in await case.why()) == ([], True)
    await case.house.do("lars", stepdown.release, reason="Klockan går rätt igen")
    await case.looks(minutes=2)
    assert (await case.returned(), "day_passed" in await case.why()) == ([], True)
    await case.meets(days + 1)
    await case.around(days + 1)
    return case.at(ONE, days + 1)


async def the_clock_is_put_forward_a_day(case: Case) -> datetime:
    return await _forward(case, days=1)


async def the_clock_is_put_forward_thirty_days(case: Case) -> datetime:
    return await _forward(case, days=30)


async def the_clock_jumps_while_the_service_is_away(case: Case) -> None:
    """Started again on the same machine, with a clock that shows the next afternoon."""
    await case.meets()
    await case.quiet(case.day, time(12, 30))
    case.hands.forward(minutes=2)
    case.hands.put(days=1)
    await case.restarted()
    await case.looks(minutes=100)
    assert "clock" in await case.why()


DISTURBANCES: tuple[Disturbed, ...] = (
    nothing,
    the_meeting_is_moved_and_the_return_with_it,
    the_return_time_is_moved_after_the_meeting,
    the_meeting_is_cancelled,
    the_next_days_are_closed_after_the_meeting,
    nobody_opens_the_meeting,
    one_clinician_is_no_meeting,
    away_for_twelve_hours_over_the_return,
    away_until_after_midnight,
    away_for_two_minutes_in_the_hour_before,
    away_until_an_hour_before,
    the_clock_is_put_back_an_hour,
    the_clock_is_put_back_just_after_the_return,
    the_clock_is_put_forward_a_day,
    the_clock_is_put_forward_thirty_days,
    the_clock_jumps_while_the_service_is_away,
)


def some_days(full: bool, seed: str) -> list[tuple[str, date]]:
    """(zone, day): an ordinary day, the days of both switches and those before and after, leap day, year end."""
    every = []
    for zone in ZONES:
        for year in YEARS:
            days = [date(year, 11, 24), date(year, 2, 28), date(year, 3, 1), date(year, 12, 31)]
            days += [one.wall.date() + n * DAY for one in switches(zone, year) for n in (-1, 0, 1)]
            every += [(zone, day) for day in days]
    return random.Random(seed).sample(every, 60 if full else 1)


@pytest.mark.parametrize("disturbed", DISTURBANCES, ids=lambda one: one.__name__)
async def test_nobody_goes_early_nor_twice_nor_is_forgotten(
    disturbed: Disturbed, empty_sqlite: Path, tmp_path: Path, hands: Hands, full: bool
) -> None:
    for number, (zone, day) in enumerate(some_days(full, disturbed.__name__)):
        path = tmp_path / f"{number}.db"
        shutil.copy(empty_sqlite, path)
        store = Store(f"sqlite+aiosqlite:///{path}")
        settings = replace(KUSTEN, time_zone=zone, meeting_days=tuple(range(7)))
        case = Case(House(store, hands, settings=settings), day)
        await case.begin()
        goes = await disturbed(case)
        returned = await case.returned()
        assert len(returned) == (goes is not None), (zone, day)
        assert all(goes and timedelta() <= at - goes <= LATEST for at in returned), (zone, day)
        assert returned or await case.why(), (zone, day)
        await check_whole(store, case.house.id)
        await store.close()
        path.unlink()

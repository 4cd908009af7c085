"""One day of one team: what comes when, who works, and the desk through which it is written.

What happens is drawn from the seed, the team and the day; what is known is asked of the recorder each time. So a
day can be played on from wherever the people at the screens have left it.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from factboard.demo.clock import Hands
from factboard.demo.falling import Falling
from factboard.domain import calendar, roster
from factboard.domain.events import Role, Settings
from factboard.domain.state import Client, Stay, Team
from factboard.recorder import Desk, Receipt, Rule

Act = Callable[[], Awaitable[object]]
WORK_ENDS = 16.5  # hours
ROSTER = ("members", "absences", "duty", "settings")  # of a team: what tells who is here


@dataclass
class Day:
    """`clients` are the ids of all whom the team has known; newcomers are added. Times are local to the team.

    `until` (UTC) is where playing stops, be it in the middle of something.
    """

    desk: Desk
    hands: Hands
    seed: int
    team: Team
    day: date
    clients: list[str]
    until: datetime
    falling: Falling | None = None
    left_alone: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()  # by whoever tries the demo, since it was last played: what they wrote stands
    must_meet: bool = False  # what is to be shown needs this day's meeting
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.falls = self.falling or Falling(self.desk, self.hands)
        self.chance = Random(f"{self.seed} {self.team.id} {self.day}")
        self._here: dict[date, list[str]] = {}
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()

    async def play(self, start: datetime) -> None:
        """Let happen what is on the agenda after `start`, what comes of it, and what falls due."""
        while self._agenda and self._agenda[0][0] <= self.until:
            at, _, act = heapq.heappop(self._agenda)
            if at > start:
                await self.reach(at)
                await act()
        await self.reach(min(self.until, calendar.midnight_after(self.day, self.team.settings)))

    async def reach(self, at: datetime) -> None:
        """Go on to this instant, past whatever falls due before it."""
        await self.falls.reach(at)
        await self._look_around()

    async def pause(self) -> None:
        """The time it takes to fill in the next form."""
        await self.reach(min(self.hands.now + timedelta(seconds=self.chance.randint(15, 90)), self.until))

    def put(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), act))

    def soon(self, low: float, high: float, act: Act) -> None:
        """In so many minutes, more or less."""
        self.put(self.hands.now + timedelta(minutes=self.chance.uniform(low, high)), act)

    def between(self, low: float, high: float) -> datetime:
        """Some instant between two hours of this day."""
        seconds = round(self.chance.uniform(low, high) * 3600)
        return self.instant(time(0)) + timedelta(seconds=seconds)

    def instant(self, at: time) -> datetime:
        return calendar.instant(self.day, at, self.team.settings)

    @property
    def hour(self) -> int:
        return self.hands.now.astimezone(ZoneInfo(self.team.settings.time_zone)).hour

    @property
    def working(self) -> bool:
        return calendar.is_working_day(self.day, self.team.settings)

    def working_day(self, ahead: int) -> date:
        """The so-manieth working day from today; 0 is today."""
        return working_day(self.day, ahead, self.team.settings)

    def days_of(self, stay: Stay) -> float:
        """How long somebody has been on the board by eight this morning."""
        return (self.instant(time(8)) - stay.since) / timedelta(days=1)

    @property
    def lead(self) -> str | None:
        """The team's lead, if it has one."""
        return next((one.user for one in self.team.members.values() if one.role is Role.LEAD and not one.left), None)

    def share(self, part: float) -> bool:
        """True in so large a part of all cases."""
        return self.chance.random() < part

    def here(self, on: date | None = None) -> list[str]:
        """Who works on a day, today without `on`; on a day when nobody does, whoever is not away."""
        day = on or self.day
        if day not in self._here:
            here = roster.working(self.team, day) if calendar.is_working_day(day, self.team.settings) else []
            called = [one for one in self.team.members.values() if roster.can_go(self.team, one.user, day)]
            self._here[day] = [one.user for one in here or called if one.role in roster.CLINICAL]
        return self._here[day]

    def who(
        self, client: Client, manager: float = 0.5, unlike: str | None = None, on: date | None = None
    ) -> str | None:
        """Somebody who is here: in so large a part of all cases the case manager. None in an empty team."""
        staff = self.here(on)
        others = [user for user in staff if user != unlike] or staff
        chosen = client.details.case_manager
        if chosen in others and self.share(manager):
            return chosen
        return self.chance.choice(others) if others else None

    def can_go(self, user: str) -> bool:
        return roster.can_go(self.team, user, self.day)

    def in_use(self, category: str) -> bool:
        known = self.team.categories.get(category)
        return known is not None and not known.retired

    async def state(self, client: str) -> Client | None:
        """The client, while they are in the team's care."""
        known = await self.desk.client(client)
        return known if known and known.enrolled else None

    async def do(self, actor: str, rule: Rule, client: str | None = None, **what: Any) -> Receipt:
        receipt = await self.desk.decide(rule, client=client, actor=actor, **what)
        if receipt.kinds:
            await self._look_around()
        return receipt

    async def _look_around(self) -> None:
        """The team as it is by now, and who is here."""
        before, self.team = self.team, await self.desk.state()
        if any(getattr(before, part) is not getattr(self.team, part) for part in ROSTER):
            self._here.clear()


def working_day(day: date, ahead: int, settings: Settings) -> date:
    """The so-manieth working day after this one; before it, where `ahead` is negative."""
    step = timedelta(days=1 if ahead > 0 else -1)
    for _ in range(abs(ahead)):
        day += step
        while not calendar.is_working_day(day, settings):
            day += step
    return day

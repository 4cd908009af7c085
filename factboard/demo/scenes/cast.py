"""A few clients whose last weeks are written beforehand, so that the first morning shows each stage of the way back.

From the day on which their part begins nothing happens to them but what stands here; meetings, rule and due instants
do the rest. A demo that is too short for a part, or has too few clients, is without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from factboard.demo.day import Day, working_day
from factboard.demo.scenes import lines
from factboard.demo.scenes.lines import Line
from factboard.domain import calendar
from factboard.domain.events import Rating, Settings
from factboard.domain.state import Client

BEFORE_READY = 11  # working days from the flag until all but the crisis plan is as the policy asks
SEEN = {10: Rating.WORSE, 9: Rating.UNCHANGED, 8: Rating.USUAL, 6: Rating.USUAL}  # so many working days before that
DAILY = 4  # and on each of so many, at usual level
TOO_FEW = 4  # at home, for one of them to be taken for a part
FIRST_HOUR, APART = 9.6, 0.6  # of their visits
KEPT_LONGER = timedelta(days=5)


@dataclass
class Part:
    """What one of them goes through, by local day and hour. `meets` are the days whose meeting it needs."""

    begins: date
    lines: dict[date, list[tuple[float, Line]]]
    meets: tuple[date, ...] = ()
    client: str = field(default="", init=False)

    def say(self, day: date, hour: float, line: Line) -> Part:
        self.lines.setdefault(day, []).append((hour, line))
        return self


@dataclass
class Cast:
    """The parts that are played until this morning, each by a client of whom nothing was heard before."""

    parts: list[Part]

    async def fill(self, day: Day) -> None:
        """Put the day's lines on its agenda."""
        for part in self.parts:
            if day.day == part.begins:
                part.client = await self._somebody(day)
            if part.client:
                for hour, line in part.lines.get(day.day, ()):
                    day.put(day.between(hour, hour + 0.05), partial(line, day, part.client))
                day.must_meet = day.must_meet or day.day in part.meets

    @property
    def clients(self) -> list[str]:
        return [part.client for part in self.parts if part.client]

    async def _somebody(self, day: Day) -> str:
        known = [await day.state(id) for id in day.clients if id not in self.clients]
        home = [one.id for one in known if one and _is_settled(one)]
        return home[len(home) // 2] if len(home) > TOO_FEW else ""


def cast(today: date, settings: Settings) -> Cast:
    """The parts for this morning."""
    return Cast([*_Writing(today, settings).parts()])


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes the parts backwards from `today`."""

    today: date
    settings: Settings

    def parts(self) -> Iterator[Part]:
        yesterday, coming = self._back(1), self._after(self.today, 3)
        gone = self._last_return(self.today)
        late = self._last_return(yesterday - timedelta(days=3))
        yield self._announced(0, yesterday, self.today, coming)  # returns today
        yield self._announced(1, yesterday, self.today, coming).say(self.today, 9.1, lines.worse)
        yield self._way(2, self.today, self.today, coming, hour=9.2)  # ready
        yield self._announced(3, self._after(gone, -1), gone, self._after(self.today, 1))  # just returned
        yield self._announced(4, self._after(late, -1), late, yesterday)  # whose follow-up is late
        twice = self._way(5, self._back(6), self.today, coming)
        twice.say(self._back(5), 10.2, lines.kept_until(self._back(4)))
        yield twice.say(self._back(3), 10.2, lines.kept_until(self.today + KEPT_LONGER))

    def _announced(self, place: int, meets: date, until: date, following: date) -> Part:
        """Ready for the meeting of the day `meets`, which announces the return; another one upholds it on `until`."""
        part = self._way(place, self._after(meets, -1), until, following)
        part.meets = (meets, until)
        return part

    def _way(self, place: int, ready: date, until: date, following: date, hour: float = 14.0) -> Part:
        """Flagged, worse, then well: on the day `ready` the crisis plan is the last that was missing.

        They are seen until the day `until`; `following` is the day for planned care to go on.
        """
        seen = {self._after(ready, -days): rating for days, rating in SEEN.items()}
        day = self._after(ready, -DAILY)
        while day < until:
            seen[day] = Rating.USUAL
            day = self._after(day, 1)
        days, last = list(seen), until if until == self.today else None
        part = Part(self._after(ready, -BEFORE_READY), {})
        part.say(part.begins, 9.2 + place / 10, lines.flagged)
        part.say(part.begins, 9.4 + place / 10, lines.taken(days[0]))
        for day, goes_next in zip(days, [*days[1:], last], strict=True):
            part.say(day, FIRST_HOUR + APART * place, lines.seen(seen[day], goes_next))
        part.say(self._after(ready, -1), 15.0, lines.planned(following))
        return part.say(ready, hour, lines.plan_reviewed)

    def _last_return(self, before: date) -> date:
        """The newest day before this one on which somebody may have returned."""
        day = self._after(before, -1)
        while not calendar.may_return_on(day, self.settings):
            day = self._after(day, -1)
        return day

    def _after(self, day: date, days: int) -> date:
        return working_day(day, days, self.settings)

    def _back(self, days: int) -> date:
        return self._after(self.today, -days)


def _is_settled(client: Client) -> bool:
    """In planned care, and nothing else is known of them."""
    return not (client.stay or client.past or client.admission or client.legal or client.discharged)

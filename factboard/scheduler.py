"""What falls due while nobody clicks: looked for every few seconds, done one at a time through the recorder.

What is due is read from stored instants, nothing else is. The rule asks again inside the transaction that holds the
team's history, so of several processes exactly one acts. A thing that fails is logged, counted and pushed forward; it
never stops the others.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import due, stepdown
from factboard.domain.people import SYSTEM
from factboard.domain.state import Meeting
from factboard.metrics import SCHEDULER_AGE, SCHEDULER_DONE, SCHEDULER_FAILURES
from factboard.recorder import Recorder
from factboard.storage import projections, service
from factboard.storage.codec import instant_from_text
from factboard.storage.engine import Store
from factboard.watchman import Watchman

EVERY = 5.0  # seconds between two looks
AGAIN = 50.0  # seconds until what failed, or was not so after all, is tried again: with the next look, within a minute
MEETINGS = 5  # a planned meeting was one of the newest, where it was opened at all
RETURNS = "returns"
OF_TEAM = "due"  # stands for all that may be due of a team's own
LOOK_BACK = timedelta(days=2)  # for the service having been down: more than the hour before a return

WriteSheet = Callable[[str, due.SheetDue], Awaitable[bool]]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OfClient:
    """A client's clock that has fallen due."""

    at: datetime
    client: str
    clock: str


Thing = OfClient | due.Due


class Daily(Protocol):
    """What is done about once a day, and says by itself when: asked at every look. `failed` is why it could not be."""

    failed: str

    async def daily(self) -> int: ...


class Scheduler:
    """`write_sheet` None: there is no folder for sheets, so none is due. `watchman` None: one of its own. `daily` is
    what comes once a day.
    """

    def __init__(
        self,
        recorder: Recorder,
        store: Store,
        write_sheet: WriteSheet | None = None,
        watchman: Watchman | None = None,
        daily: Sequence[Daily] = (),
    ) -> None:
        self.recorder, self.store, self.write_sheet = recorder, store, write_sheet
        self.watchman = watchman or Watchman(recorder, store)
        self.daily = daily
        self.done = 0
        self.still = asyncio.Lock()  # whoever holds it lets nothing fall due by itself meanwhile
        self._looked = monotonic()
        self._found: deque[tuple[str, Thing]] = deque()
        self._waits: dict[tuple[str, object], tuple[float, str]] = {}  # when to try again, and how it failed, if it did
        self._blind = ""  # why it could not look at all
        self._task: asyncio.Task[None] | None = None

    @property
    def failed(self) -> str:
        """How something that is due failed, by the error's kind; empty where nothing waits for that."""
        waits = (why for _, why in self._waits.values())
        return next(filter(None, (self._blind, self.watchman.failed, *waits, *(one.failed for one in self.daily))), "")

    @property
    def age(self) -> float:
        """Seconds since it last looked at everything."""
        return monotonic() - self._looked

    def start(self) -> None:
        SCHEDULER_AGE.set_function(lambda: self.age)
        self._task = asyncio.create_task(self._for_ever())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def run_all(self) -> int:
        """Do what is due until nothing is, or only what has failed, and what comes once a day; how many were done."""
        before = self.done
        while await self.run_next_due():
            pass
        for one in self.daily:
            await one.daily()
        return self.done - before

    async def run_next_due(self) -> bool:
        """Do the one thing that has been due for longest. False: nothing is, or all of it waits to be tried again."""
        await self.watchman.look()
        if not self._found:
            self._found.extend(await self._look())
        if not self._found:
            self._looked = monotonic()
            return False
        team, one = self._found.popleft()
        try:
            acted = await self._do(team, one)
        except Exception as error:
            self._push(team, one, error)
        else:
            if acted:
                self.done += 1
                SCHEDULER_DONE.inc()
            # Done; or another process was quicker, or the rule sees it otherwise. Never again at once: a fact that does
            # not move its own clock is not written for ever.
            self._waits[team, one] = monotonic() + AGAIN, ""
        return True

    async def _for_ever(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                async with self.still:
                    await self.run_all()
                self._blind = ""
            except Exception as error:
                self._blind = type(error).__name__
                SCHEDULER_FAILURES.inc()
                log.exception("cannot look for what is due")

    async def _look(self) -> list[tuple[str, Thing]]:
        """All that is due now and does not wait, the longest first. Of a client's clocks and each team, the first."""
        now, tick = self.recorder.clock(), monotonic()
        async with self.store.reading() as connection:
            clients = await projections.due_clients(connection, now)
            teams = await projections.due_teams(connection, now, sheets=self.write_sheet is not None)
            found: list[tuple[str, Thing]] = [
                (team, OfClient(instant_from_text(at), client, clock)) for at, team, client, clock in clients
            ]
            for team in teams:
                if self._waits.get((team, OF_TEAM), (0.0, ""))[0] <= tick:
                    found += await self._of_team(connection, team, now)
        still = {*found}
        self._waits = {key: told for key, told in self._waits.items() if key in still or told[0] > tick}
        ready = [key for key in found if self._waits.get(key, (0.0, ""))[0] <= tick]
        return sorted(ready, key=lambda one: (one[1].at, one[0]))

    async def _of_team(self, connection: AsyncConnection, team: str, now: datetime) -> list[tuple[str, Thing]]:
        """What is due of this team's own. Where it cannot be told, the other teams go on."""
        try:
            state = await projections.team(connection, team)
            things = due.due(state, now, state.began or now, sheets=self.write_sheet is not None) if state else []
        except Exception as error:
            self._push(team, OF_TEAM, error)
            return []
        if (
            not things
        ):  # the stored instant says "from then on", as of a sheet that came too late: not read at each look
            self._waits[team, OF_TEAM] = monotonic() + AGAIN, ""
        return [(team, one) for one in things]

    async def _do(self, team: str, one: Thing) -> bool:
        change = self.recorder.change
        match one:
            case OfClient(client=client, clock=clock):
                return await self._of_client(team, client, clock)
            case due.SheetDue():
                return bool(self.write_sheet and await self.write_sheet(team, one))
            case due.LeftOpen(meeting=id):
                receipt = await change(team, SYSTEM, due.close_left_open, of_meeting=id, with_all=True)
            case due.Unheld(planned=planned):
                opened = await self._opened_for(team, planned)
                of = opened.id if opened else None
                receipt = await change(team, SYSTEM, due.not_held, of_meeting=of, planned=planned)
        return bool(receipt.kinds)

    async def _of_client(self, team: str, client: str, clock: str) -> bool:
        down: list[tuple[datetime, datetime]] = []
        if clock == RETURNS and not self.watchman.may_return(team):
            return False  # its pause is still to be written
        if clock == RETURNS:
            async with self.store.reading() as connection:
                down = await service.down_since(connection, self.recorder.clock() - LOOK_BACK)
        receipt = await self.recorder.change(
            team, SYSTEM, stepdown.fall_due, client=client, with_all=clock == RETURNS, clock=clock, down=down
        )
        return bool(receipt.kinds)

    async def _opened_for(self, team: str, planned: datetime) -> Meeting | None:
        async with self.store.reading() as connection:
            newest = await projections.meetings(connection, team, limit=MEETINGS)
        return next((one for one in newest if one.planned == planned), None)

    def _push(self, team: str, one: object, error: Exception) -> None:
        self._waits[team, one] = monotonic() + AGAIN, type(error).__name__
        SCHEDULER_FAILURES.inc()
        log.error("due, and failed", team=team, what=type(one).__name__, error=type(error).__name__)

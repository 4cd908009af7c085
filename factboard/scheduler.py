"""What falls due while nobody clicks: looked for every few seconds, done one at a time through the recorder.

A thing that fails is logged, counted and pushed forward; it never stops the others. Several processes may run this: the
rule asks again inside the transaction that holds the team's history, so exactly one of them acts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from time import monotonic

import structlog

from factboard.domain import due
from factboard.domain.people import SYSTEM
from factboard.domain.state import Meeting, Team
from factboard.metrics import SCHEDULER_AGE, SCHEDULER_DONE, SCHEDULER_FAILURES
from factboard.recorder import Recorder
from factboard.storage import history, projections
from factboard.storage.codec import instant_from_text
from factboard.storage.engine import Store

EVERY = 5.0  # seconds between two looks
AGAIN = 60.0  # seconds until what failed is tried again
MEETINGS = 5  # a planned meeting was one of the newest, where it was opened at all

WriteSheet = Callable[[str, due.SheetDue], Awaitable[bool]]

log = structlog.get_logger()


class Scheduler:
    """`write_sheet` None: there is no folder for sheets, so none is due."""

    def __init__(self, recorder: Recorder, store: Store, write_sheet: WriteSheet | None = None) -> None:
        self.recorder, self.store, self.write_sheet = recorder, store, write_sheet
        self.done = 0
        self.still = asyncio.Lock()  # whoever holds it lets nothing fall due by itself meanwhile
        self._looked = monotonic()
        self._began: dict[str, datetime] = {}
        self._waits: dict[tuple[str, object], tuple[float, str]] = {}  # when to try again, and how it failed, if it did
        self._blind = ""  # why it could not look at all
        self._task: asyncio.Task[None] | None = None

    @property
    def failed(self) -> str:
        """How something that is due failed, by the error's kind; empty where nothing waits for that."""
        return self._blind or next((why for _, why in self._waits.values() if why), "")

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
        """Do what is due until nothing is, or only what has failed; how many things were done."""
        before = self.done
        while await self.run_next_due():
            pass
        return self.done - before

    async def run_next_due(self) -> bool:
        """Do the one thing that has been due for longest. False: nothing is, or all of it waits to be tried again."""
        found = await self._next()
        if found is None:
            self._looked = monotonic()
            return False
        team, one = found
        try:
            acted = await self._do(team, one)
        except Exception as error:
            self._push(team, one, error)
        else:
            if acted:
                self.done += 1
                SCHEDULER_DONE.inc()
                self._waits.pop((team.id, one), None)
            else:  # another process was quicker, or the rule sees it otherwise: not again at once
                self._waits[team.id, one] = monotonic() + AGAIN, ""
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

    async def _next(self) -> tuple[Team, due.Due] | None:
        now, tick = self.recorder.clock(), monotonic()
        async with self.store.reading() as connection:
            teams = await projections.teams(connection)
            for team in teams:
                if team.id not in self._began:
                    first = await history.row(connection, team.id, 1)
                    self._began[team.id] = instant_from_text(first.at) if first else now
        found: list[tuple[Team, due.Due]] = []
        for team in teams:
            try:
                found += [
                    (team, one) for one in due.due(team, now, self._began[team.id], sheets=self.write_sheet is not None)
                ]
            except Exception as error:  # settings that no rule foresaw: the other teams go on
                self._push(team, "due", error)
        still = {(team.id, one) for team, one in found}
        self._waits = {key: told for key, told in self._waits.items() if key in still or told[0] > tick}
        ready = [one for one in found if self._waits.get((one[0].id, one[1]), (0.0, ""))[0] <= tick]
        return min(ready, key=lambda one: (one[1].at, one[0].id), default=None)

    async def _do(self, team: Team, one: due.Due) -> bool:
        change = self.recorder.change
        match one:
            case due.SheetDue():
                return bool(self.write_sheet and await self.write_sheet(team.id, one))
            case due.LeftOpen(meeting=id):
                receipt = await change(team.id, SYSTEM, due.close_left_open, of_meeting=id, with_all=True)
            case due.Unheld(planned=planned):
                opened = await self._opened_for(team.id, planned)
                of = opened.id if opened else None
                receipt = await change(team.id, SYSTEM, due.not_held, of_meeting=of, planned=planned)
        return bool(receipt.kinds)

    async def _opened_for(self, team: str, planned: datetime) -> Meeting | None:
        async with self.store.reading() as connection:
            newest = await projections.meetings(connection, team, limit=MEETINGS)
        return next((one for one in newest if one.planned == planned), None)

    def _push(self, team: Team, one: object, error: Exception) -> None:
        self._waits[team.id, one] = monotonic() + AGAIN, type(error).__name__
        SCHEDULER_FAILURES.inc()
        log.error("due, and failed", team=team.id, what=type(one).__name__, error=type(error).__name__)

"""Keeps watch over the service itself: was it away, did its clock jump?

The scheduler may let nobody return in an hour in which nobody could have been stopped, nor by a clock that is wrong
(hazards H4, H8). What the watchman finds are facts: the interval in which nobody was served in the system's history, a
pause of the returns in each team's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import structlog

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.domain.people import SYSTEM
from factboard.recorder import Recorder
from factboard.storage import history, service
from factboard.storage.engine import Store
from factboard.storage.service import AtWork

SIGN = 15.0  # seconds between two signs of work that are kept
AWAY = timedelta(seconds=60)  # shorter breaks nobody notices: screens come back within seconds
JUMP = timedelta(minutes=10)

log = structlog.get_logger()


@cache
def this_boot() -> str:
    """Which start of the machine this is; empty where the system does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def since_boot() -> float:
    """Seconds since the machine started, its sleep included."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Watchman:
    """`boot` gives the seconds since the start of the machine: a clock that nobody sets."""

    def __init__(self, recorder: Recorder, store: Store, boot: Callable[[], float] = since_boot) -> None:
        self.recorder, self.store, self.boot = recorder, store, boot
        self._last: AtWork | None = None
        self._kept = float("-inf")

    def _now(self) -> AtWork:
        return AtWork(self.recorder.clock(), self.boot(), this_boot())

    async def look(self) -> None:
        """Note whether the service was away or the clock has jumped since the last look, and leave a sign of work."""
        now = self._now()
        if self._last is None:
            async with self.store.reading() as connection:
                self._last = await service.at_work(connection) or now
        last = self._last
        passed = timedelta(seconds=now.boot - last.boot) if now.since == last.since else now.at - last.at
        jump = now.at - last.at - passed
        if abs(jump) > JUMP or passed < timedelta():
            await self._pause(round((jump if jump else passed).total_seconds()))
        if passed > AWAY:
            await self._was_away(now.at - passed, now.at)
        self._last = now  # not before: what could not be written down is seen again
        if now.boot - self._kept >= SIGN:
            await self.leave_sign()

    async def leave_sign(self) -> None:
        """Say that the service is at work now; whatever was before is not looked at."""
        now = self._now()
        async with self.store.writing() as connection:
            await service.leave_sign(connection, now)
        self._last, self._kept = now, now.boot

    async def _was_away(self, since: datetime, until: datetime) -> None:
        async with self.recorder.system(SYSTEM, e.ServiceWasDown(since, until)):
            log.warning("nobody was served", seconds=round((until - since).total_seconds()))

    async def _pause(self, jump: int) -> None:
        log.error("the clock has jumped: nobody returns by itself", seconds=jump)
        async with self.store.reading() as connection:
            teams = set(await history.teams(connection)) - {history.SYSTEM}
        for team in sorted(teams):
            await self.recorder.change(team, SYSTEM, stepdown.pause_for_clock, jump=jump)

"""Keeps watch over the service itself: was it away, did its clock jump?

The scheduler may let nobody return in an hour in which nobody could have been stopped, nor by a clock that is wrong
(hazards H4, H8). What the watchman finds are facts: the interval in which nobody was served in the system's history, a
pause of the returns in each team's.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import structlog

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.domain.people import SYSTEM
from factboard.metrics import SCHEDULER_FAILURES
from factboard.recorder import Recorder
from factboard.storage import history, service
from factboard.storage.engine import Store
from factboard.storage.service import AtWork

SIGN = 15.0  # seconds between two signs of work that are kept
AWAY = timedelta(seconds=60)  # shorter breaks nobody notices: screens come back within seconds
JUMP = timedelta(minutes=10)
AGAIN = 50.0  # seconds until a pause that could not be written is tried again

log = structlog.get_logger()


@cache
def this_boot() -> str:
    """Which start of the machine this is; where the system does not say, it is this process's own."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return secrets.token_hex(8)


def since_boot() -> float:
    """Seconds since the machine started, its sleep included where the system counts it."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def _passed(last: AtWork, now: AtWork) -> timedelta:
    """By the machine's own clock where it is the same start of it, else by the one that people set."""
    return timedelta(seconds=now.boot - last.boot) if now.since == last.since else now.at - last.at


def _jump(last: AtWork, now: AtWork) -> timedelta:
    """How far the clock was set. Over a start of the machine nobody can tell, but that it was put back."""
    moved = now.at - last.at
    return moved - _passed(last, now) if now.since == last.since else min(moved, timedelta())


class _Overtaken(Exception):
    """Another process has left its sign of work just now."""


class Watchman:
    """`boot` gives the seconds since the start of the machine: a clock that nobody sets."""

    def __init__(self, recorder: Recorder, store: Store, boot: Callable[[], float] = since_boot) -> None:
        self.recorder, self.store, self.boot = recorder, store, boot
        self.failed = ""  # why a pause could not be written, by the error's kind
        self._last: AtWork | None = None
        self._kept = self._tried = float("-inf")
        self._to_pause: dict[str, int] = {}  # teams whose pause is not written yet, and by how far the clock jumped

    def may_return(self, team: str) -> bool:
        """Is no pause of this team's returns still to be written?"""
        return team not in self._to_pause

    async def look(self) -> None:
        """Note whether the service was away or the clock has jumped since the last look, and leave a sign of work."""
        now = self._now()
        last = self._last or await self._sign() or now
        jump = _jump(last, now)
        if abs(jump) > JUMP:
            log.error("the clock has jumped: nobody returns by itself", seconds=round(jump.total_seconds()))
            self._to_pause |= dict.fromkeys(await self._teams(), round(jump.total_seconds()))
            self._tried = float("-inf")
        if self._to_pause and now.boot - self._tried >= AGAIN:
            await self._pause(now.boot)
        if _passed(last, now) >= AWAY and not await self._was_away(last, now):
            return
        if now.boot - self._kept >= SIGN and not self._to_pause:
            await self.leave_sign()  # where nothing can be written nobody is served: it fails, and is seen again
        else:
            self._last = now

    async def leave_sign(self) -> None:
        """Say that the service is at work now; whatever was before is not looked at."""
        now = self._now()
        async with self.store.writing() as connection:
            await service.leave_sign(connection, now)
        self._last, self._kept = now, now.boot

    def _now(self) -> AtWork:
        return AtWork(self.recorder.clock(), self.boot(), this_boot())

    async def _teams(self) -> list[str]:
        async with self.store.reading() as connection:
            return sorted({*await history.teams(connection)} - {history.SYSTEM})

    async def _sign(self) -> AtWork | None:
        async with self.store.reading() as connection:
            return await service.at_work(connection)

    async def _was_away(self, last: AtWork, now: AtWork) -> bool:
        """Write it down, unless another process was at work meanwhile. False: one has said so at this moment."""
        other = await self._sign()
        if other and timedelta() < _passed(last, other):
            last = other
        passed = _passed(last, now)
        if passed < AWAY:
            return True
        try:
            async with self.recorder.system(SYSTEM, e.ServiceWasDown(now.at - passed, now.at)) as connection:
                if await service.at_work(connection) != other:
                    raise _Overtaken
                if not self._to_pause:
                    await service.leave_sign(connection, now)
        except _Overtaken:
            return False
        log.warning("nobody was served", seconds=round(passed.total_seconds()))
        return True

    async def _pause(self, tried: float) -> None:
        """One team's failure leaves the others no less safe; theirs is tried again, and nobody there returns before."""
        self._tried, self.failed = tried, ""
        for team, jump in [*self._to_pause.items()]:
            try:
                await self.recorder.change(team, SYSTEM, stepdown.pause_for_clock, jump=jump)
                del self._to_pause[team]
            except Exception as error:
                self.failed = type(error).__name__
                SCHEDULER_FAILURES.inc()
                log.error("returns not paused", team=team, error=self.failed)

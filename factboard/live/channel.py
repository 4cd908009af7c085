"""One watched view of one team in one language for one audience: its newest frame, and who waits for the next.

State, not deltas: nothing is queued, a screen that was slow gets the newest frame and never the ones between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import structlog

from factboard.live import metrics
from factboard.live.frame import Frame, Render
from factboard.live.wire import beat_event, frame_event

if TYPE_CHECKING:
    from factboard.live.watch import Watch

log = structlog.get_logger(__name__)

RENDER_PATIENCE = 10.0  # seconds after which a rendering counts as failed


class Key(NamedTuple):
    view: str
    team: str
    language: str
    audience: str


class Seat(NamedTuple):
    """Who has what open: a session (or a wall screen's key), which view of which team, and through which lens."""

    session: str
    team: str
    view: str
    lens: str = ""


class Channel:
    def __init__(self, key: Key, render: Render, clock: Callable[[], datetime], epoch: str) -> None:
        self.key = key
        self.watches: set[Watch] = set()
        self.frame: Frame | None = None
        self.version = ""  # of the frame
        self.body = b""  # the frame event
        self.chunk = b""  # the frame event and the beat that went with it
        self.chunk_beat = b""
        self.beat = b""  # the newest beat event
        self._render = render
        self._clock = clock
        self._epoch = epoch
        self._wanted = 0
        self._refreshing: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    def want(self, seq: int) -> None:
        """There is a fact of this number; a frame without it is behind."""
        self._wanted = max(self._wanted, seq)

    @property
    def behind(self) -> bool:
        """Is the newest frame older than what is known, by facts or by time alone?"""
        frame = self.frame
        if frame is None or frame.seq < self._wanted:
            return True
        return frame.valid_until is not None and frame.valid_until <= self._clock()

    def refresh(self) -> asyncio.Task[None]:
        """Render until no longer behind. At most one rendering is in flight; who asks meanwhile shares it."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh())
        return self._refreshing

    def close(self) -> None:
        if self._refreshing is not None:
            self._refreshing.cancel()

    def make_beat(self) -> bytes:
        """A beat for this moment. While behind it names what no screen shows, so that none looks right."""
        seq = self.frame.seq if self.frame else 0
        self.beat = beat_event("" if self.behind else self.version, seq, self._clock(), self._epoch)
        return self.beat

    def wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def news(self) -> None:
        """Wait until there is a new frame or beat, or a watch has been ended."""
        await self._news.wait()

    async def _refresh(self) -> None:
        while self.behind:
            wanted = self._wanted
            frame = await self._rendered()
            if frame is None:
                return
            self._publish(frame)
            if self.behind and self._wanted == wanted:
                return  # the renderer itself lags; the next sweep asks again

    async def _rendered(self) -> Frame | None:
        view, team, language, audience = self.key
        started = perf_counter()
        try:
            async with asyncio.timeout(RENDER_PATIENCE):
                frame = await self._render(team, language, audience)
        except Exception:
            metrics.RENDER_FAILURES.labels(view).inc()
            log.exception("render_failed", view=view, team=team)
            return None
        metrics.RENDERS.labels(view).inc()
        metrics.RENDER_SECONDS.labels(view).observe(perf_counter() - started)
        return frame

    def _publish(self, frame: Frame) -> None:
        self.frame, version = frame, frame.version
        if version != self.version:  # else all who show it go on showing it: the beat tells them so
            self.version = version
            self.body = frame_event(frame.marked, version)
            metrics.DELIVERIES.labels(self.key.view).inc(len(self.watches))
        self.chunk_beat = self.make_beat()
        self.chunk = self.body + self.chunk_beat
        self.wake()

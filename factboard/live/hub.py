"""Who watches what, and how they learn of a change: after the commit, at midnight, or by the sweep.

The recorder calls `changed` after each commit. The sweep repairs whatever that missed (a renderer that raised,
another process that wrote) and ends the streams of those whose right has ended. The beat tells the screens which
version is true; while the hub itself cannot know, it keeps silent, and the screens say so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Set
from contextlib import suppress
from datetime import datetime
from time import perf_counter
from typing import Any

import structlog

from factboard.live import metrics
from factboard.live.channel import Channel, Key, Seat
from factboard.live.frame import Frame, Render
from factboard.live.watch import Watch
from factboard.live.wire import BYE, MOVED, REVOKED

log = structlog.get_logger(__name__)

Heads = Callable[[Set[str]], Awaitable[Mapping[str, int]]]  # teams -> newest committed seq of each
Admitted = Callable[[Set[Seat]], Awaitable[Set[Seat]]]  # -> those who may still look, through the lens of now

CHANGE_PATIENCE = 1.0  # seconds that a change waits to be shown, before its writer gets the answer
SURE_FOR = 10.0  # seconds that a successful sweep is believed
ASK_PATIENCE = 4.0  # seconds that the sweep waits for the database


class UnavailableError(Exception):
    """No frame can be had now: the renderer failed, or the server is stopping."""


class Hub:
    """`clock` gives the time of the rules, in UTC. Where `epoch` changes, screens reload."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        heads: Heads,
        admitted: Admitted,
        *,
        epoch: str = "",
        beat_every: float = 5.0,
        sweep_every: float = 2.0,
    ) -> None:
        self._clock = clock
        self._heads = heads
        self._admitted = admitted
        self._epoch = epoch
        self._beat_every = beat_every
        self._sweep_every = sweep_every
        self._renders: dict[str, Render] = {}
        self._channels: dict[Key, Channel] = {}
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False
        self._confirmed_at = perf_counter()

    def register(self, view: str, render: Render) -> None:
        self._renders[view] = render

    def watch(self, view: str, team: str, language: str, audience: str, session: str, shown: str = "") -> Watch:
        """A screen's watch on a registered view, of which it shows a version, or none. KeyError for an unknown view."""
        if view not in self._renders:
            raise KeyError(view)
        return Watch(self, Key(view, team, language, audience), session, shown)

    def open_streams(self, team: str | None = None, audience: str | None = None) -> int:
        found = [
            c for c in self._channels.values() if team in (None, c.key.team) and audience in (None, c.key.audience)
        ]
        return sum(len(channel.watches) for channel in found)

    async def changed(self, team: str, seq: int) -> int:
        """Show the team's screens what they do not show yet. Returns how many were handed fact `seq`.

        Never raises: the fact is committed, and what fails here is repaired by the sweep.
        """
        started = perf_counter()
        channels = [channel for channel in self._channels.values() if channel.key.team == team]
        if not channels:
            return 0
        for channel in channels:
            channel.want(seq)
        await asyncio.wait([channel.refresh() for channel in channels], timeout=CHANGE_PATIENCE)
        metrics.HANDOUT_SECONDS.observe(perf_counter() - started)
        return sum(len(c.watches) for c in channels if c.frame is not None and c.frame.seq >= seq)

    @property
    def sure(self) -> bool:
        """Has the database lately confirmed what is newest, and who may look?"""
        return perf_counter() - self._confirmed_at < SURE_FOR

    def start(self) -> None:
        """Start the beat and the sweep; needs a running event loop."""
        self._stopping = False
        self._confirmed_at = perf_counter()
        self._loops = [
            asyncio.create_task(self._every(self._beat_every, self._beat)),
            asyncio.create_task(self._every(self._sweep_every, self.sweep)),
        ]

    def say_goodbye(self) -> None:
        """Tell every screen that the server stops, and end its stream."""
        self._stopping = True
        for watch in self._watches():
            watch.end(BYE)

    async def stop(self) -> None:
        self.say_goodbye()
        for loop in self._loops:
            loop.cancel()
        for loop in self._loops:
            with suppress(asyncio.CancelledError):
                await loop
        self._loops = []
        for channel in self._channels.values():
            channel.close()

    async def sweep(self) -> None:
        """One round of repair and revocation; runs by itself between `start` and `stop`."""
        was_sure = self.sure
        asked = [await self._asked(self._repair()), await self._asked(self._revoke())]
        if all(asked):
            self._confirmed_at = perf_counter()
            if not was_sure:
                await self._beat()

    async def _repair(self) -> None:
        heads = await self._heads({key.team for key in self._channels}) if self._channels else {}
        for channel in self._channels.values():
            channel.want(heads.get(channel.key.team, 0))
            if channel.behind:
                channel.refresh()

    async def _revoke(self) -> None:
        watches = self._watches()
        admitted = await self._admitted({watch.seat for watch in watches}) if watches else set()
        places = {one[:3] for one in admitted}
        for watch in watches:
            if watch.seat not in admitted:
                watch.end(MOVED if watch.seat[:3] in places else REVOKED)

    async def _asked(self, question: Coroutine[Any, Any, None]) -> bool:
        try:
            async with asyncio.timeout(ASK_PATIENCE):
                await question
        except Exception:
            metrics.SWEEP_FAILURES.inc()
            log.exception("sweep_failed")
            return False
        return True

    async def _beat(self) -> None:
        if self.sure:
            for channel in self._channels.values():
                channel.make_beat()
                channel.wake()

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await act()
            except Exception:
                log.exception("live_loop_failed")

    def _watches(self) -> list[Watch]:
        return [watch for channel in self._channels.values() for watch in channel.watches]

    # What a watch asks of its hub.

    def join(self, watch: Watch) -> Channel:
        channel = self._channels.get(watch.key)
        if channel is None:
            channel = Channel(watch.key, self._renders[watch.key.view], self._clock, self._epoch)
            self._channels[watch.key] = channel
        channel.watches.add(watch)
        return channel

    def leave(self, watch: Watch) -> None:
        channel = self._channels[watch.key]
        channel.watches.discard(watch)
        if not channel.watches:  # nobody keeps it true any more; the next one to come gets a new one
            del self._channels[watch.key]

    async def first_frame(self, channel: Channel) -> Frame:
        if channel.behind:
            await asyncio.wait([channel.refresh()], timeout=None if channel.frame is None else CHANGE_PATIENCE)
        if channel.frame is None or self._stopping:
            raise UnavailableError
        return channel.frame

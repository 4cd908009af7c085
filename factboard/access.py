"""The access log, written off the reader's path: a look is noted at once and stored a moment later.

If it cannot be written the board still shows; an alarm is raised, and the gap itself is recorded as soon as
there is a database again (design 4).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

import structlog

from factboard.metrics import ACCESS_GAPS, ACCESS_ROWS
from factboard.storage import access
from factboard.storage.access import Look
from factboard.storage.codec import instant_to_text
from factboard.storage.engine import Store

log = structlog.get_logger()

HELD = 20_000  # looks kept in memory while the database is away
PAUSE = 1.0  # seconds before trying again
TOGETHER = 500  # rows a transaction


class Viewer(Protocol):
    """Who looks: a person in a team."""

    @property
    def user(self) -> str: ...
    @property
    def team(self) -> str | None: ...


class AccessLog:
    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._waiting: deque[Look] = deque()
        self._lost = 0
        self._failing_since: datetime | None = None
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()  # what two write at once would stand there twice
        self._task: asyncio.Task[None] | None = None

    @property
    def failing(self) -> bool:
        """Can looks not be stored right now?"""
        return self._failing_since is not None

    def saw(self, who: Viewer, view: str, clients: Iterable[str], action: str = "read", detail: str = "") -> None:
        """These clients were shown to this person."""
        self._note(who, action, view, clients, detail)

    def did(self, who: Viewer, view: str, action: str, detail: str = "") -> None:
        """Something about a view as a whole: it was searched, exported, opened."""
        self._note(who, action, view, [None], detail)

    def stream_opened(self, who: Viewer, view: str, clients: Iterable[str]) -> None:
        self._note(who, "stream_opened", view, [None], "")
        self.saw(who, view, clients, "stream")

    def stream_shows(self, who: Viewer, view: str, clients: Iterable[str]) -> None:
        self.saw(who, view, clients, "stream")

    def stream_closed(self, who: Viewer, view: str) -> None:
        self._note(who, "stream_closed", view, [None], "")

    def start(self) -> None:
        self._task = asyncio.create_task(self._write_for_ever())

    async def stop(self) -> None:
        """Store what is waiting, then end."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self.flush()

    async def flush(self) -> None:
        """Store what is waiting now; what cannot be stored stays waiting."""
        async with self._writing:
            try:
                while self._waiting or self._lost:
                    await self._write()
            except Exception:
                self._alarm()

    def _note(self, who: Viewer, action: str, view: str, clients: Iterable[str | None], detail: str) -> None:
        """One instant for all of a look: by it the rows are one look to whoever reads them."""
        at = instant_to_text(self._clock())
        detail = _writable(detail)
        for client in clients:
            if len(self._waiting) >= HELD:
                self._lost += 1
            else:
                self._waiting.append(Look(at, who.team, who.user, action, view, client, detail or None))
        self._wake.set()

    async def _write_for_ever(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self.flush()
            if self._waiting:
                await asyncio.sleep(PAUSE)
                self._wake.set()

    async def _write(self) -> None:
        rows = [self._waiting[n] for n in range(min(TOGETHER, len(self._waiting)))]
        gap = []
        if self._failing_since or self._lost:
            since = (self._failing_since or self._clock()).astimezone(UTC).isoformat(timespec="seconds")
            detail = f"not writable since {since}; lost {self._lost}"
            gap = [Look(instant_to_text(self._clock()), None, None, "gap", "access_log", None, detail)]
        async with self._store.writing() as connection:
            await access.append(connection, [*rows, *gap])
        for _ in rows:
            self._waiting.popleft()
        self._failing_since, self._lost = None, 0
        ACCESS_ROWS.inc(len(rows))

    def _alarm(self) -> None:
        if self._failing_since is None:
            self._failing_since = self._clock()
            ACCESS_GAPS.inc()
        log.exception("access log cannot be written", waiting=len(self._waiting), lost=self._lost)


def _writable(detail: str) -> str:
    """As every engine takes it. A row that one refuses would stand before all others, and none would ever be stored."""
    return detail.encode(errors="replace").decode().replace("\0", "\ufffd")

"""The demo's own time: rules and facts go by it, while sessions and limits go by real time.

It goes on at the pace of the real clock from where it was left, and jumps when asked to. It stands still while nobody
serves the demo and while the machine sleeps: half a year of synthetic care has no gap because a lid was closed.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.engine import Store
from factboard.storage.tables import history, meta

NOW = "demo_now"  # in `meta`: where the clock was last set


class Hands:
    """A clock that stands where it was put (UTC)."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class DemoClock:
    """What time it is in the demo (UTC)."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store = store
        self._set(now)

    @classmethod
    async def load(cls, store: Store) -> DemoClock:
        """Go on from where the clock was set, or from the newest fact, whichever is later."""
        async with store.reading() as connection:
            saved = await connection.scalar(select(meta.c.value).where(meta.c.key == NOW))
            newest = await connection.scalar(select(func.max(history.c.at)))
        known = [instant_from_text(text) for text in (saved, newest) if text]
        return cls(store, max(known, default=datetime.now(UTC)))

    def __call__(self) -> datetime:
        return self._base + timedelta(seconds=time.monotonic() - self._began)

    async def jump(self, to: datetime, connection: AsyncConnection | None = None) -> None:
        """Put the clock forward, in the given transaction or one of its own. An earlier instant changes nothing."""
        if to <= self():
            return
        if connection is None:
            async with self.store.writing() as own:
                await save(own, to)
        else:
            await save(connection, to)
        self._set(to)

    def _set(self, now: datetime) -> None:
        self._base, self._began = now, time.monotonic()


async def save(connection: AsyncConnection, now: datetime) -> None:
    await connection.execute(delete(meta).where(meta.c.key == NOW))
    await connection.execute(insert(meta).values(key=NOW, value=instant_to_text(now)))

"""A small demo, made once for all tests of it; each test gets a copy of its own."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from factboard.demo import DemoClock, make, next_morning
from factboard.domain.board import Board, board
from factboard.domain.events import MeetingOpened, Recorded
from factboard.domain.projection import rebuild
from factboard.domain.state import Client, Meeting, Team
from factboard.recorder import Recorder
from factboard.storage import history, projections
from factboard.storage.codec import recorded
from factboard.storage.engine import Store
from factboard.storage.tables import notice

TODAY = date(2026, 11, 23)  # a Monday
SMALL = {"clients": 40, "weeks": 6}


@pytest.fixture(scope="session")
def small_demo(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "small.db"
    shutil.copy(empty_sqlite, path)

    async def fill() -> None:
        store = Store(f"sqlite+aiosqlite:///{path}")
        await make(store, TODAY, **SMALL)
        await store.close()

    _apart(fill())
    return path


@pytest.fixture(scope="session")
def ten_later_demo(small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, ten jumps later."""
    path = tmp_path_factory.mktemp("demo") / "ten-later.db"
    shutil.copy(small_demo, path)

    async def play() -> None:
        demo = await opened(path)
        for _ in range(10):
            await next_morning(demo.recorder, demo.clock, "kusten")
        await demo.store.close()

    _apart(play())
    return path


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """In a thread, for the tests' own loop is another one."""
    thread = threading.Thread(target=asyncio.run, args=(work,))
    thread.start()
    thread.join()


@dataclass
class Demo:
    """A demo database, opened, with what a test asks of it."""

    store: Store
    clock: DemoClock
    recorder: Recorder

    async def team(self, id: str = "kusten") -> Team:
        async with self.store.reading() as connection:
            found = await projections.team(connection, id)
        assert found
        return found

    async def clients(self, id: str = "kusten") -> list[Client]:
        """Everyone that the team has known."""
        async with self.store.reading() as connection:
            return await projections.caseload(connection, id, ended=True)

    async def board(self, id: str = "kusten", now: datetime | None = None) -> Board:
        return board(await self.team(id), await self.clients(id), now or self.clock())

    async def meetings(self, id: str = "kusten") -> list[Meeting]:
        """All of the team's meetings, the oldest first."""
        opened = [row.fact.meeting for row in await self.facts(id) if isinstance(row.fact, MeetingOpened)]
        async with self.store.reading() as connection:
            found = [await projections.meeting(connection, id, meeting) for meeting in opened]
        return [meeting for meeting in found if meeting]

    async def facts(self, id: str = "kusten") -> list[Recorded]:
        async with self.store.reading() as connection:
            return [recorded(row) async for row in history.rows(connection, id)]

    async def rebuilt_equals_live(self, id: str = "kusten") -> bool:
        again = rebuild(id, await self.facts(id))
        async with self.store.reading() as connection:
            c = notice.c
            query = select(c.user, c.seq, c.client, c.read).where(c.team == id)
            told = {tuple(row) for row in await connection.execute(query)}
        clients = {client.id: client for client in await self.clients(id)}
        notices = {(one.user, one.seq, one.client, read) for one, read in again.notices.items()}
        meetings = {meeting.id: meeting for meeting in await self.meetings(id)}
        return (
            again.team == await self.team(id)
            and again.clients == clients
            and again.meetings == meetings
            and notices == told
        )


async def opened(path: Path) -> Demo:
    store = Store(f"sqlite+aiosqlite:///{path}")
    clock = await DemoClock.load(store)
    chance = Random(1)  # the same ids, and so the same days, each time
    return Demo(store, clock, Recorder(store, clock, ids=lambda: f"{chance.getrandbits(64):016x}"))


@pytest_asyncio.fixture
async def demo(small_demo: Path, tmp_path: Path) -> AsyncIterator[Demo]:
    path = tmp_path / "factboard-demo.db"
    shutil.copy(small_demo, path)
    found = await opened(path)
    yield found
    await found.store.close()


@pytest_asyncio.fixture
async def ten_later(ten_later_demo: Path, tmp_path: Path) -> AsyncIterator[Demo]:
    path = tmp_path / "ten-later.db"
    shutil.copy(ten_later_demo, path)
    found = await opened(path)
    yield found
    await found.store.close()

"""Never lost, never doubled, never called saved before it is: random sequences on a phone in a real browser."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Playwright, async_playwright

from tests.phone import acts, judge
from tests.phone.line import Fault
from tests.phone.storm import BLOCK, sequence
from tests.phone.world import NAMES, World
from tests.service import OTHER, OWN

PATIENCE = 90  # seconds for one sequence, on a machine that does much else


class Worlds:
    """The world as it stands, which sequences share; another one where it was broken."""

    def __init__(self, playwright: Playwright, folder: Path, empty: Path) -> None:
        self._playwright, self._folder, self._empty = playwright, folder, empty
        self._now: World | None = None
        self._number = 0

    async def now(self) -> World:
        if self._now and self._now.broken:
            await self.end()
        if self._now is None:
            folder = self._folder / str(self._number)
            folder.mkdir()
            shutil.copy(self._empty, folder / "factboard.db")
            self._number += 1
            self._now = World(self._playwright, folder)
            await self._now.begin()
        return self._now

    async def end(self) -> None:
        if self._now:
            await self._now.end()
        self._now = None


@pytest_asyncio.fixture(scope="module")
async def worlds(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> AsyncIterator[Worlds]:
    async with async_playwright() as playwright:
        running = Worlds(playwright, tmp_path_factory.mktemp("phone"), empty_sqlite)
        yield running
        await running.end()


@pytest.mark.parametrize("seed", [n if n < BLOCK else pytest.param(n, marks=pytest.mark.full) for n in range(200)])
async def test_whatever_happens_each_is_sent_exactly_once_and_called_saved_only_then(worlds: Worlds, seed: int) -> None:
    world, todo = await worlds.now(), sequence(seed)
    world.written, world.phone.said = [], []
    world.clock.forward(minutes=1)
    try:
        async with asyncio.timeout(PATIENCE):
            for n, act in enumerate(todo):
                names = NAMES[OTHER if act.elsewhere else OWN]
                client = world.clients[names[(seed + n) % len(names)]]
                world.line.fault = Fault.NONE
                one = await acts.write(world, act, f"Ropar kanariefågel{seed}x{n}", client)
                await acts.tap(world, one)
                await acts.happens(world, one)
            await judge.nothing_readable(world)
            await acts.recover(world)
            await judge.once(world)
            judge.nothing_false(world)
            await judge.nothing_readable(world)
            assert world.phone.errors == []
    except BaseException as error:
        world.broken = True
        error.add_note(f"seed {seed}:\n" + "\n".join(map(str, todo)))
        raise

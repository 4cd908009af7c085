"""Several processes on one database: each sees all that is due, exactly one acts on each thing."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest_asyncio

from factboard.domain import placement
from factboard.recorder import Recorder
from factboard.storage.engine import Store
from tests.scheduler.given import EASY, House
from tests.whole import check_whole

PROCESSES = 3


@pytest_asyncio.fixture
async def stores(store: Store) -> AsyncIterator[list[Store]]:
    """The same database, opened by each process for itself."""
    url = store.url.render_as_string(hide_password=False)
    opened = [Store(url) for _ in range(PROCESSES)]
    yield opened
    for one in opened:
        await one.close()


async def test_exactly_one_acts_on_each_thing(house: House, stores: list[Store]) -> None:
    ids = await house.upheld(12, bystanders=52)
    others = await house.ready(10)
    for id in others:  # nobody takes these flags
        await house.do("anna", placement.put_on_board, client=id, category=EASY.code, reason="Ringde igen")
    house.hands.until(house.at(house.hands.now.date(), house.settings.return_time))
    schedulers = [house.scheduler(Recorder(one, house.hands)) for one in stores]
    await schedulers[0].watchman.leave_sign()
    for _ in range(3):
        await asyncio.gather(*(one.run_all() for one in schedulers))
        house.hands.forward(seconds=60)
    assert Counter(row.client for row in await house.rows("returned")) == Counter(ids)
    told = Counter((row.client, row.fact.step) for row in await house.rows("flag_untaken"))  # type: ignore[attr-defined]
    assert told == Counter((id, step) for id in others for step in ("untaken", "untaken_lead"))
    assert [one.failed for one in schedulers] == PROCESSES * [""]
    acted = sum(one.done for one in schedulers)
    assert acted == len(ids) + 2 * len(others) + len(await house.rows("meeting_not_held"))
    assert sum(one.done > 0 for one in schedulers) > 1, "it was one process all along"
    await check_whole(house.store, house.id)


async def test_a_pause_is_written_once(house: House, stores: list[Store]) -> None:
    await house.upheld(9)
    house.hands.until(house.at(house.hands.now.date(), house.settings.return_time))
    schedulers = [house.scheduler(Recorder(one, house.hands)) for one in stores]
    await schedulers[0].watchman.leave_sign()
    await asyncio.gather(*(one.run_all() for one in schedulers))
    assert len(await house.rows("returns_paused")) == 1
    assert await house.rows("returned") == []


async def test_each_notices_the_jump_of_the_clock_and_one_pauses(house: House, stores: list[Store]) -> None:
    schedulers = [house.scheduler(Recorder(one, house.hands)) for one in stores]
    for one in schedulers:
        await one.run_all()
    house.hands.put(days=1)
    await asyncio.gather(*(one.run_all() for one in schedulers))
    assert len(await house.rows("returns_paused")) == 1

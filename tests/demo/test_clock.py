"""The demo's clock goes on, jumps forward only, and is where it was after a restart."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from factboard.demo import DemoClock
from factboard.domain import placement
from tests.demo.conftest import Demo


async def test_it_goes_on_by_itself(demo: Demo) -> None:
    before = demo.clock()
    await asyncio.sleep(0.02)
    assert timedelta(milliseconds=15) < demo.clock() - before < timedelta(seconds=5)


async def test_a_jump_is_kept(demo: Demo) -> None:
    there = demo.clock() + timedelta(days=3)
    await demo.clock.jump(there)
    assert timedelta() <= demo.clock() - there < timedelta(seconds=5)
    again = await DemoClock.load(demo.store)
    assert timedelta() <= again() - there < timedelta(seconds=5)


async def test_it_never_goes_back(demo: Demo) -> None:
    before = demo.clock()
    await demo.clock.jump(before - timedelta(days=1))
    assert demo.clock() >= before


async def test_a_fact_later_than_the_last_jump_is_where_it_goes_on(demo: Demo) -> None:
    client = next(card for group in (await demo.board()).groups for card in group.cards).client.id
    later = demo.clock() + timedelta(hours=2)
    demo.recorder.clock = lambda: later
    await demo.recorder.change("kusten", "anna", placement.add_action, client=client, text="Ring")
    again = await DemoClock.load(demo.store)
    assert timedelta() <= again() - later < timedelta(seconds=5)


async def test_a_jump_in_a_transaction_that_fails_is_not_kept(demo: Demo) -> None:
    there = demo.clock() + timedelta(days=3)
    try:
        async with demo.store.writing() as connection:
            await demo.clock.jump(there, connection)
            raise RuntimeError
    except RuntimeError:
        pass
    assert (await DemoClock.load(demo.store))() < there

"""What falls due by itself while the demo's clock jumps: nothing before its time, nothing doubled, no day lost."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from factboard.demo.serve import demo_app
from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.people import SYSTEM
from factboard.recorder import Recorder
from factboard.storage import service
from factboard.watchman import this_boot
from tests.demo.conftest import Demo
from tests.live.serving import serving

STREAMS = ("kusten", "skogen", "system")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factboard.scheduler.EVERY", 0.001)


async def test_the_next_mornings_while_it_looks_for_what_is_due(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factboard.demo.playing.Recorder", _Late)
    before = {id: len(await demo.facts(id)) for id in STREAMS}
    app = demo_app(demo.store, demo.clock)
    began = demo.clock()
    async with serving(app) as (url, _), httpx2.AsyncClient(base_url=url, timeout=60) as somebody:
        for _ in range(4):
            answer = await somebody.post("/demo/next-morning")
            assert answer.status_code == 303
            await _a_look(app)
        assert app.state.scheduler.failed == ""
    for id in ("kusten", "skogen"):
        team, new = await demo.team(id), (await demo.facts(id))[before[id] :]
        assert all(began <= row.at <= demo.clock() for row in new)
        assert [row.at for row in new] == sorted(row.at for row in new)
        assert {calendar.local_day(row.at, team.settings).day for row in new} >= {23, 24, 25, 26, 27}
        by_itself = [row for row in new if isinstance(row.fact, e.MeetingNotHeld | e.MeetingClosed)]
        assert [row for row in by_itself if row.actor == SYSTEM] == [], "judged before its people had their day"
        assert len([row for row in new if isinstance(row.fact, e.MeetingOpened)]) == 4
        assert await demo.rebuilt_equals_live(id)
    assert await _alarms(demo, before) == []


async def test_a_demo_that_is_started_days_later_was_neither_down_nor_is_its_clock_wrong(demo: Demo) -> None:
    before = {id: len(await demo.facts(id)) for id in STREAMS}
    left = service.AtWork(demo.clock() + timedelta(minutes=5), time.monotonic() - 3 * 24 * 3600, this_boot())
    async with demo.store.writing() as connection:  # whoever looked last did so after the newest fact
        await service.leave_sign(connection, left)
    app = demo_app(demo.store, demo.clock)
    async with serving(app):
        await _a_look(app)
    assert await _alarms(demo, before) == []


async def test_while_it_is_looked_at_somebody_returns_at_their_moment(demo: Demo) -> None:
    coming = {one.id: one.stay.announced.due for one in await demo.clients() if one.stay and one.stay.announced}
    due, id = min((at, id) for id, at in coming.items() if at)
    app = demo_app(demo.store, demo.clock)
    async with serving(app):
        await _jump(app, demo, due - timedelta(seconds=5))
        await _a_look(app)
        assert not [row for row in await demo.facts() if isinstance(row.fact, e.Returned) and row.client == id]
        await _jump(app, demo, due + timedelta(seconds=0.2))
        await _a_look(app)
    (back,) = [row for row in await demo.facts() if isinstance(row.fact, e.Returned) and row.client == id]
    assert isinstance(back.fact, e.Returned)
    assert (back.actor, back.fact.due) == (SYSTEM, due)
    assert due <= back.at < due + timedelta(seconds=5)
    assert await demo.rebuilt_equals_live()


async def _jump(app: Starlette, demo: Demo, to: datetime) -> None:
    """The demo's clock goes on to this moment, which the watchman is not to take for a wrong clock."""
    async with app.state.scheduler.still:
        await demo.clock.jump(to)
        await app.state.scheduler.watchman.leave_sign()


async def _alarms(demo: Demo, before: dict[str, int]) -> list[tuple[str, str]]:
    """What the watchman has written since."""
    found = [(id, row.fact) for id in STREAMS for row in (await demo.facts(id))[before[id] :]]
    return [(id, fact.kind) for id, fact in found if isinstance(fact, e.ReturnsPaused | e.ServiceWasDown)]


class _Late(Recorder):
    """Leaves the scheduler time to look between two teams' days: for the second one the clock has jumped by then."""

    @contextlib.asynccontextmanager
    async def together(self, *given: Any, **named: Any) -> AsyncIterator[Any]:
        await asyncio.sleep(0.3)
        async with super().together(*given, **named) as desk:
            yield desk


async def _a_look(app: Starlette) -> None:
    """Until the scheduler has looked at everything once more."""
    await asyncio.sleep(0.05)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(5):
            while app.state.scheduler.age > 0.02:
                await asyncio.sleep(0.005)

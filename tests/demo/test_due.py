"""What falls due by itself while the demo's clock jumps: nothing before its time, nothing doubled, no day lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from factboard.demo.serve import demo_app
from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.people import SYSTEM
from factboard.recorder import Recorder
from tests.demo.conftest import Demo
from tests.live.serving import serving


async def test_the_next_mornings_while_it_looks_for_what_is_due(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factboard.scheduler.EVERY", 0.001)
    monkeypatch.setattr("factboard.demo.playing.Recorder", _Late)
    before = {id: len(await demo.facts(id)) for id in ("kusten", "skogen")}
    app = demo_app(demo.store, demo.clock)
    began = demo.clock()
    async with serving(app) as (url, _), httpx2.AsyncClient(base_url=url, timeout=60) as somebody:
        for _ in range(4):
            answer = await somebody.post("/demo/next-morning")
            assert answer.status_code == 303
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(_a_look(app), 5)
        assert app.state.scheduler.failed == ""
    for id in before:
        new = (await demo.facts(id))[before[id] :]
        assert all(began <= row.at <= demo.clock() for row in new)
        assert [row.at for row in new] == sorted(row.at for row in new)
        assert {calendar.local_day(row.at, (await demo.team(id)).settings).day for row in new} >= {23, 24, 25, 26, 27}
        by_itself = [row for row in new if isinstance(row.fact, e.MeetingNotHeld | e.MeetingClosed)]
        assert [row for row in by_itself if row.actor == SYSTEM] == [], "judged before its people had their day"
        assert len([row for row in new if isinstance(row.fact, e.MeetingOpened)]) == 4
        assert await demo.rebuilt_equals_live(id)


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
    while app.state.scheduler.age > 0.02:
        await asyncio.sleep(0.005)

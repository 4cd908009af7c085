"""What falls due by itself, as a machine that watches sees it; and where sheets go, as the team reads it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2
import pytest

from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.service import Service, a_service
from tests.web.reading import words


async def test_ready_says_how_long_ago_it_was_looked_at_and_what_fails(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    answer = (await lars.get("/readyz")).json()
    assert answer["ready"] is True
    assert answer["scheduler"]["age_seconds"] < 60
    assert answer["scheduler"]["failed"] == ""
    service.app.state.scheduler._blind = "RuntimeError"
    late = await lars.get("/readyz")
    assert late.status_code == 200, "late is no reason to take nobody in"
    assert late.json()["scheduler"]["failed"] == "RuntimeError"


async def test_metrics_count_what_was_done_and_what_failed(
    service: Service, lars: httpx2.AsyncClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def counted() -> dict[str, float]:
        lines = (await lars.get("/metrics")).text.splitlines()
        return {line.split()[0]: float(line.split()[1]) for line in lines if line.startswith("factboard_scheduler")}

    before = await counted()
    clock.forward(days=1)
    assert await service.app.state.scheduler.run_all() == 2  # two teams whose meeting nobody opened
    after = await counted()
    done, failures = "factboard_scheduler_done_total", "factboard_scheduler_failures_total"
    assert after[done] - before[done] == 2
    assert after[failures] == before[failures]
    assert 0 <= after["factboard_scheduler_age_seconds"] < 60
    clock.forward(days=1)

    async def fails(*_: object, **__: object) -> None:
        await asyncio.sleep(0)
        raise RuntimeError

    monkeypatch.setattr(service.app.state.scheduler, "_do", fails)
    await service.app.state.scheduler.run_all()
    assert (await counted())[failures] - before[failures] == 2
    assert "RuntimeError" in (await lars.get("/readyz")).text


async def test_the_settings_say_that_no_sheets_are_written(service: Service, lars: httpx2.AsyncClient) -> None:
    page = words(await lars.get("/settings", params={"lang": "en"}))
    assert "No sheets are written by themselves: the operator has set no folder for them (FACTBOARD_SHEETS)." in page


async def test_and_where_they_go_without_where_that_is(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    async with (
        a_service(Store(sqlite_url), clock, sheets=str(tmp_path / "secret-place")) as service,
        service.person("lars") as lars,
    ):
        page = words(await lars.get("/settings", params={"lang": "en"}))
    assert "written by themselves to the server's folder kusten." in page
    assert "secret-place" not in page

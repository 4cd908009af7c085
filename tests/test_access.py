"""The access log when it cannot be written: nothing disturbs the reader, nothing is forgotten without a word."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from factboard import access
from factboard.access import AccessLog
from factboard.storage.access import Look, read
from factboard.storage.engine import Store
from tests.conftest import TEAM, Clock
from tests.storage.test_disk import read_only_disk


@dataclass
class Viewer:
    user: str = "anna"
    team: str | None = TEAM


async def looks(store: Store, team: str | None = TEAM) -> list[Look]:
    async with store.reading() as connection:
        return await read(connection, team)


async def test_what_could_not_be_stored_waits_and_the_gap_is_recorded(sqlite_store: Store, clock: Clock) -> None:
    log = AccessLog(sqlite_store, clock)
    async with read_only_disk(sqlite_store):
        log.saw(Viewer(), "board", ["c1", "c2"])
        await log.flush()
        assert log.failing
        assert await looks(sqlite_store) == []
    await log.flush()
    assert not log.failing
    assert [look.client for look in await looks(sqlite_store)] == ["c2", "c1"]
    [gap] = await looks(sqlite_store, None)
    assert (gap.action, gap.view) == ("gap", "access_log")
    assert (gap.detail or "").endswith("lost 0")


async def test_looks_that_did_not_fit_in_memory_are_counted_in_the_log(
    sqlite_store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "HELD", 2)
    log = AccessLog(sqlite_store, clock)
    log.saw(Viewer(), "clients", ["c1", "c2", "c3", "c4", "c5"])
    await log.flush()
    assert len(await looks(sqlite_store)) == 2
    [gap] = await looks(sqlite_store, None)
    assert (gap.detail or "").endswith("lost 3")


async def test_no_row_that_an_engine_refuses_stands_before_all_others(store: Store, clock: Clock) -> None:
    log = AccessLog(store, clock)
    log.did(Viewer(), "history.csv", "exported", "words=a\0b \ud800")  # PostgreSQL takes no NUL in a text
    log.saw(Viewer(), "board", ["c1"])
    await log.flush()
    assert not log.failing
    assert [look.detail for look in await looks(store)] == [None, "words=a\ufffdb ?"]

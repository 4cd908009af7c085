"""The demo's file: made once, used again, made anew when asked, and never anybody else's."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from factboard.demo import NotADemo, file, made_by_demo, make, prepared
from factboard.demo.database import secret_of
from factboard.recorder import Recorder
from factboard.storage.engine import Serving, Store
from tests.conftest import Clock, a_team
from tests.demo.conftest import TODAY, Demo

ANOTHER_DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "make", partial(make, clients=10, weeks=1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "factboard-demo.db"


def content(path: Path) -> bytes:
    return path.read_bytes()


def newest(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("SELECT max(at) FROM history").fetchone()[0])
    finally:
        connection.close()


async def test_a_missing_one_is_made_whole(path: Path) -> None:
    url = await prepared(path, TODAY)
    store = Store(url)
    assert await made_by_demo(store)
    await store.close()
    assert [one.name for one in path.parent.iterdir()] == ["factboard-demo.db"]


async def test_one_that_is_there_is_used_again(path: Path) -> None:
    await prepared(path, TODAY)
    before = newest(path)
    await prepared(path, ANOTHER_DAY)
    assert newest(path) == before


async def test_fresh_makes_it_anew(path: Path) -> None:
    await prepared(path, TODAY)
    await prepared(path, ANOTHER_DAY, fresh=True)
    assert newest(path) > "2026-11-25"


async def test_one_that_runs_is_not_replaced(path: Path) -> None:
    store = Store(await prepared(path, TODAY))
    before = newest(path)
    with store.serving(), pytest.raises(Serving):
        await prepared(path, ANOTHER_DAY, fresh=True)
    await store.close()
    assert newest(path) == before


async def test_half_of_one_is_no_obstacle(path: Path, small_demo: Path) -> None:
    half = path.with_name("factboard-demo.db.new")
    shutil.copy(small_demo, half)
    sqlite3.connect(half).execute("DELETE FROM meta").connection.commit()
    await prepared(path, TODAY)
    assert not half.exists()


@pytest.mark.parametrize("fresh", [False, True])
async def test_a_teams_own_database_is_refused_and_left_as_it_is(path: Path, sqlite_url: str, fresh: bool) -> None:
    store = Store(sqlite_url)
    await a_team(Recorder(store, Clock()))
    with pytest.raises(NotADemo):
        await made_by_demo(store)
    with pytest.raises(NotADemo):
        await make(store, TODAY)
    await store.close()
    shutil.move(str(store.url.database), path)
    before = content(path)
    with pytest.raises(NotADemo):
        await prepared(path, TODAY, fresh=fresh)
    assert content(path) == before


@pytest.mark.parametrize("fresh", [False, True])
async def test_another_programs_database_is_refused(path: Path, fresh: bool) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(NotADemo):
        await prepared(path, TODAY, fresh=fresh)


async def test_an_empty_database_is_nobodys(sqlite_store: Store) -> None:
    assert not await made_by_demo(sqlite_store)


async def test_a_restart_keeps_the_secret_so_that_screens_stay_paired(demo: Demo) -> None:
    first, again = await secret_of(demo.store), await secret_of(demo.store)
    assert first == again
    assert len(first) >= 32

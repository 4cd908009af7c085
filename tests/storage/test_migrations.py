"""From an older release's database to this one's: no fact is touched, and what is shown is made anew from them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from alembic import command
from sqlalchemy import Connection, text

from factboard.domain import events as e
from factboard.domain import visits
from factboard.recorder import Recorder
from factboard.storage import history, migrations, projections
from factboard.storage.engine import Store
from factboard.storage.migrations import migrate
from tests.conftest import TEAM, Clock, a_postgres_store
from tests.whole import check_whole

WRITTEN = json.loads(Path(__file__).with_name("as_of_0001.json").read_text())  # by the release of revision 0001


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def old(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A database as the first release left it: its tables, its facts, its states."""
    if request.param == "sqlite":
        store = Store(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}")
        await as_then(store)
        yield store
        await store.close()
        return
    async for store in a_postgres_store(request.getfixturevalue("postgres"), prepare=as_then):
        yield store


async def as_then(store: Store) -> None:
    def begin(connection: Connection) -> None:
        config = migrations._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    async with store.engine.begin() as connection:
        await connection.run_sync(begin)
        for table, rows in WRITTEN.items():
            names = ", ".join(f'"{name}"' for name in rows[0])
            values = ", ".join(f":{name}" for name in rows[0])
            await connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), typed(rows))


def typed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """SQLite, where they were read from, has no truth of its own."""
    truths = ("enrolled", "on_board", "read")
    return [{name: bool(value) if name in truths else value for name, value in row.items()} for row in rows]


async def test_an_old_database_is_brought_up_to_date(old: Store) -> None:
    assert not await migrations.at_head(old)
    await migrate(old)
    assert await migrations.at_head(old)
    assert await migrations.differences(old) == []
    rows = await check_whole(old, TEAM)
    assert [row.hash for row in rows] == [row["hash"] for row in WRITTEN["history"] if row["team"] == TEAM]


async def test_its_people_and_clients_are_there_with_what_is_new_as_it_begins(old: Store) -> None:
    await migrate(old)
    async with old.reading() as connection:
        team = await projections.team(connection, TEAM)
        clients = {one.details.first_name: one for one in await projections.caseload(connection, TEAM)}
        assert await projections.memberships(connection, "anna") == [(TEAM, e.Role.CLINICIAN)]
        assert [one.user for one in await projections.unread(connection, TEAM, "lars")] == ["lars"]
    assert team
    assert (team.settings.agenda, team.settings.meeting_days, team.blank) == (e.AGENDA, (0, 3), False)
    assert (team.members["anna"].profession, team.members["anna"].works) == ("nurse", (0, 1, 2, 3, 4))
    stina, olle = clients["Stina"], clients["Olle"]
    [visit] = stina.visits
    assert (visit.who, visit.day, visit.at, visit.backup) == ("anna", date(2026, 11, 18), time(10), None)
    assert stina.stay
    assert stina.stay.category_since == stina.decided  # both from facts that the old release did not read them from
    assert olle.left_board
    async with old.reading() as connection:
        wall = await projections.on_wall(connection, TEAM, olle.left_board)
    assert {one.id for one in wall} == {stina.id, olle.id}


async def test_what_belongs_to_no_team_becomes_none(old: Store) -> None:
    await migrate(old)
    async with old.reading() as connection:
        assert [team.id for team in await projections.teams(connection)] == [TEAM]
        assert await history.head(connection, history.SYSTEM)


async def test_life_goes_on_in_it(old: Store) -> None:
    await migrate(old)
    await migrate(old)  # already there: nothing happens
    async with old.reading() as connection:
        [stina] = await projections.on_board(connection, TEAM)
    changed = {"visit": stina.visits[0].seq, "who": "lars", "day": date(2026, 11, 24)}
    await Recorder(old, Clock()).change(TEAM, "lars", visits.change_visit, client=stina.id, **changed)
    await check_whole(old, TEAM)

"""From an older release's database to this one's: no fact is touched, and what is shown is made anew from them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
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


async def test_nobody_returns_by_itself_in_a_team_that_has_not_chosen_it(old: Store) -> None:
    """The facts of a release without policies say nothing of one: a named person announces each return."""
    await migrate(old)
    async with old.reading() as connection:
        team = await projections.team(connection, TEAM)
        [stina] = await projections.on_board(connection, TEAM)
        rows = [row async for row in history.rows(connection, TEAM)]
    assert team
    modes = {code: category.policy.mode for code, category in team.categories.items()}
    assert modes.pop("admitted") is e.Mode.BY_HAND
    assert set(modes.values()) == {e.Mode.CONFIRM}
    stable = {code: category.policy.stable_days for code, category in team.categories.items()}
    assert (stable["crisis_prevention"], stable["short_intensive"], stable["long_intensive"]) == (7, 14, 21)
    assert team.policies == {code: seq for seq, code in enumerate(team.categories, start=3)}
    assert {row.version for row in rows if row.kind == "category_changed"} == {1}  # as they were written
    assert stina.stay
    assert (stina.stay.announced, stina.stay.kept, stina.planned) == (None, None, None)


async def test_what_falls_due_is_known_of_those_who_were_there_before(old: Store) -> None:
    await migrate(old)
    async with old.reading() as connection:
        [stina] = await projections.on_board(connection, TEAM)
        due = await projections.due_clients(connection, datetime(2026, 12, 24, tzinfo=UTC))
        assert await projections.due_teams(connection, datetime(2026, 12, 24, tzinfo=UTC), sheets=False) == [TEAM]
    assert stina.stay
    assert stina.stay.review_by == date(2026, 11, 23)
    assert [(at, client, clock) for at, _, client, clock in due] == [
        ("2026-11-23T23:00:00.000000Z", stina.id, "review"),  # the end of the 23rd
        ("2026-11-23T23:00:00.000000Z", stina.id, "unseen"),  # last met on the 16th; a week in her category
    ]


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

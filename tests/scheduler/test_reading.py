"""A look at what is due reads what is due: by its indexes, no state of anybody else, no more when a service grows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event, insert

from factboard.scheduler import Scheduler
from factboard.storage import projections, tables
from factboard.storage.codec import TEAM, instant_to_text
from factboard.storage.engine import Store
from factboard.storage.projections import reading
from factboard.watchman import Watchman
from tests.conftest import a_postgres_store
from tests.scheduler.given import Hands, House

INDEXES = {*(f"ix_client_{clock}_due" for clock in tables.CLOCKS), "ix_team_due", "ix_team_sheet_due"}


@contextmanager
def asked(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Each statement that is read with meanwhile, and its values."""
    found: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement != "BEGIN":
            found.append((statement, values))

    engine = store._reader.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


async def crowd(house: House, first: int, last: int) -> None:
    """More teams, with forty on the board of each, nothing of whom is due for a week."""
    state, later = await house.state(), instant_to_text(house.hands.now + timedelta(days=7))
    async with house.store.reading() as connection:
        known = await projections.on_board(connection, house.id)
    clients = [projections.client_columns(state, one) for one in known]
    for row in clients:
        row |= dict.fromkeys((f"{clock}_due" for clock in tables.CLOCKS), later)
    async with house.store.writing() as connection:
        for number in range(first, last):
            other = replace(state, id=f"other{number}")
            row = projections.team_columns(other) | {"due": later, "sheet_due": later}
            await connection.execute(insert(tables.team), row)
            many = (40 // len(clients)) + 1
            rows = [one | {"team": other.id, "id": f"{one['id']}{n}"} for n in range(many) for one in clients]
            await connection.execute(insert(tables.client), rows[:40])


def steps(path: str, statements: list[tuple[str, Any]]) -> int:
    """How many steps SQLite's machine takes for them: what it reads, not how fast."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    with sqlite3.connect(path) as plain:
        plain.execute("SELECT * FROM team LIMIT 0")  # it has read what tables there are
        plain.set_progress_handler(step, 1)
        for statement, values in statements:
            plain.execute(statement, values).fetchall()
    return taken


async def test_what_is_due_is_found_by_the_indexes(light: House) -> None:
    await light.put_on(4)
    await crowd(light, 0, 30)
    scheduler = light.scheduler()
    with asked(light.store) as statements:
        await projections_looked_at(light)
    used: set[str] = set()
    with sqlite3.connect(str(light.store.url.database)) as plain:
        for statement, values in statements:
            [plan] = plain.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            how = str(plan[-1])
            assert how.startswith("SEARCH"), f"{how}: {statement}"
            used |= {name for name in INDEXES if f"INDEX {name} " in how}
    assert used == INDEXES
    with asked(light.store) as statements:
        await scheduler._look()
    assert len(statements) == len(INDEXES) - 1, "no folder for sheets, and nothing beside these"


async def projections_looked_at(house: House) -> None:
    later = instant_to_text(house.hands.now + timedelta(days=1))
    async with house.store.writing() as connection:
        await connection.execute(tables.team.update().values(due=later, sheet_due=later))
    async with house.store.reading() as connection:
        assert await projections.due_clients(connection, house.hands.now) == []
        assert await projections.due_teams(connection, house.hands.now, sheets=True) == []


@pytest_asyncio.fixture
async def on_postgresql(postgres: str, hands: Hands) -> AsyncIterator[House]:
    async for store in a_postgres_store(postgres):
        yield await House(store, hands).team()


async def test_on_postgresql_too(on_postgresql: House) -> None:
    """Of a small table it would rather read everything, and is told not to."""
    house = on_postgresql
    await house.put_on(2)
    await crowd(house, 0, 10)
    with asked(house.store) as statements:
        await projections_looked_at(house)
    used: set[str] = set()
    async with house.store.writing() as connection:
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement, values in statements:
            found = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", tuple(values))
            plan = found.scalar_one()
            text = json.dumps(plan)
            used |= {name for name in INDEXES if f'"{name}"' in text}
            assert "Seq Scan" not in text
    assert used == INDEXES


async def test_a_look_that_finds_nothing_takes_as_many_steps_with_fifty_teams_as_with_five(light: House) -> None:
    await light.put_on(4)
    with asked(light.store) as statements:
        await projections_looked_at(light)
    path = str(light.store.url.database)
    await crowd(light, 0, 5)
    few = steps(path, statements)
    await crowd(light, 5, 50)
    assert steps(path, statements) == few
    assert few < 100


async def test_a_team_of_whom_something_might_be_due_is_not_read_at_each_look(
    light: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The morning sheet came too late to be of use: until tomorrow's, its stored instant lies behind."""
    read = 0
    ask = projections.team

    async def counted(*given: Any) -> Any:
        nonlocal read
        read += 1
        return await ask(*given)

    monkeypatch.setattr("factboard.scheduler.projections.team", counted)
    light.hands.until(light.at(light.hands.now.date(), time(10)))
    scheduler = Scheduler(light.recorder, light.store, lambda *_: 1 / 0, Watchman(light.recorder, light.store))  # type: ignore[arg-type,return-value]
    for _ in range(20):
        assert await scheduler._look() == []
        light.hands.forward(seconds=5)
    assert read == 2


async def test_only_rows_that_are_due_are_read_and_validated(light: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await light.put_on(4)
    await crowd(light, 0, 10)
    validated: list[str] = []

    class Counted:
        def validate_json(self, state: str) -> Any:
            found = TEAM.validate_json(state)
            validated.append(found.id)
            return found

    monkeypatch.setattr(reading, "TEAM", Counted())
    monkeypatch.setattr(reading, "CLIENT", None)  # no client's state is read to know what is due
    scheduler = light.scheduler()
    await scheduler._look()
    assert validated == []
    light.hands.forward(hours=26)  # the meeting of the one team was not held
    found = await scheduler._look()
    assert validated == [light.id]
    assert {team for team, _ in found} == {light.id}

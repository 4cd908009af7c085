"""Ten thousand single tampers made straight in the database: every one is found, where it is (hazard H12)."""

from __future__ import annotations

import random
import sqlite3

import pytest
import pytest_asyncio

from factboard import retention
from factboard.domain.chain import Row
from factboard.recorder import Recorder
from factboard.retention import Retention
from factboard.storage import history
from factboard.storage.engine import Store
from tests.conftest import TEAM, Clock, a_client, a_team
from tests.proof.given import found, hand_in
from tests.proof.tampers import COLUMNS, TAMPERS, TEXT
from tests.proof.test_redaction import DUE, a_life, keeps

Lived = tuple[Store, list[Row]]


@pytest_asyncio.fixture
async def lived(sqlite_store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Lived:
    """A team of some sixty facts, those about one client redacted."""
    monkeypatch.setattr(retention, "EVERY", 0.0)
    recorder = Recorder(sqlite_store, clock)
    await a_team(recorder)
    await keeps(recorder, 10)
    await a_client(recorder, "Kvar")
    await a_life(recorder, clock, "Borta")
    clock.now = DUE
    assert await Retention(recorder, sqlite_store).daily() == 1
    for number in range(6):
        await a_life(recorder, clock, f"Prov{number}")
    async with sqlite_store.reading() as connection:
        return sqlite_store, [row async for row in history.rows(connection, TEAM)]


def put_back(database: sqlite3.Connection, rows: list[Row]) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    database.execute("DELETE FROM history WHERE team <> 'system'")
    database.executemany(f"INSERT INTO history ({TEXT}) VALUES ({marks})", map(tuple, rows))
    database.execute("UPDATE stream SET seq = ?, hash = ? WHERE team = ?", (len(rows), rows[-1].hash, TEAM))


async def test_every_single_tamper_is_found_where_it_is(lived: Lived, full: bool) -> None:
    store, rows = lived
    gone = [row.seq for row in rows if row.payload is None]
    assert gone
    assert (await found(store)).broken is None
    with hand_in(store) as database:
        database.execute("PRAGMA synchronous = OFF")
        for number in range(10_000 if full else 210):
            pick, tamper = random.Random(number), TAMPERS[number % len(TAMPERS)]
            database.execute("BEGIN")
            changed = tamper(database, rows, pick)
            database.execute("COMMIT")
            broken = (await found(store)).broken
            says = f"{tamper.__name__} with seed {number} at no. {changed}: {broken}"
            assert broken, says
            # What hangs on it is seen at the next fact; what a redaction no longer says, at what it took away.
            assert broken.seq in (changed - 1, changed, changed + 1, gone[0]), says
            database.execute("BEGIN")
            put_back(database, rows)
            database.execute("COMMIT")
    assert (await found(store)).broken is None

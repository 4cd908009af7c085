"""The two engines: what they refuse, what they promise under many writers, and one serving process a file."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from factboard.domain import placement
from factboard.recorder import Recorder
from factboard.storage import history, migrations, projections, tables
from factboard.storage.engine import Serving, Store, database_file
from tests.conftest import TEAM, Clock, a_client, a_team
from tests.whole import check_whole

ROW = "team, seq, at, actor, kind, version, client, placement, payload, salt, digest, previous, hash"
NEW = "'kusten', {seq}, 'x', 'eva', 'x', 1, NULL, NULL, '{{}}', 's', 'd', 'p', 'h'"


async def run(store: Store, statement: str) -> None:
    async with store.writing() as connection:
        await connection.execute(text(statement))


class TestAppendOnly:
    ON_BOTH = (
        "UPDATE history SET actor = 'eva'",
        "UPDATE history SET payload = NULL, salt = NULL WHERE seq = 2",
        "DELETE FROM history WHERE seq = 2",
        "DELETE FROM history",
        f"INSERT INTO history ({ROW}) VALUES ({NEW.format(seq=2)}) ON CONFLICT (team, seq) DO UPDATE SET actor = 'eva'",
        "UPDATE access_log SET actor = 'eva'",
        "DELETE FROM access_log",
    )
    ON_SQLITE = (
        f"INSERT OR REPLACE INTO history ({ROW}) VALUES ({NEW.format(seq=2)})",
        f"REPLACE INTO history (rowid, {ROW}) VALUES (1, {NEW.format(seq=99)})",
        "UPDATE OR REPLACE history SET seq = 1 WHERE seq = 2",
        "REPLACE INTO access_log (id, at, action, view) VALUES (1, 'x', 'x', 'x')",
    )
    ON_POSTGRESQL = ("TRUNCATE history", "TRUNCATE access_log")

    async def test_what_has_happened_cannot_be_changed_by_any_statement(self, recorder: Recorder) -> None:
        store = recorder.store
        await a_team(recorder)
        await run(store, "INSERT INTO access_log (at, action, view) VALUES ('x', 'read', 'board')")
        before = await check_whole(store, TEAM)
        for statement in (*self.ON_BOTH, *(self.ON_SQLITE if store.sqlite else self.ON_POSTGRESQL)):
            with pytest.raises(DBAPIError, match="append-only"):
                await run(store, statement)
        assert await check_whole(store, TEAM) == before
        async with store.reading() as connection:
            assert await connection.scalar(text("SELECT COUNT(*) FROM access_log WHERE action = 'read'")) == 1

    async def test_no_two_facts_take_the_same_place(self, recorder: Recorder) -> None:
        await a_team(recorder)
        with pytest.raises((IntegrityError, DBAPIError)):
            await run(recorder.store, f"INSERT INTO history ({ROW}) VALUES ({NEW.format(seq=2)})")


class TestManyWriters:
    async def test_two_hundred_of_two_hundred_additions_are_there(self, store: Store) -> None:
        """Read, add one, write: the way in which an engine that begins too late loses updates without a word."""
        await run(store, "INSERT INTO stream (team, seq, hash) VALUES ('counted', 0, '')")

        async def writer() -> None:
            for _ in range(25):
                async with store.writing() as connection:
                    held = await history.hold(connection, "counted")
                    assert held
                    await asyncio.sleep(0)
                    counted = tables.stream.c.team == "counted"
                    await connection.execute(update(tables.stream).where(counted).values(seq=held[0] + 1))

        await asyncio.gather(*(writer() for _ in range(8)))
        async with store.reading() as connection:
            assert await history.head(connection, "counted") == (200, "")

    async def test_two_stores_on_one_database_lose_nothing(self, database: str, recorder: Recorder) -> None:
        """A second process, as an import on the command line is one."""
        await a_team(recorder)
        client = await a_client(recorder)
        await recorder.change(TEAM, "anna", placement.put_on_board, client=client, category="admitted", reason="x")
        other_store = Store(recorder.store.url.render_as_string(hide_password=False))
        other = Recorder(other_store, Clock())
        added = [
            desk.change(TEAM, "anna", placement.add_action, client=client, text=f"Sak {number} {name}")
            for number in range(15)
            for name, desk in (("ett", recorder), ("två", other))
        ]
        await asyncio.gather(*added)
        await other_store.close()
        async with recorder.store.reading() as connection:
            state = await projections.client(connection, TEAM, client)
        assert state
        assert state.stay
        assert len({one.text for one in state.stay.actions if one.text.startswith("Sak")}) == 30
        await check_whole(recorder.store, TEAM)

    async def test_a_decision_is_made_on_the_newest_state_of_the_other_process(self, recorder: Recorder) -> None:
        await a_team(recorder)
        client = await a_client(recorder)
        other_store = Store(recorder.store.url.render_as_string(hide_password=False))
        desks = [recorder, Recorder(other_store, Clock())]
        for number in range(10):
            await recorder.change(TEAM, "anna", placement.put_on_board, client=client, category="admitted", reason="x")
            answers = await asyncio.gather(
                *(
                    desk.change(TEAM, "anna", placement.return_to_planned_care, client=client, reason="x")
                    for desk in desks
                ),
                return_exceptions=True,
            )
            refused = [answer for answer in answers if isinstance(answer, Exception)]
            assert [getattr(answer, "key", answer) for answer in refused] == ["not_on_board"], number
        await other_store.close()


class TestReading:
    async def test_is_one_moment_whatever_is_written_meanwhile(self, recorder: Recorder) -> None:
        """A board drawn from two moments could carry a number that it does not show (hazard H1)."""
        await a_team(recorder)
        client = await a_client(recorder)
        async with recorder.store.reading() as connection:
            before = await history.head(connection, TEAM)
            await recorder.change(TEAM, "anna", placement.put_on_board, client=client, category="admitted", reason="x")
            assert await projections.on_board(connection, TEAM) == []
            assert await history.head(connection, TEAM) == before
        async with recorder.store.reading() as connection:
            assert len(await projections.on_board(connection, TEAM)) == 1

    async def test_cannot_write(self, recorder: Recorder) -> None:
        await a_team(recorder)
        with pytest.raises(DBAPIError, match=r"read.?only"):
            async with recorder.store.reading() as connection:
                await connection.execute(update(tables.stream).values(seq=0))
        await check_whole(recorder.store, TEAM)

    async def test_goes_on_while_somebody_writes(self, sqlite_store: Store) -> None:
        async with sqlite_store.writing() as connection:
            await connection.execute(text("INSERT INTO meta (key, value) VALUES ('a', 'b')"))
            async with asyncio.timeout(2), sqlite_store.reading() as reader:
                assert (await reader.execute(select(tables.meta))).all() == []


class TestDurability:
    async def test_every_connection_is_settled_for_it(self, sqlite_store: Store) -> None:
        """synchronous=FULL (2): an answer is given when the disk has it. Readers may not write at all."""
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}
        for opening, query_only in ((sqlite_store.writing, 0), (sqlite_store.reading, 1)):
            async with opening() as connection:
                found = {name: await connection.scalar(text(f"PRAGMA {name}")) for name in wanted}
                assert found == wanted
                assert await connection.scalar(text("PRAGMA query_only")) == query_only

    async def test_the_write_lock_is_taken_before_anything_is_read(self, sqlite_store: Store, sqlite_url: str) -> None:
        other = sqlite3.connect(database_file(sqlite_url) or "", timeout=0, isolation_level=None)
        try:
            async with sqlite_store.writing():
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("BEGIN IMMEDIATE")
            other.execute("BEGIN IMMEDIATE")
        finally:
            other.close()


class TestMigrations:
    async def test_make_the_tables_that_the_code_means(self, store: Store) -> None:
        assert await migrations.differences(store) == []
        assert await migrations.at_head(store)

    async def test_run_twice_do_nothing(self, recorder: Recorder) -> None:
        await a_team(recorder)
        before = await check_whole(recorder.store, TEAM)
        await migrations.migrate(recorder.store)
        assert await check_whole(recorder.store, TEAM) == before

    async def test_an_empty_database_is_not_ready(self, tmp_path: Path) -> None:
        empty = Store(f"sqlite+aiosqlite:///{tmp_path}/new.db")
        assert not await migrations.at_head(empty)
        await empty.close()

    async def test_a_difference_is_seen(self, store: Store) -> None:
        await run(store, "ALTER TABLE meta ADD COLUMN more TEXT")
        [difference] = await migrations.differences(store)
        assert "remove_column" in str(difference)


HOLDER = """
import sys, time
from factboard.storage.engine import Serving, Store
try:
    with Store(sys.argv[1]).serving():
        print("serving", flush=True)
        time.sleep(60)
except Serving as refused:
    print("refused", refused, flush=True)
"""


class TestServing:
    """One serving process a SQLite file: two would each tell only half of the screens."""

    def start(self, url: str) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)

    def says(self, process: subprocess.Popen[str]) -> str:
        assert process.stdout
        return process.stdout.readline().strip()

    def test_a_second_process_is_refused_until_the_first_has_died(self, sqlite_url: str) -> None:
        first = self.start(sqlite_url)
        second = third = None
        try:
            assert self.says(first) == "serving"
            second = self.start(sqlite_url)
            assert self.says(second).startswith("refused")
            with pytest.raises(Serving), Store(sqlite_url).serving():
                pass
            first.send_signal(signal.SIGKILL)
            first.wait(10)
            third = self.start(sqlite_url)
            assert self.says(third) == "serving"
        finally:
            for process in filter(None, (first, second, third)):
                process.kill()
                process.communicate()

    def test_the_right_is_given_back(self, sqlite_url: str) -> None:
        store = Store(sqlite_url)
        for _ in range(2):
            with store.serving():
                pass

    def test_others_may_still_read_and_write(self, sqlite_url: str) -> None:
        path = database_file(sqlite_url)
        assert path
        with Store(sqlite_url).serving():
            other = sqlite3.connect(path)
            other.execute("INSERT INTO meta (key, value) VALUES ('a', 'b')")
            other.commit()
            other.close()

    def test_a_folder_that_cannot_be_written_is_not_called_another_server(self, tmp_path: Path) -> None:
        with pytest.raises(sqlite3.OperationalError), Store(f"sqlite+aiosqlite:///{tmp_path}/none/a.db").serving():
            pass

    def test_postgresql_has_nothing_to_hold(self) -> None:
        with Store("postgresql+asyncpg://h/d").serving(), Store("postgresql+asyncpg://h/d").serving():
            pass


@pytest.mark.parametrize("url", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"])
def test_a_database_in_memory_is_refused_with_what_to_do(url: str) -> None:
    with pytest.raises(ValueError, match="name a file"):
        Store(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite+aiosqlite:///factboard.db", "factboard.db"),
        ("sqlite+aiosqlite:////var/lib/factboard.db", "/var/lib/factboard.db"),
        ("sqlite+aiosqlite://", None),
        ("sqlite+aiosqlite:///:memory:", None),
        ("postgresql+asyncpg://localhost/factboard", None),
    ],
)
def test_the_file_of_a_database(url: str, name: str | None) -> None:
    assert database_file(url) == (Path(name) if name else None)

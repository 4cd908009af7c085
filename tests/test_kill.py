"""The power goes in the middle of a write storm: what was acknowledged is there, nothing is half there (hazard H2)."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sqlite3
import threading
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import text

from factboard.domain import chain
from factboard.domain.projection import rebuild
from factboard.recorder import Recorder
from factboard.storage import projections
from factboard.storage.codec import recorded
from factboard.storage.engine import Store
from tests.conftest import TEAM, Clock
from tests.storm import Told, a_caseload, files_of, flag, killed_after
from tests.whole import check_whole


def flags(rows: list[chain.Row]) -> dict[str, list[int]]:
    """The seqs of the flags that each request made."""
    found: dict[str, list[int]] = {}
    for row in rows:
        if row.kind in ("put_on_board", "flagged_again"):
            request = json.loads(row.payload or "")["reason"].removeprefix("Begäran ")
            found.setdefault(request, []).append(row.seq)
    return found


@pytest.fixture(scope="session")
def caseload(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small team's database, to be copied for each run."""
    path = tmp_path_factory.mktemp("caseload") / "factboard.db"
    shutil.copy(empty_sqlite, path)

    async def fill() -> None:
        store = Store(f"sqlite+aiosqlite:///{path}")
        await a_caseload(store)
        await store.close()

    thread = threading.Thread(target=asyncio.run, args=(fill(),))  # the tests' own loop is another one
    thread.start()
    thread.join()
    return path


async def check_after(url: str, told: Told) -> None:
    """Open what the dead process left, compare it with what it said, and try again what nobody knows of."""
    began = perf_counter()
    store = Store(url)
    recorder = Recorder(store, Clock())
    try:
        await flag(recorder, "99-0")
        assert perf_counter() - began < 3  # ready again
        async with store.reading() as connection:
            assert await connection.scalar(text("PRAGMA integrity_check")) == "ok"
        rows = await check_whole(store, TEAM)
        made, by_seq = flags(rows), {row.seq: row.kind for row in rows}
        for request, (seq, kinds) in told.acknowledged.items():
            assert made[request] == [seq]
            assert tuple(by_seq[seq + number] for number in range(len(kinds))) == kinds
        for request in told.unknown:
            assert len(made.get(request, [])) <= 1
        assert set(made) <= told.started | {"99-0"}

        for request in sorted(told.unknown):  # the people try again
            again = await flag(recorder, request)
            assert again.repeated == (request in made)
        made = flags(await check_whole(store, TEAM))
        assert set(made) == told.started | {"99-0"}
        assert all(len(seqs) == 1 for seqs in made.values())
    finally:
        await store.close()


async def test_kill_9_under_eight_writers_loses_nothing_acknowledged(
    caseload: Path, tmp_path: Path, full: bool
) -> None:
    pick, unknown = random.Random(2), 0
    for run in range(200 if full else 3):
        path = tmp_path / f"run{run}.db"
        shutil.copy(caseload, path)
        url = f"sqlite+aiosqlite:///{path}"
        told = await asyncio.to_thread(killed_after, url, pick.randrange(1, 90))
        unknown += len(told.unknown)
        await check_after(url, told)
        path.unlink()
    assert unknown  # it was killed while somebody waited


@pytest.fixture(scope="session")
def torn(caseload: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A database and the log of a storm that was killed: what a power cut leaves to be read."""
    path = tmp_path_factory.mktemp("torn") / "factboard.db"
    shutil.copy(caseload, path)
    killed_after(f"sqlite+aiosqlite:///{path}", 40)
    return files_of(path)


TABLES = ("client", "team", "notice", "membership", "request")


class Left:
    """What a copy of the files says, read by SQLite alone."""

    def __init__(self, folder: Path, database: bytes, log: bytes) -> None:
        path = folder / "copy.db"
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.write_bytes(database)
        path.with_name(f"{path.name}-wal").write_bytes(log)
        connection = sqlite3.connect(path)
        self.intact = connection.execute("PRAGMA integrity_check").fetchone()[0]
        columns = ", ".join(f'"{name}"' for name in chain.Row.__slots__)
        query = f"SELECT {columns} FROM history WHERE team = ? ORDER BY seq"
        self.rows = [chain.Row(*row) for row in connection.execute(query, (TEAM,))]
        self.head = connection.execute("SELECT seq, hash FROM stream WHERE team = ?", (TEAM,)).fetchone()
        self.tables = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in TABLES}
        columns = [column[0] for column in connection.execute("SELECT * FROM client LIMIT 0").description]
        self.clients = {row[1]: dict(zip(columns, row, strict=True)) for row in self.tables["client"]}
        connection.close()


def damaged(log: bytes, pick: random.Random) -> bytes:
    """The log as a power cut, a bad sector or a file system may leave it."""
    at = pick.randrange(len(log) + 1)
    match pick.randrange(5):
        case 0:
            return log[:at]
        case 1:
            return log[:at] + bytes(len(log) - at)
        case 2:
            return log[:at] + pick.randbytes(len(log) - at)
        case 3:
            length = pick.randrange(1, 65)
            return log[:at] + pick.randbytes(length) + log[at + length :]
        case _:
            earlier = pick.randrange(at + 1)
            return log[:at] + log[earlier : earlier + len(log) - at]


def test_a_torn_log_leaves_an_exact_prefix(torn: tuple[bytes, bytes], tmp_path: Path, full: bool) -> None:
    database, log = torn
    whole = Left(tmp_path, database, log)
    assert len(whole.rows) > 60
    assert chain.verify(whole.rows, whole.head) is None

    @cache
    def shown_after(length: int) -> dict[str, dict[str, object]]:
        rebuilt = rebuild(TEAM, [recorded(row) for row in whole.rows[:length]])
        return {id: projections.client_columns(rebuilt.team, state) for id, state in rebuilt.clients.items()}

    lengths = set()
    for number in range(2_000 if full else 40):
        left = Left(tmp_path, database, damaged(log, random.Random(number)))
        length = len(left.rows)
        lengths.add(length)
        assert left.intact == "ok", number
        assert left.rows == whole.rows[:length], number
        assert chain.verify(left.rows, left.head) is None, number
        assert left.clients == shown_after(length), number
        answered = [json.loads(row[4])["seq"] for row in left.tables["request"]]
        assert len(answered) == len(flags(left.rows)), number
        assert max(answered, default=0) <= length, number
    assert len(lengths) > 10  # it was really torn in many places

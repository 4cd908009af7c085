"""Checkpoints made, kept and copied; and what only they find: a history cut, put back or rewritten as a whole."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from factboard import checkpoints as room
from factboard.checkpoints import NoCopy, NotWhole
from factboard.domain import placement
from factboard.domain.chain import GENESIS, Broken, How, linked
from factboard.domain.checkpoint import read
from factboard.recorder import Recorder
from factboard.signing import NoKey
from factboard.storage import checkpoints as stored
from factboard.storage import history
from factboard.storage.engine import Store, database_file
from tests.conftest import TEAM, Clock, a_client, a_team
from tests.proof.given import checkpoints, found, hand_in


@pytest.fixture(autouse=True)
def _always_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "EVERY", 0.0)


@pytest.fixture
def recorder(sqlite_store: Store, clock: Clock) -> Recorder:
    return Recorder(sqlite_store, clock)


async def something_happens(recorder: Recorder, times: int = 1) -> None:
    for _ in range(times):
        await a_client(recorder, "Exempel")


async def test_a_checkpoint_is_the_end_of_the_history_signed_on_both_engines(store: Store, clock: Clock) -> None:
    recorder = Recorder(store, clock)
    await a_team(recorder)
    own = checkpoints(recorder.store, clock)
    made = await own.make(TEAM)
    async with recorder.store.reading() as connection:
        assert (made.seq, made.hash) == await history.head(connection, TEAM)
        assert await stored.newest(connection, TEAM) == [made]
        assert await stored.covering(connection, TEAM, made.seq) == made
        assert await stored.covering(connection, TEAM, made.seq + 1) is None
    assert own.ours(made)
    for changed in ({"seq": made.seq - 1}, {"hash": GENESIS}, {"at": "2026-11-22"}, {"team": "skogen"}):
        assert not own.ours(replace(made, **changed))  # type: ignore[arg-type]
    assert not checkpoints(recorder.store, clock, secret="t" * 40).ours(made)
    assert (await found(store, made)).agreed == made
    for statement in ("UPDATE checkpoint SET hash = 'x'", "DELETE FROM checkpoint"):  # nobody changes one
        with pytest.raises(DBAPIError, match="append-only"):
            await ask(store, statement)


async def ask(store: Store, statement: str) -> None:
    async with store.writing() as connection:
        await connection.execute(text(statement))


async def test_where_nothing_has_happened_since_it_is_the_same_one(recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    own = checkpoints(recorder.store, clock)
    first = await own.make(TEAM)
    clock.forward(days=1)
    assert await own.make(TEAM) == first
    await something_happens(recorder)
    second = await own.make(TEAM)
    assert second.seq == first.seq + 1
    async with recorder.store.reading() as connection:
        assert await stored.all_of(connection, TEAM) == [first, second]
        assert await stored.newest(connection, TEAM, limit=5) == [second, first]
        assert await stored.covering(connection, TEAM, first.seq) == first


class TestDaily:
    async def test_one_a_local_day_for_each_history_that_has_gone_on(self, recorder: Recorder, clock: Clock) -> None:
        await a_team(recorder)
        own = checkpoints(recorder.store, clock)
        assert await own.daily() == 2  # the team's and the system's
        assert await own.daily() == 0
        await something_happens(recorder)
        clock.now = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)  # 23:59 in Stockholm
        assert await own.daily() == 0
        clock.forward(minutes=1)
        assert await own.daily() == 0  # made less than a day ago, by a clock: not asked about before
        clock.now = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
        assert await own.daily() == 1
        clock.forward(days=3)
        assert await own.daily() == 0  # nothing has happened since

    async def test_a_clock_that_was_years_ahead_and_was_set_right_leaves_no_day_without(
        self, recorder: Recorder, clock: Clock
    ) -> None:
        now = clock.now
        await a_team(recorder)
        own = checkpoints(recorder.store, clock)
        clock.now = now.replace(year=2036)
        assert await own.daily() == 2
        for day, made in ((0, 1), (0, 0), (1, 1)):
            clock.now = now + timedelta(days=day)
            await something_happens(recorder)
            assert await own.daily() == made, day

    async def test_without_a_key_there_is_none(self, recorder: Recorder, clock: Clock) -> None:
        await a_team(recorder)
        own = checkpoints(recorder.store, clock, secret="")
        assert (own.able, await own.daily()) == (False, 0)
        with pytest.raises(NoKey):
            await own.make(TEAM)

    async def test_one_history_that_is_broken_stops_no_other(
        self, recorder: Recorder, sqlite_store: Store, clock: Clock
    ) -> None:
        await a_team(recorder)
        await a_team(recorder, "skogen", "Team Skogen")
        with hand_in(sqlite_store) as database:
            database.execute("UPDATE history SET actor = 'eva' WHERE team = 'kusten' AND seq = 3")
        own = checkpoints(sqlite_store, clock)
        assert await own.daily() == 2  # skogen's and the system's
        assert own.failed == "NotWhole"


class TestCopies:
    async def test_half_a_file_is_not_left_where_the_disk_is_full(
        self, recorder: Recorder, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await a_team(recorder)
        own = checkpoints(recorder.store, clock, tmp_path)

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("factboard.checkpoints.os.fsync", full)
            with pytest.raises(NoCopy):
                await own.make(TEAM)
        made = await own.make(TEAM)
        assert await own.copies(TEAM) == [made]

    async def test_each_is_a_file_that_is_never_replaced(
        self, recorder: Recorder, clock: Clock, tmp_path: Path
    ) -> None:
        await a_team(recorder)
        own = checkpoints(recorder.store, clock, tmp_path / "elsewhere")
        first = await own.make(TEAM)
        await something_happens(recorder)
        second = await own.make(TEAM)
        files = sorted((tmp_path / "elsewhere").iterdir())
        assert [file.name for file in files] == [f"kusten-{one.seq:010d}.txt" for one in (first, second)]
        assert [read(file.read_text()) for file in files] == [first, second]
        assert await own.copies(TEAM) == [first, second]
        assert await own.copies(TEAM, newest=True) == [second]
        assert await own.copies("kust") == []
        room.write(files[0], "x")
        assert read(files[0].read_text()) == first

    async def test_where_none_can_be_written_there_is_no_checkpoint(
        self, recorder: Recorder, clock: Clock, tmp_path: Path
    ) -> None:
        await a_team(recorder)
        (tmp_path / "file").touch()
        own = checkpoints(recorder.store, clock, tmp_path / "file")
        assert await own.daily() == 0
        assert own.failed
        async with recorder.store.reading() as connection:
            assert await stored.newest(connection, TEAM) == []


async def rewritten(store: Store) -> None:
    """The whole history told otherwise, with every hash made to fit, and the stream's note of it."""
    with hand_in(store) as database:
        rows = database.execute("SELECT * FROM history WHERE team = ? ORDER BY seq", (TEAM,)).fetchall()
        previous = GENESIS
        for team, seq, at, _actor, kind, version, client, placed, payload, salt, *_ in rows:
            row = linked(
                previous, team=team, seq=seq, at=at, actor="eva", kind=kind, version=version, client=client,
                placement=placed, payload=payload, salt=salt,
            )  # fmt: skip
            previous = row.hash
            values = (row.actor, row.digest, row.previous, row.hash, team, seq)
            database.execute(
                "UPDATE history SET actor = ?, digest = ?, previous = ?, hash = ? WHERE team = ? AND seq = ?", values
            )
        database.execute("UPDATE stream SET hash = ? WHERE team = ?", (previous, TEAM))
        database.execute("DELETE FROM checkpoint")


def put_back(old: Path, file: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    shutil.copy(old, file)


async def cut(store: Store, to: int) -> None:
    with hand_in(store) as database:
        database.execute("DELETE FROM history WHERE team = ? AND seq > ?", (TEAM, to))
        [(hash,)] = database.execute("SELECT hash FROM history WHERE team = ? AND seq = ?", (TEAM, to)).fetchall()
        database.execute("UPDATE stream SET seq = ?, hash = ? WHERE team = ?", (to, hash, TEAM))
        database.execute("DELETE FROM checkpoint")


class TestWhatTheChainAloneCannotFind:
    @pytest.fixture
    async def lived(self, recorder: Recorder) -> Recorder:
        await a_team(recorder)
        await something_happens(recorder, 5)
        return recorder

    async def test_a_whole_rewriting(self, lived: Recorder, clock: Clock, tmp_path: Path) -> None:
        own = checkpoints(lived.store, clock, tmp_path)
        kept = await own.make(TEAM)
        await rewritten(lived.store)
        assert (await found(lived.store)).broken is None
        assert (await found(lived.store, kept)).broken == Broken(kept.seq, How.CHECKPOINT)
        with pytest.raises(NotWhole, match=f"no. {kept.seq} .checkpoint"):  # nor is it ever signed over
            await own.make(TEAM)

    async def test_an_end_cut_off(self, lived: Recorder, clock: Clock, tmp_path: Path) -> None:
        own = checkpoints(lived.store, clock, tmp_path)
        early = await own.make(TEAM)
        await something_happens(lived, 3)
        kept = await own.make(TEAM)
        await cut(lived.store, early.seq + 1)
        assert (await found(lived.store)).broken is None
        told = await found(lived.store, kept, early)
        assert (told.broken, told.agreed) == (Broken(early.seq + 2, How.MISSING), early)
        with pytest.raises(NotWhole):
            await own.make(TEAM)

    async def test_a_database_put_back_as_it_was_and_lived_on(
        self, lived: Recorder, clock: Clock, tmp_path: Path
    ) -> None:
        own = checkpoints(lived.store, clock, tmp_path / "elsewhere")
        file = database_file(lived.store.url.render_as_string(hide_password=False))
        assert file
        await lived.store.close()
        shutil.copy(file, tmp_path / "old.db")
        await lived.change(TEAM, "lars", placement.put_on_board, client=await a_client(lived, "Sist"), reason="x",
                           category="admitted")  # fmt: skip
        kept = await own.make(TEAM)
        await lived.store.close()
        put_back(tmp_path / "old.db", file)
        assert (await found(lived.store)).broken is None
        assert (await found(lived.store, kept)).broken == Broken(kept.seq - 2, How.MISSING)
        await something_happens(lived, 6)  # as if nothing had been
        assert (await found(lived.store)).broken is None
        assert (await found(lived.store, kept)).broken == Broken(kept.seq, How.CHECKPOINT)
        with pytest.raises(NotWhole):
            await own.make(TEAM)

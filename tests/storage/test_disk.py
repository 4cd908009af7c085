"""A full or read-only disk (hazard H3): never a false success, still a board, well again without a restart."""

from __future__ import annotations

import asyncio
import os
import resource
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from multiprocessing.connection import Connection

import pytest
from sqlalchemy.exc import DBAPIError

from factboard.recorder import Receipt, Recorder
from factboard.storage import projections
from factboard.storage.engine import Store, database_file
from tests.conftest import TEAM, Clock
from tests.storm import CLIENTS, a_caseload, child, flag
from tests.whole import check_whole


async def pragma(store: Store, setting: str) -> int:
    """On the one connection that writes."""
    async with store.engine.connect() as connection:
        writer = (await connection.get_raw_connection()).driver_connection
        assert writer is not None
        answer = await (await writer.execute(f"PRAGMA {setting}")).fetchone()
        return answer[0] if answer else 0


@asynccontextmanager
async def full_disk(store: Store) -> AsyncIterator[None]:
    """No page more than there is."""
    await pragma(store, f"max_page_count={await pragma(store, 'page_count')}")
    yield
    await pragma(store, "max_page_count=1000000")


@asynccontextmanager
async def read_only_disk(store: Store) -> AsyncIterator[None]:
    await pragma(store, "query_only=ON")
    yield
    await pragma(store, "query_only=OFF")


async def try_flags(recorder: Recorder, first: int, count: int) -> tuple[list[Receipt], list[BaseException]]:
    answers = await asyncio.gather(
        *(flag(recorder, f"{number % 8}-{number}") for number in range(first, first + count)), return_exceptions=True
    )
    written = [answer for answer in answers if isinstance(answer, Receipt)]
    return written, [answer for answer in answers if isinstance(answer, BaseException)]


@pytest.mark.parametrize("disk", [full_disk, read_only_disk])
async def test_nothing_is_called_saved_that_is_not_and_it_heals_by_itself(
    sqlite_store: Store, disk: Callable[[Store], AbstractAsyncContextManager[None]]
) -> None:
    recorder = Recorder(sqlite_store, Clock())
    await a_caseload(sqlite_store)
    await try_flags(recorder, 0, 8)
    before = await check_whole(sqlite_store, TEAM)
    async with disk(sqlite_store):
        written, failed = await try_flags(recorder, 8, 40)
        assert failed
        assert all(isinstance(error, DBAPIError) for error in failed)
        rows = await check_whole(sqlite_store, TEAM)
        assert rows[: len(before)] == before
        assert len(rows) - len(before) == sum(len(receipt.kinds) for receipt in written)
        async with sqlite_store.reading() as connection:
            assert len(await projections.on_board(connection, TEAM)) == len(CLIENTS)
    written, failed = await try_flags(recorder, 8, 40)  # the people try again, with the same request ids
    assert failed == []
    rows = await check_whole(sqlite_store, TEAM)
    assert len({receipt.seq for receipt in written}) == 40
    assert {receipt.seq for receipt in written} <= {row.seq for row in rows}


def small_files(url: str, says: Connection) -> None:
    """Writes; then no file may grow, as on a full disk; then again."""

    async def run() -> None:
        recorder = Recorder(Store(url), Clock())
        log = f"{database_file(url)}-wal"
        for phase, numbers in (("room", range(5)), ("full", range(5, 40)), ("room again", range(5, 40))):
            size = os.stat(log).st_size + 3_000 if phase == "full" else resource.RLIM_INFINITY
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            for number in numbers:
                try:
                    receipt = await flag(recorder, f"1-{number}")
                    says.send((phase, "saved", number, receipt.seq))
                except DBAPIError as error:
                    says.send((phase, "failed", number, str(error.orig)))

    asyncio.run(run())


async def test_a_process_whose_files_cannot_grow_says_so_and_goes_on_when_they_can(sqlite_url: str) -> None:
    """The operating system's own refusal, in a process of its own."""
    store = Store(sqlite_url)
    await a_caseload(store)
    await store.close()

    def heard() -> list[tuple[str, str, int, object]]:
        said = []
        with child(small_files, sqlite_url) as (_, listening):
            try:
                while listening.poll(30):
                    said.append(listening.recv())
            except EOFError:
                return said
        raise AssertionError("the process hangs")

    said = await asyncio.to_thread(heard)
    outcome = {(phase, number): what for phase, what, number, _ in said}
    assert all(outcome["room", number] == "saved" for number in range(5))
    assert "failed" in {outcome["full", number] for number in range(5, 40)}
    assert all(outcome["room again", number] == "saved" for number in range(5, 40))
    saved = {seq for _, what, _, seq in said if what == "saved"}
    store = Store(sqlite_url)
    rows = await check_whole(store, TEAM)
    await store.close()
    assert saved == {row.seq for row in rows if row.kind in ("put_on_board", "flagged_again")}
    assert len(saved) == 40


async def test_a_database_that_can_only_be_read_is_still_a_board(sqlite_store: Store, sqlite_url: str) -> None:
    await a_caseload(sqlite_store)
    await try_flags(Recorder(sqlite_store, Clock()), 0, 8)
    path = database_file(sqlite_url)
    store = Store(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")
    written, failed = await try_flags(Recorder(store, Clock()), 8, 4)
    assert written == []
    assert all("readonly" in str(error) for error in failed)
    async with store.reading() as connection:
        assert len(await projections.on_board(connection, TEAM)) == len(CLIENTS)
    await store.close()

"""Rebuilt = live: on random histories made through the recorder, what is shown is what the history adds up to.

8 histories and five long ones in make test, 1,000 with --full, on SQLite and, fewer, on a real PostgreSQL.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from time import perf_counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from factboard.domain import events as e
from factboard.domain import placement
from factboard.domain.people import SYSTEM
from factboard.recorder import Receipt, Recorder
from factboard.storage.engine import Store
from tests.conftest import Clock, a_postgres_store
from tests.walk import (
    AT_A_MEETING,
    OF_A_DAY,
    OF_PLANNED_CARE,
    OF_RECORDS,
    ON_THE_BOARD,
    THE_WAY_BACK,
    Reached,
    Step,
    Walk,
    a_long_one,
    a_way_back,
    nobody_comes,
    steps,
    walks,
)
from tests.whole import check_whole

ELSEWHERE = {
    "history_started", "imported", "team_added", "user_added", "password_set", "user_closed", "user_reopened",
    "service_was_down",
    "redacted", "legal_hold_placed", "legal_hold_lifted",  # tests/proof
    "sharing_set", "consent_given", "consent_revoked",  # tests/web/test_sharing, and
    "lock_placed", "lock_lifted", "opened_in_emergency",
    "access_checked", "access_log_shortened",  # tests/domain/test_access_check, tests/test_shortening
    "move_asked", "move_offered", "move_withdrawn", "move_declined", "move_accepted", "moved_here", "moved_away",
}  # fmt: skip
WALKED = set(e.KINDS) - ELSEWHERE
LONG_ONES = (
    (ON_THE_BOARD, 0), (ON_THE_BOARD, 3), (OF_A_DAY, 0), (AT_A_MEETING, 1), (AT_A_MEETING, 2),
    (OF_PLANNED_CARE, 0), (OF_RECORDS, 1),
)  # fmt: skip

Run = Callable[[Callable[[Store], Awaitable[None]]], None]


@pytest.fixture
def run(database: str) -> Iterator[Run]:
    """Runs a coroutine in a loop of its own: hypothesis calls from outside any loop."""
    loop = asyncio.new_event_loop()
    postgres = a_postgres_store(database) if database.startswith("postgresql") else None
    store = loop.run_until_complete(anext(postgres)) if postgres else Store(database)
    yield lambda walk: loop.run_until_complete(walk(store))
    loop.run_until_complete(postgres.aclose() if postgres else store.close())
    loop.close()


def examples(full: bool, database: str) -> settings:
    """A failing walk is made shorter with --full only: that takes minutes."""
    many, few = (1_000, 8) if database.startswith("sqlite") else (100, 3)
    phases = tuple(Phase) if full else (Phase.explicit, Phase.generate)
    return settings(max_examples=many if full else few, phases=phases, suppress_health_check=list(HealthCheck))


def test_rebuilt_is_live_on_random_histories(run: Run, database: str, full: bool) -> None:
    reached, numbers = Reached(), count(1)

    @examples(full, database)
    @given(walks(25, 60))
    def check(taken: list[Step]) -> None:
        async def walk(store: Store) -> None:
            clock = Clock()
            walker = Walk(Recorder(store, clock), clock, f"team{next(numbers)}")
            await walker.begin()
            for step in taken:
                await walker.play(step)
            rows = await check_whole(store, walker.team)
            assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
            reached.by(walker, rows)

        run(walk)

    check()
    if database.startswith("sqlite"):  # a walk that meets nothing proves nothing
        for verbs, seed in LONG_ONES:
            check.hypothesis.inner_test(a_long_one(verbs, seed))  # type: ignore[attr-defined]
        for taken in (
            nobody_comes(),
            a_long_one(THE_WAY_BACK, 4),
            *(a_way_back(seed) for seed in range(50 if full else 3)),
        ):
            check.hypothesis.inner_test(taken)  # type: ignore[attr-defined]
        assert WALKED - reached.kinds == set()
        assert reached.by_itself >= {"returned", "return_postponed", "announcement_withdrawn"}
        assert len(reached.refused) > 12
        assert reached.undone >= {"put_on_board", "flagged_again", "contact_logged", "merged", "merged_into"}


def test_nothing_is_lost_when_several_people_act_at_once(run: Run, database: str, full: bool) -> None:
    numbers = count(1)

    @examples(full, database)
    @given(st.lists(st.lists(steps, min_size=3, max_size=8), min_size=2, max_size=8))
    def check(people: list[list[Step]]) -> None:
        async def walk(store: Store) -> None:
            clock = Clock()
            walker = Walk(Recorder(store, clock), clock, f"team{next(numbers)}")
            await walker.begin()

            async def person(taken: list[Step]) -> None:
                for step in taken:
                    await walker.play(step)

            await asyncio.gather(*map(person, people))
            rows = await check_whole(store, walker.team)
            written = {row.seq: (row.actor, row.kind) for row in rows}
            by_itself = {("announcement_withdrawn", True), ("action_added", True)}  # what others bring with them
            acknowledged = {
                receipt.seq + number: (SYSTEM if (kind, number > 0) in by_itself else actor, kind)
                for actor, receipt in walker.receipts
                for number, kind in enumerate(receipt.kinds)
            }
            assert {seq: written.pop(seq) for seq in acknowledged} == acknowledged
            founding = {"history_started", "team_settings_changed", "category_changed"}
            assert {kind for _, kind in written.values()} <= founding  # nothing that nobody was told of

        run(walk)

    check()


def test_a_transaction_that_fails_leaves_everything_as_it_was(run: Run) -> None:
    async def walk(store: Store) -> None:
        clock = Clock()
        walker = Walk(Recorder(store, clock), clock)
        await walker.begin()
        before = await check_whole(store, walker.team)

        async def stumble() -> None:
            async with walker.recorder.together(walker.team, "anna") as desk:
                for client in walker.clients:
                    await desk.decide(placement.put_on_board, client=client, category="admitted", reason="x")
                raise RuntimeError("halfway")

        with pytest.raises(RuntimeError, match="halfway"):
            await stumble()
        assert await check_whole(store, walker.team) == before

    run(walk)


def test_requests_cut_off_midway_leave_all_or_nothing(run: Run, full: bool) -> None:
    """A browser that goes away may cancel its request at any instant: the next writer finds a clean desk."""
    times = 600 if full else 60

    async def walk(store: Store) -> None:
        clock = Clock()
        walker = Walk(Recorder(store, clock), clock)
        await walker.begin(clients=3)

        async def flag(number: int) -> Receipt:
            return await walker.recorder.change(
                walker.team, "anna", placement.put_on_board, client=walker.clients[number % 3],
                request_id=f"flag {number}", category="admitted", reason="x",
            )  # fmt: skip

        began = perf_counter()
        for number in range(10):
            await flag(number)
        usual = (perf_counter() - began) / 10

        kept, came_through = [], set()
        for number in range(10, times):
            cut = asyncio.create_task(flag(number))
            await asyncio.sleep(usual * 1.5 * number / times)
            cut.cancel()
            kept += await asyncio.gather(cut, return_exceptions=True)  # a log may keep the error: it holds no lock
            again = await asyncio.wait_for(flag(number), timeout=4)  # one fact, whether the first came through or not
            came_through.add(again.repeated)
        assert came_through == {True, False}
        assert any(isinstance(error, asyncio.CancelledError) for error in kept)
        rows = await check_whole(store, walker.team)
        assert sum(row.kind in ("put_on_board", "flagged_again") for row in rows) == times

    run(walk)

"""The scheduler: one due thing a call, failures pushed forward, and of two processes exactly one acts."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from factboard.domain import due, meeting, placement
from factboard.domain import events as e
from factboard.recorder import Recorder
from factboard.scheduler import Scheduler
from factboard.storage import history, projections
from factboard.storage.codec import recorded
from factboard.storage.engine import Store
from tests.conftest import TEAM, Clock, a_client, a_team


async def kinds(store: Store, team: str = TEAM, *wanted: str) -> list[e.Recorded]:
    async with store.reading() as connection:
        rows = await history.newest(connection, team, limit=500)
    return [recorded(row) for row in reversed(rows) if row.kind in wanted]


async def test_a_meeting_that_nobody_opened_is_a_fact_of_the_system(
    store: Store, recorder: Recorder, clock: Clock
) -> None:
    await a_team(recorder)
    scheduler = Scheduler(recorder, store)
    assert not await scheduler.run_next_due()  # just founded: the meeting of this morning was before its time
    clock.forward(days=1)
    assert await scheduler.run_next_due()
    assert not await scheduler.run_next_due()
    [row] = await kinds(store, TEAM, "meeting_not_held")
    assert row.actor == "factboard"
    assert row.fact == e.MeetingNotHeld(clock.now.replace(hour=7, minute=30), e.NotHeld.NOT_OPENED)


async def test_too_few_and_never_closed_are_told_apart(store: Store, recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    await recorder.change(TEAM, "lars", placement.put_on_board, client=client, category="admitted", reason="x")
    scheduler = Scheduler(recorder, store)
    clock.now = clock.now.replace(hour=7, minute=31) + timedelta(days=1)
    for close in (True, False):  # Tuesday: anna alone closes it; Wednesday: nobody does
        await recorder.change(TEAM, "anna", meeting.open_meeting, with_all=True, present=["anna"])
        async with store.reading() as connection:
            team = await projections.team(connection, TEAM)
        assert team
        if close:
            await recorder.change(
                TEAM, "anna", meeting.close, of_meeting=team.meeting, with_all=True, reason="Alla är sjuka"
            )
        for later in (timedelta(minutes=20), timedelta(days=1, minutes=-20)):
            clock.now += later
            await scheduler.run_all()
    whys = [
        row.fact.why for row in await kinds(store, TEAM, "meeting_not_held") if isinstance(row.fact, e.MeetingNotHeld)
    ]
    assert whys == [e.NotHeld.TOO_FEW, e.NotHeld.NOT_CLOSED]
    last = (await kinds(store, TEAM, "not_discussed"))[-1]
    assert (last.actor, last.client) == ("factboard", client)
    async with store.reading() as connection:
        known = await projections.client(connection, TEAM, client)
        team = await projections.team(connection, TEAM)
    assert known
    assert known.passed_over
    assert team
    assert team.meeting is None


async def test_of_several_processes_exactly_one_acts(store: Store, recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    clock.forward(days=3)
    others = [Scheduler(Recorder(store, clock), store) for _ in range(3)]
    done = await asyncio.gather(*(one.run_all() for one in others))
    assert len(await kinds(store, TEAM, "meeting_not_held")) == sum(done)
    planned = [row.fact.planned for row in await kinds(store, TEAM, "meeting_not_held")]  # type: ignore[attr-defined]
    assert len(planned) == len(set(planned)) == 1  # a day back, where none was ever judged


async def test_what_fails_is_pushed_forward_and_stops_nobody_else(
    store: Store, recorder: Recorder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_team(recorder, "alpha")
    await a_team(recorder, "beta")
    clock.forward(days=1)
    ask = recorder.change

    async def fails_for_alpha(team: str, *rest: object, **what: object) -> object:
        if team == "alpha":
            raise RuntimeError("a row that no rule foresaw")
        return await ask(team, *rest, **what)  # type: ignore[arg-type]

    monkeypatch.setattr(recorder, "change", fails_for_alpha)
    scheduler = Scheduler(recorder, store)
    assert await scheduler.run_all() == 1
    assert scheduler.failed == "RuntimeError"
    assert len(await kinds(store, "beta", "meeting_not_held")) == 1
    monkeypatch.undo()
    assert await scheduler.run_all() == 0  # not at once
    monkeypatch.setattr("factboard.scheduler.monotonic", lambda: 1e9)
    assert await scheduler.run_all() == 1
    assert scheduler.failed == ""
    assert len(await kinds(store, "alpha", "meeting_not_held")) == 1


async def test_it_acts_by_itself_while_the_service_runs(
    store: Store, recorder: Recorder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factboard.scheduler.EVERY", 0.01)
    await a_team(recorder)
    clock.forward(days=1)
    scheduler = Scheduler(recorder, store)
    scheduler.start()
    for _ in range(500):
        if await kinds(store, TEAM, due.e.MeetingNotHeld.kind):
            break
        await asyncio.sleep(0.01)
    await scheduler.stop()
    assert len(await kinds(store, TEAM, "meeting_not_held")) == 1
    assert scheduler.age < 5

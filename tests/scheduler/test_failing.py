"""A client's row that fails is pushed forward and reported; everybody else's time comes as it should."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from prometheus_client import REGISTRY
from starlette.applications import Starlette
from starlette.routing import Route

from factboard.domain import care, placement, stepdown
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.scheduler import Scheduler
from factboard.storage import tables
from factboard.storage.codec import instant_to_text
from factboard.web.health import readyz
from tests.conftest import a_team
from tests.scheduler.given import LATEST, House


def failures() -> float:
    return REGISTRY.get_sample_value("factboard_scheduler_failures_total") or 0.0


async def ready(scheduler: Scheduler, house: House) -> dict[str, Any]:
    """What a machine that watches is told."""
    app = Starlette(routes=[Route("/readyz", readyz)])
    app.state.store, app.state.scheduler, app.state.access = house.store, scheduler, type("Log", (), {"failing": False})
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://here") as machine:
        answer = await machine.get("/readyz")
    assert answer.status_code == 200, "late is no reason to take nobody in"
    told: dict[str, Any] = answer.json()["scheduler"]
    return told


async def at_one(house: House, scheduler: Scheduler) -> None:
    """The hours until the return time pass, while the scheduler looks."""
    house.hands.until(house.hands.now.replace(hour=12, minute=0, second=0))
    await scheduler.watchman.leave_sign()


def fails_for(client: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = stepdown.fall_due

    def fails(case: Case, **what: Any) -> list[e.Entry]:
        if case.client and case.client.id == client:
            raise ZeroDivisionError
        return rule(case, **what)

    monkeypatch.setattr("factboard.scheduler.stepdown.fall_due", fails)


async def test_one_clients_failure_is_reported_and_stops_nobody(house: House) -> None:
    first, bad, last = await house.upheld(3)
    scheduler = house.scheduler()
    await at_one(house, scheduler)
    before = failures()
    with pytest.MonkeyPatch.context() as broken:
        fails_for(bad, broken)
        for _ in range(9):
            await scheduler.run_all()
            house.hands.forward(seconds=5)
        assert [row.client for row in await house.rows("returned")] == sorted([first, last])
        assert scheduler.failed == "ZeroDivisionError"
        assert (await ready(scheduler, house))["failed"] == "ZeroDivisionError"
        assert failures() - before == 1, "pushed forward: not tried at each look"
        assert (await ready(scheduler, house))["age_seconds"] <= 5, "and it has looked at everything"
    mended = house.hands.now
    while len(await house.rows("returned")) < 3:
        assert house.hands.now <= mended + LATEST
        await scheduler.run_all()
        house.hands.forward(seconds=5)
    assert (await ready(scheduler, house))["failed"] == ""


async def test_one_thing_a_call_the_one_that_waited_longest_first(house: House) -> None:
    ids = await house.upheld(2)
    scheduler = house.scheduler()
    await scheduler.run_all()
    await at_one(house, scheduler)
    house.hands.forward(minutes=1)
    [other] = await house.ready(1)
    await house.do("anna", placement.put_on_board, client=other, category="easy", reason="Ringde igen")
    house.hands.forward(minutes=40)  # long enough for a flag that nobody took; later than the returns
    await scheduler.watchman.leave_sign()
    for done in (1, 2):
        assert await scheduler.run_next_due()
        assert len(await house.rows("returned")) == done
        assert await house.rows("flag_untaken") == []
    assert await scheduler.run_next_due()
    assert [row.client for row in await house.rows("flag_untaken")] == [other]
    assert {row.client for row in await house.rows("returned")} == set(ids)
    assert not await scheduler.run_next_due()


async def test_it_asks_again_inside_the_transaction_of_the_fact(house: House) -> None:
    """What was seen as due is not so any more when its turn comes: nothing is written."""
    ids = await house.upheld(3)
    scheduler = house.scheduler()
    await scheduler.run_all()
    await at_one(house, scheduler)
    assert await scheduler.run_next_due()  # it has seen all three
    [gone] = [row.client for row in await house.rows("returned")]
    kept, worse = (id for id in ids if id != gone)
    await house.do("anna", stepdown.keep_on, client=kept, reason="Vill prata med sin bror först")
    await house.rated([worse], e.Rating.WORSE)
    await scheduler.run_all()
    assert len(await house.rows("returned")) == 1
    assert len(await house.rows("announcement_withdrawn")) == 2
    assert scheduler.failed == "", "being overtaken is no failure"


async def test_what_was_lost_unnoticed_is_noticed_at_the_return(house: House) -> None:
    """The fact itself should have called it off. If it had not, the rule asks once more."""
    [id] = await house.upheld(1)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("factboard.recorder.desk.stepdown.follows", lambda *_: [])
        await house.do("anna", care.admit, client=id, ward="Avd 22")
    scheduler = house.scheduler()
    await at_one(house, scheduler)
    await scheduler.run_all()
    [withdrawn] = await house.rows("returned", "announcement_withdrawn")
    assert isinstance(withdrawn.fact, e.AnnouncementWithdrawn)
    assert (withdrawn.actor, withdrawn.fact.lost) == ("factboard", (e.Need.AT_HOME,))


async def test_a_stored_instant_that_is_wrong_lets_nobody_go_early(house: House) -> None:
    """The column only says whom to ask about; the rule decides."""
    await house.upheld(1)
    async with house.store.writing() as connection:
        row = {"returns_due": instant_to_text(house.hands.now)}
        await connection.execute(tables.client.update().values(row))
    scheduler = house.scheduler()
    for _ in range(30):
        await scheduler.run_all()
        house.hands.forward(minutes=5)
        await scheduler.watchman.leave_sign()
        if house.hands.now < house.hands.now.replace(hour=12, minute=0):
            assert await house.rows("returned") == []


async def test_a_teams_row_that_cannot_be_read_leaves_the_other_teams_theirs(house: House) -> None:
    await a_team(house.recorder, "norr")
    house.hands.forward(days=1, hours=1)
    async with house.store.writing() as connection:
        broken = tables.team.update().where(tables.team.c.id == "norr").values(state="{}")
        await connection.execute(broken)
    scheduler = house.scheduler()
    await scheduler.watchman.leave_sign()
    before = failures()
    for _ in range(5):
        await scheduler.run_all()
        house.hands.forward(seconds=5)
    assert len(await house.rows("meeting_not_held")) == 1
    assert scheduler.failed == "ValidationError"
    assert failures() - before == 1, "pushed forward, like a client's"
    assert scheduler.age < 60


async def test_a_fact_that_does_not_move_its_own_clock_is_not_written_for_ever(house: House) -> None:
    [id] = await house.upheld(1)
    scheduler = house.scheduler()
    await at_one(house, scheduler)
    with pytest.MonkeyPatch.context() as broken:
        told = e.ReturnTold(e.Informed.NO)
        broken.setattr("factboard.scheduler.stepdown.fall_due", lambda case, **_: [case.about(told)])
        await scheduler.run_all()
        house.hands.forward(seconds=5)
        await scheduler.run_all()
    assert [row.client for row in await house.rows("return_told")] == [id]


async def test_a_client_that_fails_does_not_hide_the_clocks_of_the_same_client(house: House) -> None:
    """Five clocks are five things: the return of somebody fails, and that nobody has seen them is said all the same."""
    [id] = await house.upheld(1)
    scheduler = house.scheduler()
    rule = stepdown.fall_due

    def fails(case: Case, *, clock: str, **what: Any) -> list[e.Entry]:
        if clock == "returns":
            raise ZeroDivisionError
        return rule(case, clock=clock, **what)

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("factboard.scheduler.stepdown.fall_due", fails)
        house.hands.forward(days=100)
        await scheduler.watchman.leave_sign()
        await scheduler.run_all()
    assert {row.client for row in await house.rows("unseen_too_long")} == {id}
    assert {row.client for row in await house.rows("review_fell_due")} == {id}
    assert await house.rows("returned") == []
    house.hands.forward(seconds=timedelta(minutes=1).total_seconds())
    await scheduler.run_all()
    [postponed] = await house.rows("return_postponed")
    assert isinstance(postponed.fact, e.ReturnPostponed)
    assert postponed.fact.why is e.Postponed.DAY_PASSED

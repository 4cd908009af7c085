"""The watchman: was the service away, did its clock jump? By two clocks, and over a restart too."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.recorder import Recorder
from factboard.storage import history
from factboard.watchman import Watchman, since_boot, this_boot
from tests.conftest import a_team
from tests.scheduler.given import House

BOOT = "factboard.watchman.this_boot"


def started(house: House) -> Watchman:
    """As a process that has just started has it."""
    return Watchman(house.recorder, house.store, lambda: house.hands.ran)


async def away(house: House) -> list[e.ServiceWasDown]:
    rows = await house.rows("service_was_down", team=history.SYSTEM)
    assert {row.actor for row in rows} <= {"factboard"}
    return [row.fact for row in rows if isinstance(row.fact, e.ServiceWasDown)]


async def paused(house: House) -> list[int]:
    """By how many seconds the clock jumped, for each pause."""
    rows = await house.rows("returns_paused")
    assert {(row.actor, row.fact.why) for row in rows} <= {("factboard", e.Pause.CLOCK)}  # type: ignore[attr-defined]
    return [row.fact.jump for row in rows]  # type: ignore[attr-defined]


async def test_while_it_looks_every_few_seconds_nothing_is_noted(house: House) -> None:
    watchman = started(house)
    for _ in range(40):
        await watchman.look()
        house.hands.forward(seconds=5)
    assert (await away(house), await paused(house)) == ([], [])


@pytest.mark.parametrize(("seconds", "noted"), [(44, False), (60, True), (75, True), (12 * 3600, True)])
async def test_a_minute_and_more_in_which_nobody_was_served_is_a_fact(house: House, seconds: int, noted: bool) -> None:
    await started(house).look()
    gone = house.hands.now
    house.hands.forward(seconds=seconds)
    await started(house).look()
    assert await away(house) == ([e.ServiceWasDown(gone, house.hands.now)] if noted else [])
    assert await paused(house) == []


async def test_it_is_said_once_and_from_the_last_sign_of_work(house: House) -> None:
    watchman = started(house)
    for _ in range(8):
        await watchman.look()
        house.hands.forward(seconds=5)
    last = house.hands.now
    house.hands.forward(hours=2)
    for _ in range(3):
        await started(house).look()
    [down] = await away(house)
    assert last - timedelta(seconds=20) <= down.since <= last
    assert down.until == house.hands.now


@pytest.mark.parametrize("restart", [False, True], ids=["running", "restarted"])
@pytest.mark.parametrize(
    "jump", [{"hours": -1}, {"minutes": 10, "seconds": 6}, {"days": 1}, {"days": 30}, {"days": -30}]
)
async def test_a_jump_of_the_clock_pauses_every_team(house: House, jump: dict[str, float], restart: bool) -> None:
    await a_team(house.recorder, "norr")
    watchman = started(house)
    await watchman.look()
    house.hands.forward(seconds=5)
    house.hands.put(**jump)
    watchman = started(house) if restart else watchman
    await watchman.look()
    assert await paused(house) == [round(timedelta(**jump).total_seconds())]
    assert len(await house.rows("returns_paused", team="norr")) == 1
    house.hands.forward(seconds=5)
    await watchman.look()
    assert len(await paused(house)) == 1
    assert await away(house) == []


@pytest.mark.parametrize("jump", [{"minutes": 9}, {"minutes": -9}, {"seconds": -2}])
async def test_a_clock_that_is_put_right_by_a_little_pauses_nobody(house: House, jump: dict[str, float]) -> None:
    watchman = started(house)
    await watchman.look()
    house.hands.forward(seconds=5)
    house.hands.put(**jump)
    await watchman.look()
    await started(house).look()
    assert (await away(house), await paused(house)) == ([], [])


async def test_a_machine_that_slept_was_away_and_its_clock_has_not_jumped(house: House) -> None:
    """Both clocks move through a sleep."""
    watchman = started(house)
    await watchman.look()
    house.hands.forward(hours=9)
    await watchman.look()
    assert len(await away(house)) == 1
    assert await paused(house) == []


async def test_a_machine_started_anew_was_away_and_its_clock_has_not_jumped(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(house).look()
    gone = house.hands.now
    house.hands.forward(minutes=5)
    house.hands.ran = 30.0  # counted anew
    monkeypatch.setattr(BOOT, lambda: "another start")
    await started(house).look()
    assert await away(house) == [e.ServiceWasDown(gone, house.hands.now)]
    assert await paused(house) == []


async def test_a_machine_started_anew_an_hour_before_it_stopped_has_a_wrong_clock(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(house).look()
    house.hands.put(hours=-1)
    house.hands.ran = 30.0
    monkeypatch.setattr(BOOT, lambda: "another start")
    await started(house).look()
    assert await paused(house) == [-3600]


async def test_two_processes_that_leave_signs_of_work_are_no_jump(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine's clock is a little ahead, or its sign was left while this one looked."""
    await started(house).leave_sign()
    house.hands.now -= timedelta(seconds=3)
    house.hands.ran -= 3
    await started(house).look()
    monkeypatch.setattr(BOOT, lambda: "another machine")
    house.hands.now -= timedelta(seconds=3)
    await started(house).look()
    assert (await away(house), await paused(house)) == ([], [])


async def test_a_process_that_hung_while_another_served_is_no_service_that_was_away(house: House) -> None:
    one, other = started(house), started(house)
    await one.look()
    for _ in range(20):
        await other.look()
        house.hands.forward(seconds=5)
    await one.look()
    assert await away(house) == []
    for _ in range(5):
        await other.look()
        house.hands.forward(seconds=5)
    last = house.hands.now
    house.hands.forward(minutes=30)
    await one.look()
    [down] = await away(house)
    assert last - timedelta(seconds=20) <= down.since <= last, "from the last sign of any of them"


async def test_of_several_that_come_back_at_once_one_says_so(house: House) -> None:
    await started(house).look()
    gone = house.hands.now
    house.hands.forward(hours=1)
    await asyncio.gather(*(started(house).look() for _ in range(4)))
    assert await away(house) == [e.ServiceWasDown(gone, house.hands.now)]


async def test_a_team_that_cannot_be_paused_lets_nobody_go_and_leaves_the_others_paused(house: House) -> None:
    await a_team(house.recorder, "norr")
    [id] = await house.upheld(1)
    scheduler = house.scheduler()
    await scheduler.run_all()
    change = Recorder.change

    async def fails(self: Recorder, team: str, actor: str, rule: object, **what: object) -> object:
        if rule is stepdown.pause_for_clock and team == house.id:
            raise RuntimeError("a row that no rule foresaw")
        return await change(self, team, actor, rule, **what)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(Recorder, "change", fails)
        house.hands.until(house.hands.now.replace(hour=11, minute=30))
        await scheduler.watchman.leave_sign()
        house.hands.put(minutes=31)
        await scheduler.run_all()
        assert scheduler.failed == "RuntimeError"
        assert len(await house.rows("returns_paused", team="norr")) == 1
        for _ in range(5):
            house.hands.forward(seconds=5)
            await scheduler.run_all()
        assert (await house.rows("returned"), await paused(house)) == ([], [])
    house.hands.forward(seconds=50)
    await scheduler.run_all()
    assert len(await paused(house)) == 1
    assert scheduler.failed == ""
    assert (await house.client(id)).stay


async def test_what_could_not_be_written_down_is_seen_again(house: House) -> None:
    watchman = started(house)
    await watchman.look()
    house.hands.forward(minutes=5)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(house.recorder, "system", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await watchman.look()
    house.hands.forward(seconds=5)
    await watchman.look()
    [down] = await away(house)
    assert down.until - down.since == timedelta(minutes=5, seconds=5)


async def test_a_database_that_took_nothing_is_a_service_that_was_away(house: House) -> None:
    """The process ran on, and nobody could have stopped a return (hazard H4)."""
    watchman = started(house)
    await watchman.look()
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(house.store, "writing", lambda: 1 / 0)
        for _ in range(12 * 40):
            house.hands.forward(seconds=5)
            with suppress(ZeroDivisionError):
                await watchman.look()
    house.hands.forward(seconds=5)
    await watchman.look()
    [down] = await away(house)
    assert down.until == house.hands.now
    assert timedelta(minutes=39, seconds=45) <= down.until - down.since <= timedelta(minutes=40, seconds=5)
    assert await paused(house) == []


def test_the_machines_own_clock_runs_and_its_start_has_a_name() -> None:
    assert since_boot() < since_boot()
    assert this_boot() == this_boot() != ""


async def test_a_demo_that_jumps_says_so_before(house: House) -> None:
    watchman = started(house)
    await watchman.look()
    house.hands.put(days=1)
    await watchman.leave_sign()
    await watchman.look()
    assert (await away(house), await paused(house)) == ([], [])

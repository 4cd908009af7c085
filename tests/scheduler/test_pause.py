"""Returns that are paused: nobody goes back by itself until people say so, and then they do, at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.domain.refusal import Refused
from tests.scheduler.given import LATEST, House
from tests.whole import check_whole


async def due_and_looked(house: House) -> None:
    """It is one o'clock, and the scheduler looks a few times."""
    if house.hands.now.hour < 12:
        house.hands.until(house.hands.now.replace(hour=12, minute=0, second=1))
    scheduler = house.scheduler()
    await scheduler.watchman.leave_sign()
    for _ in range(4):
        await scheduler.run_all()
        house.hands.forward(seconds=5)


async def next_morning(house: House) -> None:
    """The night passes, while the scheduler looks; it is a moment before the next meeting."""
    house.hands.until(house.hands.now.replace(hour=6, minute=0) + timedelta(days=1))
    scheduler = house.scheduler()
    await scheduler.watchman.leave_sign()
    await scheduler.run_all()
    house.hands.until(house.hands.now.replace(hour=7, minute=40))


async def test_on_an_ordinary_day_everybody_goes_at_the_return_time_and_the_fact_says_so(house: House) -> None:
    ids = await house.upheld(2, bystanders=8)
    scheduler = house.scheduler()
    house.hands.until(house.hands.now.replace(hour=11, minute=59, second=55))
    await scheduler.run_all()
    assert await house.rows("returned") == []
    house.hands.forward(seconds=5)
    assert await scheduler.run_all() == 2
    due = house.hands.now.replace(hour=12, minute=0, second=0)
    returned = await house.rows("returned")
    assert sorted(row.client for row in returned) == sorted(ids)
    for row in returned:
        assert isinstance(row.fact, e.Returned)
        assert (row.actor, row.fact.due, row.at) == ("factboard", due, house.hands.now)
        assert row.fact.grounds
        assert len(row.fact.grounds.ratings) == 2


async def test_more_than_a_fifth_of_the_board_at_once_pauses_and_nobody_goes(house: House) -> None:
    await house.upheld(6, bystanders=23)  # 6 of 29: more than a fifth
    await due_and_looked(house)
    assert await house.rows("returned") == []
    [paused] = await house.rows("returns_paused")
    assert (paused.actor, paused.fact) == ("factboard", e.ReturnsPaused(e.Pause.MANY, 6, 29))
    await check_whole(house.store, house.id)


@pytest.mark.parametrize(("many", "board"), [(4, 4), (5, 25), (6, 30)])
async def test_a_fifth_or_fewer_than_five_go(light: House, many: int, board: int) -> None:
    await light.upheld(many, bystanders=board - many)
    await due_and_looked(light)
    assert len(await light.rows("returned")) == many
    assert await light.rows("returns_paused") == []


async def test_released_by_the_lead_they_go_within_a_minute(house: House) -> None:
    ids = await house.upheld(6, bystanders=4)
    await due_and_looked(house)
    house.hands.forward(minutes=20)
    with pytest.raises(Refused, match="lead_only"):
        await house.do("anna", stepdown.release, reason="Vi hann prata om dem")
    released = house.hands.now
    await house.do("lars", stepdown.release, reason="Vi hann prata om dem")
    scheduler = house.scheduler()
    for _ in range(12):
        await scheduler.run_all()
        house.hands.forward(seconds=5)
    returned = await house.rows("returned")
    assert sorted(row.client for row in returned) == sorted(ids)
    assert all(row.at - released <= LATEST for row in returned)
    assert len(await house.rows("returns_paused")) == 1
    await check_whole(house.store, house.id)


async def test_the_scheduler_that_saw_the_pause_is_no_later(house: House) -> None:
    """What it was refused at one o'clock it asks again in time, when the lead was quick."""
    ids = await house.upheld(6, bystanders=4)
    house.hands.until(house.hands.now.replace(hour=12, minute=0, second=1))
    scheduler = house.scheduler()
    await scheduler.run_all()
    await house.do("lars", stepdown.release, reason="Vi hann prata om dem")
    released = house.hands.now
    while house.hands.now <= released + LATEST:
        await scheduler.run_all()
        house.hands.forward(seconds=5)
    assert len(await house.rows("returned")) == len(ids)
    assert all(row.at - released <= LATEST for row in await house.rows("returned"))


async def test_released_on_the_next_day_they_wait_for_the_next_meeting(house: House) -> None:
    ids = await house.upheld(5)
    await due_and_looked(house)
    await next_morning(house)
    await house.do("lars", stepdown.release, reason="Vi tar det idag")
    await house.scheduler().run_all()
    assert await house.rows("returned") == []
    assert [row.fact.why for row in await house.rows("return_postponed")] == 5 * [e.Postponed.DAY_PASSED]  # type: ignore[attr-defined]
    await house.rated(ids)
    house.hands.forward(minutes=1)
    await house.meets()
    await due_and_looked(house)
    assert await house.rows("returned") == []  # as many as yesterday, and nobody has said of this day that they may
    assert len(await house.rows("returns_paused")) == 2


async def test_two_clinicians_release_in_a_held_meeting_and_those_it_upholds_go(house: House) -> None:
    ids = await house.upheld(6, bystanders=4)
    await due_and_looked(house)
    await next_morning(house)
    await house.rated(ids)
    await house.meets(agree=("anna", "lars"))
    assert [row.fact.by for row in await house.rows("returns_released")] == [("anna", "lars")]  # type: ignore[attr-defined]
    await due_and_looked(house)
    assert len(await house.rows("returned")) == 6
    assert len(await house.rows("returns_paused")) == 1


@pytest.mark.parametrize(
    ("present", "agree"),
    [(("anna", "lars"), ("anna",)), (("lars",), ("lars",)), (("anna", "lars"), ("anna", "anna"))],
    ids=["one of two", "alone", "one twice"],
)
async def test_one_clinician_or_a_meeting_that_does_not_count_release_nobody(
    light: House, present: tuple[str, ...], agree: tuple[str, ...]
) -> None:
    ids = await light.upheld(6, bystanders=4)
    await due_and_looked(light)
    await next_morning(light)
    await light.rated(ids)
    await light.meets(present=present, agree=agree)
    await due_and_looked(light)
    assert await light.rows("returns_released", "returned") == []
    assert (await light.state()).paused


async def test_while_paused_what_is_lost_is_still_called_off(house: House) -> None:
    [id] = await house.upheld(1)
    await house.do("factboard", stepdown.pause_for_clock, jump=4000)
    await house.rated([id], e.Rating.WORSE)
    await due_and_looked(house)
    assert await house.rows("returned") == []
    [withdrawn] = await house.rows("announcement_withdrawn")
    assert withdrawn.actor == "factboard"


async def test_a_pause_before_the_meeting_leaves_the_guard_in_place_after_it(house: House) -> None:
    """Released in the morning: what a meeting upholds afterwards is guarded like on any day."""
    await house.do("factboard", stepdown.pause_for_clock, jump=4000)
    await house.do("lars", stepdown.release, reason="Klockan går rätt")
    house.hands.forward(minutes=1)
    await house.upheld(6, bystanders=4)
    await due_and_looked(house)
    assert await house.rows("returned") == []
    assert [row.fact.why for row in await house.rows("returns_paused")] == [e.Pause.CLOCK, e.Pause.MANY]  # type: ignore[attr-defined]


async def test_whoever_has_looked_at_the_clock_has_not_looked_at_how_many_go(house: House) -> None:
    """A jump between the meeting and the return time, released: more than a fifth of the board is asked about anew."""
    await house.upheld(6, bystanders=4)
    await house.do("factboard", stepdown.pause_for_clock, jump=4000)
    house.hands.forward(minutes=5)
    await house.do("lars", stepdown.release, reason="Klockan går rätt")
    await due_and_looked(house)
    assert await house.rows("returned") == []
    assert [row.fact.why for row in await house.rows("returns_paused")] == [e.Pause.CLOCK, e.Pause.MANY]  # type: ignore[attr-defined]

"""Every way of the table of states is gone by an example of its own, in a world in which each instant is judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from factboard.domain import care, enrolment, placement, planned_care, roster, stepdown
from factboard.domain import events as e
from factboard.domain.back_up import put_back
from factboard.domain.stepdown import State
from factboard.domain.stepdown.states import ON_IT
from tests.domain.stepdown.given import CLIENT, WORSE, Life, on_board, ready
from tests.domain.stepdown.watched import TABLE, Watched, Way
from tests.domain.stepdown.world import DAY, HOUR, MINUTE, NOW

Act = Callable[[Watched], Any]
PLANNED_CARE, ON_BOARD, KEPT, READY, ANNOUNCED, RETURNING, RETURNED = State
WITHDRAWN = e.AnnouncementWithdrawn


def at(state: State, life: Life | None = None) -> Watched:
    """Somebody who has got as far as this."""
    world = (life or (on_board() if state is ON_BOARD else ready())).watched()
    if state is KEPT:
        world.do(stepdown.keep_on, CLIENT, reason="Vänta", until=world.today)
    if state in (ANNOUNCED, RETURNING, RETURNED, PLANNED_CARE):
        world.meet()
    if state in (RETURNING, RETURNED, PLANNED_CARE):
        world.to(NOW + DAY)
        world.meet()
    if state in (RETURNED, PLANNED_CARE):
        world.to("13:00")
    if state is PLANNED_CARE:
        world.to(3 * HOUR)
        world.meets(CLIENT, "lars", rating=None)
        world.to(20 * DAY)
    assert world.state(CLIENT) is state
    return world


def back_again(state: State) -> Watched:
    """On the board for the second time in two weeks."""
    life = Life().then(e.PutOnBoard("stable", "Då"), days_ago=60).then(e.Returned("Lugnt"), days_ago=10)
    life = life.then(e.PutOnBoard("stable", "Nu"), days_ago=9.5).reviewed(days_ago=2).planned(days_ago=2)
    life = life.met("lars", days_ago=3).met("anna", days_ago=1)
    rated = life.rated("anna", days_ago=9).rated("lars", days_ago=5).rated("anna", days_ago=1)
    return at(state, life if state is ON_BOARD else rated)


def put_on(world: Watched) -> None:
    world.flag(CLIENT)


def rated_again(world: Watched) -> None:
    for by, days in (("lars", 0), ("anna", 5), ("lars", 3)):
        world.to(timedelta(days=days))
        world.meets(CLIENT, by)
        world.meets(CLIENT, by, rating=None)


def kept_on(world: Watched) -> None:
    world.do(stepdown.keep_on, CLIENT, reason="Vänta", until=world.today)


def day_over(world: Watched) -> None:
    world.to(DAY)


def in_hospital(world: Watched) -> None:
    world.do(care.admit, CLIENT, ward="Avd 5")


def meets(world: Watched) -> None:
    world.meet()


def meets_tomorrow(world: Watched) -> None:
    world.to(DAY)
    world.meet()


def worse(world: Watched) -> None:
    world.meets(CLIENT, "lars", WORSE)


def a_day_of_absence_learnt_afterwards(world: Watched) -> None:
    """The case manager was away yesterday, on the day after the announcement, and is here again."""
    world.to(2 * DAY)
    world.do(roster.note_absence, user="anna", first=world.today - DAY, last=world.today - DAY)


def nobody_was_served(world: Watched) -> None:
    world.to("12:10")
    world.sleep(MINUTE)
    world.wakes()
    world.to("13:00")


def one(world: Watched) -> None:
    world.to("13:00")


def out_of_sight(world: Watched) -> None:
    world.meets(CLIENT, "lars", rating=None)
    world.to(15 * DAY)


def by_hand(world: Watched) -> None:
    world.do(placement.return_to_planned_care, CLIENT, reason="Flyttar hem")


def an_error(world: Watched) -> None:
    world.do(placement.enter_in_error, CLIENT, reason="Fel person")


def moved_away(world: Watched) -> None:
    world.do(enrolment.end_enrolment, CLIENT, reason=e.EndReason.MOVED)


def rated_last_week() -> Watched:
    """Upheld for today, and the newest rating is of last Wednesday."""
    return at(RETURNING, on_board().rated("anna", days_ago=14).rated("lars", days_ago=9).rated("anna", days_ago=5))


def kept_and_not_ready() -> Watched:
    world = at(KEPT)
    worse(world)
    return world


EXAMPLES: dict[Way, tuple[Callable[[], Watched], Act]] = {
    (PLANNED_CARE, e.PutOnBoard, ON_BOARD): (lambda: at(PLANNED_CARE), put_on),
    (RETURNED, e.PutOnBoard, ON_BOARD): (lambda: at(RETURNED), lambda world: world.do(put_back, CLIENT)),
    (ON_BOARD, None, READY): (lambda: at(ON_BOARD), rated_again),
    (READY, None, ON_BOARD): (lambda: at(READY), in_hospital),
    (ON_BOARD, e.ReturnHeld, KEPT): (lambda: at(ON_BOARD), kept_on),
    (READY, e.ReturnHeld, KEPT): (lambda: at(READY), kept_on),
    (KEPT, None, ON_BOARD): (kept_and_not_ready, day_over),
    (KEPT, None, READY): (lambda: at(KEPT), day_over),
    (READY, e.ReturnAnnounced, ANNOUNCED): (lambda: at(READY), meets),
    (ANNOUNCED, e.ReturnHeld, KEPT): (lambda: at(ANNOUNCED), kept_on),
    (ANNOUNCED, WITHDRAWN, ON_BOARD): (lambda: at(ANNOUNCED), worse),
    (ANNOUNCED, WITHDRAWN, READY): (lambda: at(ANNOUNCED), a_day_of_absence_learnt_afterwards),
    (ANNOUNCED, e.ReturnUpheld, RETURNING): (lambda: at(ANNOUNCED), meets_tomorrow),
    (RETURNING, e.ReturnPostponed, ANNOUNCED): (lambda: at(RETURNING), nobody_was_served),
    (RETURNING, e.ReturnHeld, KEPT): (lambda: at(RETURNING), kept_on),
    (RETURNING, WITHDRAWN, ON_BOARD): (lambda: at(RETURNING), worse),
    (RETURNING, WITHDRAWN, READY): (rated_last_week, one),
    (RETURNING, e.Returned, RETURNED): (lambda: at(RETURNING), one),
    (RETURNED, None, PLANNED_CARE): (lambda: at(RETURNED), out_of_sight),
}


def example(way: Way) -> tuple[Callable[[], Watched], Act]:
    """Where it begins, and what happens; what somebody does is the same from each state on the board."""
    start, by, end = way
    if by is e.EnteredInError:
        return (lambda: back_again(start)) if end is RETURNED else (lambda: at(start)), an_error
    if by is e.EnrolmentEnded:
        return lambda: at(start), moved_away
    if by is e.Returned and way not in EXAMPLES:
        return lambda: at(start), by_hand
    return EXAMPLES[way]


@pytest.mark.parametrize(
    "way", sorted(TABLE, key=str), ids=lambda way: f"{way[0]} to {way[2]} by {way[1] and way[1].kind}"
)
def test_a_way_of_the_table(way: Way) -> None:
    begins, act = example(way)
    world = begins()
    assert world.states[CLIENT] is way[0]
    world.seen.clear()
    act(world)
    assert way in world.seen
    assert world.seen <= TABLE


def test_no_way_is_gone_that_nobody_has_an_example_of() -> None:
    assert set(EXAMPLES) <= TABLE
    assert {way[0] for way in TABLE if way[1] is e.EnteredInError} == set(ON_IT)


def test_by_hand_somebody_may_even_while_it_is_upheld() -> None:
    world = at(RETURNING)
    by_hand(world)
    assert world.rows[-1].actor == "anna"
    assert planned_care.waits_for_follow_up(world.clients[CLIENT])

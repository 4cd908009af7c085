"""Returned: by itself, at the return time, on the day of a later held meeting that had them up; else it waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from factboard.domain import events as e
from factboard.domain import meeting, team
from factboard.domain.events import Need, Postponed
from factboard.domain.refusal import Conflict
from factboard.domain.stepdown import State
from tests.domain.stepdown.given import CLIENT, announced, on_board, ready, returning
from tests.domain.stepdown.world import DAY, HOUR, MINUTE, NOW, SETTINGS, TICK, World, local

MONDAY, ONE = date(2026, 11, 23), local("2026-11-24 13:00")
OPEN_ALL_WEEK = replace(SETTINGS, meeting_days=(0, 1, 2, 3, 4, 5, 6))


def settings(world: World, **changed: Any) -> None:
    world.do(team.change_settings, by="lars", settings=replace(world.here.settings, **changed))


class TestByItself:
    def test_at_the_return_time_and_not_a_microsecond_before(self) -> None:
        world = returning()
        assert world.to(ONE - TICK) == []
        assert world.state(CLIENT) is State.RETURNING
        [fact] = world.to(ONE)
        assert isinstance(fact, e.Returned)
        assert (world.rows[-1].actor, fact.due, fact.reason) == ("factboard", ONE, "")
        assert (fact.follow_up, fact.who) == (date(2026, 11, 26), "lars")
        assert fact.grounds
        assert [one.by for one in fact.grounds.ratings] == ["anna", "lars", "anna"]
        assert world.state(CLIENT) is State.RETURNED
        assert world.to(60 * DAY) != [], "only the follow-up that nobody makes"
        assert [fact.kind for fact in world.of(CLIENT)].count("returned") == 1

    def test_at_the_categorys_own_time(self) -> None:
        world = ready().policy(return_time=time(15, 30)).world()
        world.meet()
        world.to(NOW + DAY)
        world.meet()
        [fact] = world.to("2026-11-24 23:00")
        assert isinstance(fact, e.Returned)
        assert fact.due == local("2026-11-24 15:30")

    def test_confirmed_ones_too(self) -> None:
        world = returning("confirm")
        world.to(ONE)
        assert world.state(CLIENT) is State.RETURNED


def second_meeting_of_the_day(world: World) -> None:
    world.now += HOUR
    world.meet()


def passed_over(world: World) -> None:
    world.to(NOW + DAY)
    world.meet(over=[CLIENT])


def not_held(world: World) -> None:
    world.to(NOW + DAY)
    world.meet(("anna", "maria"))


def too_late(world: World) -> None:
    world.to("2026-11-24 13:00")
    world.meet()


def over_midnight(world: World) -> None:
    """A meeting that thinks of them late on the day that announced them, and closes on the next."""
    world.to("2026-11-23 23:55")
    id = world.opens()
    world.discusses(id, CLIENT)
    world.to("2026-11-24 00:05")
    world.closes(id)


@pytest.mark.parametrize(
    ("says", "goes_on"),
    [
        ("in the meeting that announced them, or another one on that day", second_meeting_of_the_day),
        ("by a meeting that passed them over", passed_over),
        ("by a meeting that does not count as held", not_held),
        ("by a meeting that closes after the return time", too_late),
        ("by a meeting that thought of them on the day that announced them", over_midnight),
    ],
)
def test_nobody_is_upheld(says: str, goes_on: Callable[[World], None]) -> None:
    world = announced()
    goes_on(world)
    assert world.state(CLIENT) is State.ANNOUNCED
    world.to("2026-11-24 23:59")
    assert world.state(CLIENT) is State.ANNOUNCED, "the return waits for the next held meeting"
    world.meets(CLIENT, "fatima")
    world.to("2026-11-25 09:00")
    world.meet()
    world.to("2026-11-25 13:00")
    assert world.state(CLIENT) is State.RETURNED


@pytest.mark.parametrize(
    ("says", "announced_on", "met_on", "how", "goes_back"),
    [
        ("a Tuesday", "2026-11-23", "2026-11-24", {}, True),
        ("a Friday: two days off follow", "2026-11-26", "2026-11-27", {}, False),
        ("a Friday, where somebody works on Saturdays", "2026-11-26", "2026-11-27", {"meeting_days": range(6)}, True),
        ("a Saturday on which somebody held a meeting", "2026-11-26", "2026-11-28", {}, False),
        ("a Sunday, though they work on Monday", "2026-11-26", "2026-11-29", {}, False),
        ("a Thursday before a bridging day", "2026-11-25", "2026-11-26", {"closed_days": ["2026-11-27"]}, False),
        ("the day before a single day off", "2026-11-23", "2026-11-24", {"closed_days": ["2026-11-25"]}, True),
        ("a closed day on which somebody held a meeting", "2026-11-23", "2026-11-24",
         {"closed_days": ["2026-11-24"]}, False),
        ("a Wednesday on which no meeting was planned", "2026-11-24", "2026-11-25", {"meeting_days": (0, 1, 3)}, True),
        ("the last working day before Christmas", "2026-12-23", "2026-12-24", {"public_holidays": True}, False),
        ("the day before that", "2026-12-22", "2026-12-23", {"public_holidays": True}, True),
        ("Maundy Thursday", "2027-03-24", "2027-03-25", {"public_holidays": True}, False),
        ("the day before Ascension Day", "2027-05-04", "2027-05-05", {"public_holidays": True}, True),
    ],
)  # fmt: skip
def test_never_before_days_off_nor_on_one(
    says: str, announced_on: str, met_on: str, how: dict[str, Any], goes_back: bool
) -> None:
    if "closed_days" in how:
        how |= {"closed_days": tuple(date.fromisoformat(day) for day in how["closed_days"])}
    world = ready().at(local(f"{announced_on} 09:00")).world(replace(SETTINGS, **how))
    world.meet()
    world.to(f"{met_on} 09:00")
    assert world.state(CLIENT) is State.ANNOUNCED
    world.meet()
    world.to(f"{met_on} 13:00")
    assert (world.state(CLIENT) is State.RETURNED) is goes_back


@pytest.mark.parametrize(
    ("says", "last_rated", "goes_back"),
    [
        ("on Sunday", 1, True),
        ("on Thursday: Friday, Monday and today are three working days", 4, True),
        ("on Wednesday: four", 5, False),
    ],
)
def test_the_newest_rating_is_of_these_days(says: str, last_rated: float, goes_back: bool) -> None:
    world = on_board().rated("anna", days_ago=14).rated("lars", days_ago=9).rated("anna", days_ago=last_rated).world()
    world.meet()
    world.to(NOW + DAY)
    world.meet()
    assert world.standing(CLIENT).fresh is goes_back
    [fact] = world.to(ONE)
    if goes_back:
        assert isinstance(fact, e.Returned)
        return
    assert isinstance(fact, e.AnnouncementWithdrawn)
    assert (fact.lost, fact.due, world.state(CLIENT)) == ((Need.FRESH,), ONE, State.READY)
    world.meets(CLIENT, "lars")
    world.to(NOW + 2 * DAY)
    world.meet()
    assert world.state(CLIENT) is State.ANNOUNCED, "seen again, it is announced anew"


@pytest.mark.parametrize(
    ("since", "until", "goes_back"),
    [
        (ONE - 2 * HOUR, ONE - HOUR, True),
        (ONE - 2 * HOUR, ONE - HOUR + TICK, False),
        (ONE - 30 * MINUTE, ONE - 29 * MINUTE, False),
        (ONE - TICK, ONE, False),
        (ONE - TICK, ONE + HOUR, False),
        (ONE, ONE + HOUR, True),
        (ONE - 2 * HOUR, ONE + 6 * HOUR, False),
    ],
)
def test_nobody_could_have_stopped_it_in_the_hour_before(since: datetime, until: datetime, goes_back: bool) -> None:
    world = returning()
    world.to(since - TICK)
    world.now = since
    world.sleep(until)
    done = world.to(ONE + 8 * HOUR)
    if goes_back:
        assert [fact.kind for fact in done] == ["returned"]
        return
    assert done == [e.ReturnPostponed(ONE, Postponed.SERVICE_DOWN)]
    assert (world.state(CLIENT), world.standing(CLIENT).returns) == (State.ANNOUNCED, local("2026-11-25 13:00"))


def test_what_was_not_done_on_its_day_waits_for_the_next_meeting() -> None:
    world = returning()
    world.to(ONE - TICK)
    world.now = ONE + 11 * HOUR  # a scheduler that stood still, and no interval that says so
    assert world.run() == [e.ReturnPostponed(ONE, Postponed.DAY_PASSED)]
    assert world.state(CLIENT) is State.ANNOUNCED


@pytest.mark.parametrize("closed", [[date(2026, 11, 25), date(2026, 11, 26)], [date(2026, 11, 24)]])
def test_days_that_were_closed_since_the_meeting(closed: list[date]) -> None:
    world = returning()
    settings(world, closed_days=tuple(closed))
    assert world.to(ONE) == [e.ReturnPostponed(ONE, Postponed.DAYS_OFF)]
    assert world.state(CLIENT) is State.ANNOUNCED


def test_a_meeting_moved_to_another_day_upholds_on_that_day() -> None:
    world = announced()
    settings(world, meeting_days=(0, 2), return_time=time(14))
    assert world.standing(CLIENT).returns == local("2026-11-25 14:00")
    world.meets(CLIENT, "fatima")
    world.to("2026-11-25 09:00")
    world.meet()
    [fact] = world.to("2026-11-25 20:00")
    assert isinstance(fact, e.Returned)
    assert fact.due == local("2026-11-25 14:00")


def test_no_moment_is_said_at_which_no_meeting_is_over_yet() -> None:
    """The category's own return time was before the meeting, which was moved: it would say tomorrow, each day anew."""
    world = announced()
    known = world.here.categories["stable"]
    world.tell(e.CategoryChanged(replace(known, policy=replace(known.policy, return_time=time(9)))))
    assert world.standing(CLIENT).returns == local("2026-11-24 09:00")
    settings(world, meeting_time=time(9))
    assert (world.state(CLIENT), world.standing(CLIENT).returns) == (State.ANNOUNCED, None)


def test_a_meeting_is_closed_only_over_what_its_chair_has_seen() -> None:
    world = announced()
    world.to(NOW + DAY)
    id = world.opens()
    world.discusses(id, CLIENT)
    with pytest.raises(Conflict, match="others_return_meanwhile"):
        world.do(meeting.close, of_meeting=id, reason="Slut", shown=[])
    world.do(meeting.close, of_meeting=id, reason="Slut", shown=[CLIENT])
    assert world.state(CLIENT) is State.RETURNING

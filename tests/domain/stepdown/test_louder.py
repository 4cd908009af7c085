"""Louder, never quieter: three clocks on the board and one after it, each at its instant; none moves anybody down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from factboard.domain import care, louder, placement
from factboard.domain import events as e
from factboard.domain.events import ContactKind, Step
from factboard.domain.stepdown import State
from tests.domain.stepdown.given import CLIENT, announced, on_board, ready
from tests.domain.stepdown.world import DAY, HOUR, NOW, SETTINGS, TICK, World, local

OFF_THE_BOARD = {Step.FOLLOW_UP, Step.FOLLOW_UP_LEAD, Step.CONTACT, Step.CONTACT_LEAD}
LOUDER = (e.ReviewFellDue, e.UnseenTooLong, e.FlagUntaken, e.FollowUpMissed)


def told(world: World, *steps: Step, client: str = CLIENT) -> list[tuple[Step, Any]]:
    """What was written down of these steps, and since when."""
    found: list[Any] = world.of(client, *LOUDER)
    return [(fact.step, fact.due) for fact in found if not steps or fact.step in steps]


def alarms(world: World) -> list[tuple[Step, bool]]:
    return [(one.step, one.lead) for one in louder.alarms(world.here, world.clients[CLIENT], world.now)]


def flagged(at: str, **settings: Any) -> World:
    """A flag that nobody has taken."""
    world = World(local(at), replace(SETTINGS, **settings))
    world.enrol(CLIENT).flag(CLIENT, taken_by="")
    return world


@pytest.mark.parametrize(
    ("says", "at", "untaken", "lead"),
    [
        ("in the morning", "2026-11-23 09:00", "2026-11-23 09:30", "2026-11-23 10:00"),
        ("before the day begins", "2026-11-23 06:45", "2026-11-23 08:30", "2026-11-23 09:00"),
        ("ten minutes before they go home", "2026-11-23 16:20", "2026-11-24 08:20", "2026-11-24 08:50"),
        ("as they go home", "2026-11-23 16:30", "2026-11-24 08:30", "2026-11-24 09:00"),
        ("half an hour before they go home", "2026-11-23 16:00", "2026-11-23 16:30", "2026-11-24 08:30"),
        ("on a Friday afternoon", "2026-11-27 16:10", "2026-11-30 08:10", "2026-11-30 08:40"),
        ("on a Saturday", "2026-11-28 12:00", "2026-11-30 08:30", "2026-11-30 09:00"),
        ("before a holiday", "2026-12-22 16:20", "2026-12-28 08:20", "2026-12-28 08:50"),
        ("on the Saturday before the clocks go back", "2026-10-24 23:00", "2026-10-26 08:30", "2026-10-26 09:00"),
        ("on the Saturday before the clocks go on", "2027-03-27 23:00", "2027-03-29 08:30", "2027-03-29 09:00"),
    ],
)
def test_an_untaken_flag_waits_for_thirty_minutes_of_work(says: str, at: str, untaken: str, lead: str) -> None:
    holidays = tuple(date(2026, 12, day) for day in (23, 24, 25))
    world = flagged(at, closed_days=holidays)
    world.to(local(lead) + DAY)
    assert told(world, Step.UNTAKEN, Step.UNTAKEN_LEAD) == [
        (Step.UNTAKEN, local(untaken)), (Step.UNTAKEN_LEAD, local(lead)),
    ]  # fmt: skip


def test_thirty_minutes_are_the_teams_own() -> None:
    world = flagged("2026-11-23 09:00", taken_minutes=5)
    world.to("2026-11-23 09:10")
    assert told(world) == [
        (Step.UNTAKEN, local("2026-11-23 09:05")), (Step.UNTAKEN_LEAD, local("2026-11-23 09:10")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("says", "at", "evenings"),
    [
        ("on a Wednesday", "2026-11-25 09:00",
         ["2026-11-25 16:30", "2026-11-26 16:30", "2026-11-27 16:30", "2026-11-30 16:30"]),
        ("seconds before they go home: not before it can be undone", "2026-11-25 16:29:30",
         ["2026-11-25 16:30:30", "2026-11-26 16:30", "2026-11-27 16:30"]),
        ("in the evening: at once", "2026-11-25 19:00", ["2026-11-25 19:01", "2026-11-26 16:30"]),
        ("on a Saturday: at once, and on Monday", "2026-11-28 12:00", ["2026-11-28 12:01", "2026-11-30 16:30"]),
        ("early in the morning: at once, and that evening", "2026-11-25 05:00",
         ["2026-11-25 05:01", "2026-11-25 16:30", "2026-11-26 16:30"]),
    ],
)  # fmt: skip
def test_who_acts_tonight_is_asked_each_evening(says: str, at: str, evenings: list[str]) -> None:
    world = flagged(at)
    world.to(evenings[-1])
    assert told(world, Step.TONIGHT) == [(Step.TONIGHT, local(evening)) for evening in evenings]


def test_the_card_asks_all_night_and_says_untaken_in_the_morning() -> None:
    world = flagged("2026-11-25 15:00")
    seen = []
    for hour in ("15:29", "15:30", "16:00", "16:30", "23:59", "2026-11-26 07:59", "2026-11-26 08:00"):
        world.to(hour)
        seen.append(alarms(world))
    assert seen == [
        [], [(Step.UNTAKEN, False)], [(Step.UNTAKEN, True)], [(Step.TONIGHT, True)], [(Step.TONIGHT, True)],
        [(Step.TONIGHT, True)], [(Step.UNTAKEN, True)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "takes",
    [
        lambda world: world.do(placement.take, CLIENT, by="lars"),
        lambda world: world.do(placement.return_to_planned_care, CLIENT, reason="Sover igen"),
        lambda world: world.do(placement.enter_in_error, CLIENT, reason="Fel person"),
    ],
)
def test_once_somebody_has_it_nobody_is_asked(takes: Callable[[World], Any]) -> None:
    world = flagged("2026-11-23 09:00")
    world.to("2026-11-23 09:29:59")
    takes(world)
    world.to("2026-11-24 06:00")
    assert told(world, Step.UNTAKEN, Step.TONIGHT, Step.UNTAKEN_LEAD) == []


def test_a_new_flag_is_asked_about_anew() -> None:
    world = flagged("2026-11-23 09:00")
    world.do(placement.take, CLIENT, by="lars")
    world.to("2026-11-23 11:00")
    world.flag(CLIENT, taken_by="")
    world.to("2026-11-23 11:30")
    assert told(world) == [(Step.UNTAKEN, local("2026-11-23 11:30"))]


def test_a_list_that_was_brought_in_is_nobodys_new_worry() -> None:
    world = World(NOW).enrol(CLIENT)
    world.tell(e.PutOnBoard("stable", "Ur listan", source=e.Source.IMPORT), client=CLIENT)
    world.to(3 * DAY)
    assert told(world) == []
    world.flag(CLIENT, taken_by="")
    world.to(HOUR)
    assert [step for step, _ in told(world)] == [Step.UNTAKEN, Step.UNTAKEN_LEAD]


def test_review_by_has_passed_from_the_end_of_its_day_and_as_long_again_tells_the_lead() -> None:
    world = on_board().world()
    world.do(placement.set_review, CLIENT, review_by=date(2026, 11, 25))
    over, lead = local("2026-11-26 00:00"), local("2026-12-10 00:00")  # fourteen days, the category's
    world.to(over - TICK)
    assert Step.REVIEW not in dict(alarms(world))
    world.to(over)
    assert dict(alarms(world))[Step.REVIEW] is False
    world.to(lead - TICK)
    assert dict(alarms(world))[Step.REVIEW] is False
    world.to(lead)
    assert dict(alarms(world))[Step.REVIEW] is True
    assert told(world, Step.REVIEW, Step.REVIEW_LEAD) == [(Step.REVIEW, over), (Step.REVIEW_LEAD, lead)]
    world.do(placement.set_review, CLIENT, review_by=date(2026, 12, 11))
    assert Step.REVIEW not in dict(alarms(world))
    world.to("2026-12-12 00:00")
    assert told(world, Step.REVIEW)[-1] == (Step.REVIEW, local("2026-12-12 00:00")), "a new day, a new fact"


def test_nobody_has_seen_them_for_longer_than_the_category_allows() -> None:
    """Five days: from the end of the fifth day after the one on which they were last seen."""
    world = on_board(contacts=False).met("anna", days_ago=2).world()  # Saturday
    over, lead = local("2026-11-27 00:00"), local("2026-12-02 00:00")
    world.to(over - TICK)
    assert Step.UNSEEN not in dict(alarms(world))
    world.to(over)
    assert dict(alarms(world))[Step.UNSEEN] is False
    world.to(lead)
    assert dict(alarms(world))[Step.UNSEEN] is True
    assert told(world, Step.UNSEEN, Step.UNSEEN_LEAD) == [(Step.UNSEEN, over), (Step.UNSEEN_LEAD, lead)]


@pytest.mark.parametrize(
    ("says", "act", "ends_it"),
    [
        ("seen at home", lambda w: w.meets(CLIENT, "lars", None), True),
        ("seen by video", lambda w: w.meets(CLIENT, "lars", None, ContactKind.VIDEO), True),
        ("on the telephone nobody is seen", lambda w: w.meets(CLIENT, "lars", None, ContactKind.PHONE), False),
        ("who went in vain has seen nobody", lambda w: w.meets(CLIENT, "lars", None, ContactKind.TRIED), False),
        ("in hospital others see them", lambda w: w.do(care.admit, CLIENT, ward="Avd 5"), True),
        ("another day for the review sees nobody",
         lambda w: w.do(placement.set_review, CLIENT, review_by=w.today), False),
    ],
)  # fmt: skip
def test_who_is_seen_is_unseen_no_more(says: str, act: Callable[[World], Any], ends_it: bool) -> None:
    world = on_board(contacts=False).met("anna", days_ago=8).world()
    world.run()
    assert Step.UNSEEN in dict(alarms(world))
    act(world)
    assert (Step.UNSEEN not in dict(alarms(world))) is ends_it


@pytest.mark.parametrize("life", [on_board(), ready(), ready("confirm"), ready().kept(until_in=3)])
def test_nothing_of_it_ever_lowers_anybody(life: Any) -> None:
    """Half a year in which nobody does anything: louder at each step, and on the board to the end."""
    told_of = (one for one in life.then(e.ReviewSet(NOW.date())).told if not isinstance(one[2], e.Taken))
    world = replace(life, told=tuple(told_of)).world()
    world.to(180 * DAY)
    assert {step for step, _ in told(world)} == {*Step} - OFF_THE_BOARD
    assert world.state(CLIENT) is State.ON_BOARD
    assert not world.of(CLIENT, e.Returned, e.ReturnAnnounced, e.EnteredInError)
    assert {row.fact.kind for row in world.rows if row.actor == "factboard"} <= {
        "review_fell_due", "unseen_too_long", "flag_untaken",
    }  # fmt: skip


def test_each_step_is_written_once() -> None:
    world = flagged("2026-11-23 09:00")
    world.do(placement.set_review, CLIENT, review_by=date(2026, 11, 24))
    world.to(60 * DAY)
    found = told(world)
    assert len(found) == len(set(found))


def test_an_announced_return_waits_and_grows_no_quieter() -> None:
    """Announced, and no meeting is held any more: nobody returns, and what is too long is said."""
    world = announced()
    world.do(placement.set_review, CLIENT, review_by=date(2026, 11, 24))
    world.to("2026-11-26 23:59")
    assert world.state(CLIENT) is State.ANNOUNCED
    assert told(world, Step.REVIEW) == [(Step.REVIEW, local("2026-11-25 00:00"))]
    world.to(30 * DAY)
    assert world.state(CLIENT) is State.ON_BOARD


def test_what_is_said_turns_only_at_the_instants_that_are_told() -> None:
    world = flagged("2026-11-25 15:00")
    world.do(placement.set_review, CLIENT, review_by=date(2026, 11, 26))
    client = world.clients[CLIENT]
    for _ in range(60):
        said, turn = louder.alarms(world.here, client, world.now), min(louder.turns(world.here, client, world.now))
        assert turn > world.now
        assert louder.alarms(world.here, client, turn - TICK) == said
        world.now = turn
    assert world.now > local("2026-12-10 00:00")

"""Back in planned care: the follow-up, in sight for a while, back up with one touch, marked the second time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from factboard.domain import events as e
from factboard.domain import louder, placement, planned_care, roster, signs, stepdown, undo
from factboard.domain.back_up import put_back
from factboard.domain.enrolment import correct, end_enrolment
from factboard.domain.events import AgendaGroup, Step
from factboard.domain.refusal import Conflict, Invalid, Refused
from factboard.domain.stepdown import State
from factboard.domain.team import set_category
from tests.domain.stepdown.given import CLIENT, WORSE, Life, on_board, ready, returning
from tests.domain.stepdown.world import CATEGORIES, DAY, MINUTE, TICK, World, local

RETURNED = local("2026-11-24 13:00")  # a Tuesday; the schedule has Lars meet them on Thursday


def returned(category: str = "stable") -> World:
    world = returning(category)
    world.to(RETURNED)
    assert world.state(CLIENT) is State.RETURNED
    return world


@pytest.mark.parametrize(
    ("says", "life", "due", "who"),
    [
        ("by the plan, on Wednesday", ready(plan=False).planned(in_days=2), date(2026, 11, 25), "lars"),
        ("by the plan, today", ready(plan=False).planned(in_days=0), date(2026, 11, 23), "lars"),
        ("by the plan, on the seventh day", ready(plan=False).planned(in_days=7), date(2026, 11, 30), "lars"),
        ("the plan is later: within seven days", ready(plan=False).planned(in_days=8), date(2026, 11, 30), "lars"),
        ("the planned day has passed", on_board(contacts=False, plan=False).planned(in_days=-2, days_ago=5),
         date(2026, 11, 30), "lars"),
        ("no plan: the case manager", ready(plan=False), date(2026, 11, 30), "anna"),
        ("no plan, the case manager away: who stands in",
         ready(plan=False).knows(case_manager="anna", substitute="fatima").away("anna"), date(2026, 11, 30), "fatima"),
        ("who was to meet them is away: the case manager", ready().away("lars"), date(2026, 11, 26), "anna"),
        ("nobody", ready(plan=False).knows(), date(2026, 11, 30), None),
    ],
)  # fmt: skip
def test_a_follow_up_is_planned_by_the_schedule_or_within_seven_days(
    says: str, life: Life, due: date, who: str | None
) -> None:
    world = life.world()
    world.do(placement.return_to_planned_care, CLIENT, reason="Sover igen")
    known = world.clients[CLIENT].follow_up
    assert known
    assert (known.due, known.who, known.done) == (due, who, None)


@pytest.mark.parametrize(
    ("says", "kind", "by", "happened", "is_done"),
    [
        ("by whom it was planned", e.ContactKind.HOME, "lars", RETURNED + DAY, True),
        ("by anybody", e.ContactKind.OFFICE, "fatima", RETURNED + DAY, True),
        ("on the telephone", e.ContactKind.PHONE, "anna", RETURNED + DAY, True),
        ("by somebody who went in vain", e.ContactKind.TRIED, "lars", RETURNED + DAY, False),
        ("in the moment of the return", e.ContactKind.HOME, "lars", RETURNED, True),
        ("before the return, and written down after it", e.ContactKind.HOME, "lars", RETURNED - TICK, False),
    ],
)
def test_it_is_made(says: str, kind: e.ContactKind, by: str, happened: datetime, is_done: bool) -> None:
    world = returned()
    world.to(RETURNED + DAY)
    world.do(placement.log_contact, CLIENT, by=by, contact=kind, happened_at=happened)
    known = world.clients[CLIENT].follow_up
    assert known
    assert (known.done, known.done_by) == ((happened, by) if is_done else (None, None))
    assert (planned_care.waits_for_follow_up(world.clients[CLIENT]) is None) is is_done
    world.to(20 * DAY)
    assert bool(world.of(CLIENT, e.FollowUpMissed)) is not is_done


def test_a_contact_that_is_undone_leaves_it_open() -> None:
    world = returned()
    seq = len(world.rows) + 1
    world.meets(CLIENT, "lars", rating=None)
    assert not planned_care.waits_for_follow_up(world.clients[CLIENT])
    world.do(undo.undo, CLIENT, by="lars", seq=seq, saw=seq - 1)
    assert planned_care.waits_for_follow_up(world.clients[CLIENT])


def test_a_late_one_comes_first_at_the_meeting_then_the_lead_is_told_and_nobody_is_moved() -> None:
    world = returned()
    world.enrol("omar").flag("omar", taken_by="")
    assert not [fact for fact in world.to("2026-11-26 23:59:59") if isinstance(fact, e.FollowUpMissed)]
    [late] = [fact for fact in world.to("2026-11-27 00:00") if isinstance(fact, e.FollowUpMissed)]
    assert late == e.FollowUpMissed(local("2026-11-27 00:00"), Step.FOLLOW_UP)
    world.to("2026-11-27 08:30")
    id = world.opens()
    assert [(one.client, one.group) for one in world.meetings[id].agenda] == [
        (CLIENT, AgendaGroup.FOLLOW_UP), ("omar", AgendaGroup.UNTAKEN),
    ]  # fmt: skip
    world.discusses(id, CLIENT)
    world.closes(id)
    [told] = [fact for fact in world.to("2026-11-29 12:00") if isinstance(fact, e.FollowUpMissed)]
    assert told == e.FollowUpMissed(local("2026-11-28 00:00"), Step.FOLLOW_UP_LEAD)
    assert [one.step for one in louder.alarms(world.here, world.clients[CLIENT], world.now)] == [Step.FOLLOW_UP]
    world.to(90 * DAY)
    assert world.state(CLIENT) is State.RETURNED, "in sight until somebody has met them"


@pytest.mark.parametrize(
    ("says", "met_after", "until"),
    [
        ("fourteen days, where the follow-up is made", DAY, 14 * DAY),
        ("until it is made, where that is later", 20 * DAY, 20 * DAY),
    ],
)
def test_they_stay_in_sight(says: str, met_after: timedelta, until: timedelta) -> None:
    world = returned()
    world.to(RETURNED + met_after - TICK)
    assert world.state(CLIENT) is State.RETURNED
    world.now = RETURNED + met_after
    world.meets(CLIENT, "lars", rating=None)
    world.to(max(world.now, RETURNED + until - TICK))
    assert world.state(CLIENT) is (State.RETURNED if until > met_after else State.PLANNED_CARE)
    world.to(RETURNED + until)
    assert world.state(CLIENT) is State.PLANNED_CARE


def test_it_is_said_when_they_leave_the_sight() -> None:
    world = returned()
    world.meets(CLIENT, "lars", rating=None)
    assert min(stepdown.turns(world.here, world.clients[CLIENT], world.now)) == RETURNED + 14 * DAY
    world.to(RETURNED + 14 * DAY)
    assert stepdown.turns(world.here, world.clients[CLIENT], world.now) == []


class TestBackUp:
    def test_with_one_touch_as_they_were(self) -> None:
        world = returned()
        world.to(3 * DAY)
        [fact] = world.do(put_back, CLIENT, by="fatima")
        assert fact == e.PutOnBoard("stable", "Sover inte", review_by=world.today + timedelta(days=14), back=True)
        assert world.state(CLIENT) is State.ON_BOARD
        assert {one.need.value for one in world.standing(CLIENT).missing} == {
            "ratings", "raters", "days", "crisis_plan", "next_contact",
        }  # fmt: skip
        assert not planned_care.waits_for_follow_up(world.clients[CLIENT])
        assert world.stay(CLIENT).taken_by is None

    def test_in_another_category_where_theirs_is_no_more(self) -> None:
        world = returned()
        world.do(set_category, by="lars", category=replace(CATEGORIES[0], retired=True))
        [fact] = world.do(put_back, CLIENT)
        assert isinstance(fact, e.PutOnBoard)
        assert fact.category == "confirm"

    @pytest.mark.parametrize(
        ("life", "key"), [(on_board(), "already_on_board"), (Life(), "never_on_board")], ids=["is there", "never was"]
    )
    def test_not_who_is_there_or_never_was(self, life: Life, key: str) -> None:
        with pytest.raises(Conflict, match=key):
            life.world().do(put_back, CLIENT)

    def test_by_mistake_leaves_the_follow_up_to_be_made(self) -> None:
        world = returned()
        world.do(put_back, CLIENT)
        world.to(10 * MINUTE)
        world.do(placement.enter_in_error, CLIENT, reason="Fel person")
        assert world.state(CLIENT) is State.RETURNED
        assert planned_care.waits_for_follow_up(world.clients[CLIENT])
        assert [fact.due for fact in world.to(5 * DAY) if isinstance(fact, e.FollowUpMissed)]


@pytest.mark.parametrize(
    ("after", "marked"), [(timedelta(), True), (30 * DAY - TICK, True), (30 * DAY, False), (90 * DAY, False)]
)
def test_a_second_time_within_thirty_days_is_marked(after: timedelta, marked: bool) -> None:
    world = returned()
    assert not signs.back_within_30_days(world.clients[CLIENT])
    world.now += after
    world.flag(CLIENT)
    assert signs.back_within_30_days(world.clients[CLIENT]) is marked


def test_a_time_that_was_an_error_is_no_first_time() -> None:
    world = on_board().world()
    world.do(placement.enter_in_error, CLIENT, reason="Fel person")
    world.flag(CLIENT)
    assert not signs.back_within_30_days(world.clients[CLIENT])


class TestByHand:
    @pytest.mark.parametrize("category", [one.code for one in CATEGORIES])
    def test_a_named_person_may_whatever_is_missing(self, category: str) -> None:
        world = on_board(category, plan=False, crisis=False).rated("anna", WORSE).world()
        [fact] = world.do(placement.return_to_planned_care, CLIENT, by="fatima", reason="Flyttar hem")
        assert isinstance(fact, e.Returned)
        assert (world.rows[-1].actor, fact.reason, fact.due, fact.grounds) == ("fatima", "Flyttar hem", None, None)
        assert world.state(CLIENT) is State.RETURNED

    @pytest.mark.parametrize(
        ("says", "typed", "key", "how"),
        [
            ("without a reason", {"reason": " "}, "required", Invalid),
            ("declined, and nobody else says so", {"reason": "Vill inte", "declined": True}, "choose_one", Invalid),
            ("declined, and the second is the first", {"reason": "Vill inte", "declined": True, "agreed_with": "anna"},
             "two_people_agree", Invalid),
            ("declined, and the second sees no clients",
             {"reason": "Vill inte", "declined": True, "agreed_with": "maria"}, "two_people_agree", Invalid),
            ("declined, and the second is of no team of ours",
             {"reason": "Vill inte", "declined": True, "agreed_with": "bo"}, "unknown_member", Invalid),
        ],
    )  # fmt: skip
    def test_not(self, says: str, typed: dict[str, Any], key: str, how: type[Refused]) -> None:
        with pytest.raises(how, match=key):
            on_board().world().do(placement.return_to_planned_care, CLIENT, by="anna", **typed)

    @pytest.mark.parametrize(
        ("meanwhile", "key"),
        [
            (lambda world: world.flag(CLIENT, by="lars", taken_by=""), "flagged_meanwhile"),
            (lambda world: world.meets(CLIENT, "lars", WORSE), "worse_meanwhile"),
        ],
    )
    def test_not_over_what_they_had_not_seen(self, meanwhile: Callable[[World], Any], key: str) -> None:
        world = on_board().world()
        saw = len(world.rows)
        meanwhile(world)
        with pytest.raises(Conflict, match=key):
            world.do(placement.return_to_planned_care, CLIENT, saw=saw, reason="Mår bra")

    def test_declined_by_two(self) -> None:
        world = on_board().world()
        [fact] = world.do(
            placement.return_to_planned_care, CLIENT, reason="Vill inte", declined=True, agreed_with="lars"
        )
        assert isinstance(fact, e.Returned)
        assert fact.agreed_with == "lars"

    def test_and_undoes_it_within_a_minute_as_it_was(self) -> None:
        world = returning()
        seq = len(world.rows) + 1
        world.do(placement.return_to_planned_care, CLIENT, reason="Flyttar hem")
        world.do(undo.undo, CLIENT, seq=seq, saw=seq - 1)
        assert world.state(CLIENT) is State.RETURNING


def test_who_leaves_the_teams_care_waits_for_nobody() -> None:
    world = returned()
    world.do(end_enrolment, CLIENT, reason=e.EndReason.MOVED)
    assert world.to(60 * DAY) == []
    assert world.state(CLIENT) is State.PLANNED_CARE


def test_another_case_manager_answers_for_it_from_the_day_they_do() -> None:
    world = returned()
    world.do(correct, CLIENT, details=replace(world.clients[CLIENT].details, case_manager="fatima"))
    world.do(roster.note_absence, user="lars", first=world.today)
    assert planned_care.coordinator(world.here, world.clients[CLIENT], world.today) == "fatima"

"""What else the rule asks, each by itself (design 5): contacts, hospital, law, plans, people, kept on. A table each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest

from factboard.domain import calendar, stepdown
from factboard.domain import events as e
from factboard.domain.events import Blocker, ContactKind, Mode, Need
from factboard.domain.stepdown import State
from tests.domain.stepdown.given import CLIENT, WORSE, Life, on_board, ready
from tests.domain.stepdown.world import CATEGORIES, DAY, NOW, TICK, local

SECOND = 1 / 86_400
MICROSECOND = SECOND / 1_000_000
TRIED, PHONE = ContactKind.TRIED, ContactKind.PHONE


def contacts(days_on_board: float = 20) -> Life:
    return on_board(days_ago=days_on_board, contacts=False)


@pytest.mark.parametrize(
    ("says", "life", "have", "met"),
    [
        ("none", contacts(), 0, False),
        ("one too few", contacts().met("anna", days_ago=1), 1, False),
        ("as many as the category asks", contacts().met("anna", days_ago=1).met("anna", days_ago=2), 2, True),
        ("on the telephone", contacts().met("anna", PHONE, days_ago=1).met("anna", PHONE, days_ago=2), 2, True),
        ("an attempt is none", contacts().met("anna", days_ago=1).met("lars", TRIED, days_ago=2), 1, False),
        ("ten attempts are none",
         reduce(lambda life, n: life.met("anna", TRIED, days_ago=n / 2), range(10), contacts()), 0, False),
        ("written down 72 hours late", contacts().met("anna", days_ago=4, hours_late=72).met("anna", days_ago=1), 2,
         True),
        ("written down later than that",
         contacts().met("anna", days_ago=4, hours_late=72.001).met("anna", days_ago=1), 1, False),
        ("seven days ago, at any hour of the day",
         contacts().met("anna", days_ago=7 + 9 / 24).met("anna", days_ago=1), 2, True),
        ("eight days ago", contacts().met("anna", days_ago=7 + 11 / 24).met("anna", days_ago=1), 1, False),
        ("undone", contacts().met("anna", days_ago=1).met("anna", days_ago=2).undone(), 1, False),
        ("on the board for a week less a second: not judged yet", contacts(7 - SECOND), 0, True),
        ("on the board for a week", contacts(7), 0, False),
        ("in a new category it is judged as before", contacts().moved_to("law", days_ago=1), 0, False),
        ("a category that asks for none", contacts().policy(contacts=0), 0, True),
        ("a category that asks for five", on_board().policy(contacts=5), 2, False),
        ("from before this time on the board: it is the team's care of seven days",
         on_board(days_ago=7, contacts=False).met("anna", days_ago=6.9).met("lars", days_ago=1), 2, True),
    ],
)  # fmt: skip
def test_contacts_of_the_last_seven_days(says: str, life: Life, have: int, met: bool) -> None:
    found = life.finding(Need.CONTACTS)
    assert (found.have, found.met) == (have, met)


def test_a_week_of_contacts_rolls_on_at_midnight() -> None:
    world = contacts().met("anna", days_ago=3).met("lars", days_ago=1).world()
    first, second = (calendar.midnight_after(world.today + days * DAY, world.here.settings) for days in (4, 6))
    for at, have in ((first - TICK, 2), (first, 1), (second - TICK, 1), (second, 0)):
        world.now = at
        assert (found := world.standing(CLIENT).finding(Need.CONTACTS))
        assert found.have == have


def test_a_list_that_was_brought_in_is_judged_from_a_week_after_it_came() -> None:
    life = Life().then(e.PutOnBoard("stable", "Ur listan", since=NOW - 40 * DAY, source=e.Source.IMPORT), days_ago=6)
    assert life.finding(Need.CONTACTS).met
    assert not replace(life, told=((NOW - 7 * DAY, *life.told[0][1:]),)).finding(Need.CONTACTS).met


HOSPITAL = [
    ("in hospital since an hour", ready().admitted(days_ago=0.04), {Need.AT_HOME}),
    ("on another ward", ready().admitted(days_ago=0.9).then(e.AdmissionChanged("Avd 9"), days_ago=0.5), {Need.AT_HOME}),
    ("home for thirteen days", home := ready().admitted(days_ago=15).discharged(days_ago=13), {Need.SETTLED}),
    ("home for fourteen", ready().admitted(days_ago=15).discharged(days_ago=14), set()),
    ("home again, and nobody has seen them there", on_board().rated("anna", days_ago=18).rated("lars", days_ago=15)
     .rated("anna", days_ago=14).admitted(days_ago=14).discharged(days_ago=14), {Need.RATINGS, Need.RATERS, Need.DAYS}),
    ("an admission that was noted by mistake", ready().admitted(days_ago=0.02).undone(), set()),
]  # fmt: skip
LAW = [
    ("a measure, where the category says so", ready("law").then(e.LegalMeasureStarted("m", "ÖPT", NOW.date())),
     {Need.LEGAL}),
    ("a measure, in another category", ready("stable").then(e.LegalMeasureStarted("m", "ÖPT", NOW.date())), set()),
    ("a measure whose day has passed, and nobody has ended",
     ready("law").then(e.LegalMeasureStarted("m", "ÖPT", NOW.date() - 9 * DAY, NOW.date() - DAY)), {Need.LEGAL}),
    ("one of two is over", ready("law").then(e.LegalMeasureStarted("m", "ÖPT", NOW.date()))
     .then(e.LegalMeasureStarted("n", "ÖRV", NOW.date())).then(e.LegalMeasureEnded("m", "ÖPT", NOW.date())),
     {Need.LEGAL}),
    ("it is over", ready("law").then(e.LegalMeasureStarted("m", "ÖPT", NOW.date()))
     .then(e.LegalMeasureEnded("m", "ÖPT", NOW.date())), set()),
]  # fmt: skip


def with_all() -> Life:
    """Everything that the rule asks of the time on the board that began twenty days ago."""
    life = Life().reviewed().planned().met("lars", days_ago=3).met("anna", days_ago=1)
    return life.rated("anna", days_ago=9).rated("lars", days_ago=5).rated("anna", days_ago=1)


def urgent_then() -> Life:
    """An urgent action was left to do as the last time on the board ended."""
    life = with_all().then(e.PutOnBoard("stable", "Då"), days_ago=90)
    return life.then(e.ActionAdded("a", "Ring", urgent=True), days_ago=80).then(e.Returned("Bättre"), days_ago=70)


ACTIONS = [
    ("an urgent action", ready().then(e.ActionAdded("a", "Ring", "lars", urgent=True)), {Need.URGENT}),
    ("one without an owner", ready().then(e.ActionAdded("a", "Ring", urgent=True)), {Need.URGENT}),
    ("one that can wait", ready().then(e.ActionAdded("a", "Ring")), set()),
    ("one that is done", ready().then(e.ActionAdded("a", "Ring", urgent=True)).then(e.ActionDone("a", "Ring")), set()),
    ("one left from the last time on the board",
     urgent_then().then(e.PutOnBoard("stable", "Nu"), days_ago=20), {Need.URGENT}),
    ("one left from then, though they were put on by mistake meanwhile",
     urgent_then().then(e.PutOnBoard("stable", "Fel"), days_ago=40).then(e.EnteredInError("Fel"), days_ago=39)
     .then(e.PutOnBoard("stable", "Nu"), days_ago=20), {Need.URGENT}),
    ("one of a time that was a mistake itself",
     with_all().then(e.PutOnBoard("stable", "Fel"), days_ago=40)
     .then(e.ActionAdded("a", "Ring", urgent=True), days_ago=39.5).then(e.EnteredInError("Fel"), days_ago=39)
     .then(e.PutOnBoard("stable", "Nu"), days_ago=20), set()),
    ("one, where the category does not mind", ready().then(e.ActionAdded("a", "Ring", urgent=True))
     .policy(blockers=()), set()),
]  # fmt: skip
CRISIS_PLAN = [
    ("never reviewed", ready(crisis=False), {Need.CRISIS_PLAN}),
    ("reviewed the day before this time began", ready(crisis=False).reviewed(days_ago=21), {Need.CRISIS_PLAN}),
    ("reviewed on the day it began", ready(crisis=False).reviewed(days_ago=20), set()),
    ("reviewed, the client declined", ready(crisis=False).reviewed(days_ago=3, with_client=False), set()),
    ("where the category does not ask", ready(crisis=False).policy(blockers=(Blocker.URGENT,)), set()),
]
CASE_MANAGER = [
    ("nobody", ready().knows(case_manager=None), {Need.CASE_MANAGER}),
    ("away today", ready().away("anna"), {Need.CASE_MANAGER}),
    ("away from tomorrow", ready().away("anna", from_in=1, to_in=9), set()),
    ("away until yesterday", ready().away("anna", from_in=-9, to_in=-1), set()),
    ("off on Mondays is not away", ready().member("anna", works=(1, 2)), set()),
    ("away, and somebody stands in", ready().knows(case_manager="anna", substitute="lars").away("anna"), set()),
    ("nobody but a substitute", ready().knows(substitute="lars"), set()),
    ("both away", ready().knows(case_manager="anna", substitute="lars").away("anna").away("lars"), {Need.CASE_MANAGER}),
    ("has left the team", ready().member("anna", left=True), {Need.CASE_MANAGER}),
    ("sees no clients any more", ready().member("anna", role=e.Role.AUDITOR), {Need.CASE_MANAGER}),
    ("where the category does not ask", ready().away("anna").policy(blockers=()), set()),
]
NEXT_CONTACT = [
    ("none", ready(plan=False), {Need.NEXT_CONTACT}),
    ("today", ready(plan=False).planned(in_days=0), set()),
    ("passed yesterday", ready(plan=False, contacts=False).met("lars", days_ago=3).met("anna", days_ago=2)
     .planned(in_days=-1, days_ago=4), {Need.NEXT_CONTACT}),
    ("made on its day, the next is counted from there",
     ready(plan=False).planned(in_days=-3, every=7, days_ago=10).met("lars", days_ago=3), set()),
    ("made a day early: its day stands", ready(plan=False).planned(in_days=0, every=1, days_ago=10), set()),
    ("an attempt on its day", ready(plan=False, contacts=False).planned(in_days=-3, days_ago=10)
     .met("anna", days_ago=4).met("anna", days_ago=5).met("lars", TRIED, days_ago=3), {Need.NEXT_CONTACT}),
    ("made long ago: the one after it has passed too",
     ready(plan=False, contacts=False).planned(in_days=-9, every=2, days_ago=12).met("lars", days_ago=5)
     .met("anna", days_ago=6), {Need.NEXT_CONTACT}),
    ("by somebody who has left", ready().member("lars", left=True), {Need.NEXT_CONTACT}),
    ("by somebody who sees no clients", ready().member("lars", role=e.Role.AUDITOR), {Need.NEXT_CONTACT}),
    ("where the category does not ask", ready(plan=False).policy(blockers=()), set()),
]  # fmt: skip
KEPT_ON = [
    ("until today", ready().kept(until_in=0, days_ago=3), {Need.NOT_KEPT}),
    ("until yesterday", ready().kept(until_in=-1, days_ago=3), set()),
    ("until Friday", ready().kept(until_in=4), {Need.NOT_KEPT}),
    ("kept on again, for less", ready().kept(until_in=9, days_ago=3).kept(until_in=-1, days_ago=2), set()),
    ("and it was undone", ready().kept(until_in=4, days_ago=0.01).undone(), set()),
]
BY_HAND = [
    ("a category that lets nobody go by itself", ready("by_hand"), {Need.BY_ITSELF}),
    ("a category in which a person announces", ready("confirm"), set()),
    ("the policy was changed to by hand", ready().policy(mode=Mode.BY_HAND), {Need.BY_ITSELF}),
    ("the policy was changed from by hand", ready("by_hand").policy("by_hand", mode=Mode.CONFIRM), set()),
]
SEVERAL = [
    ("everything at once", on_board("law", contacts=False, plan=False, crisis=False).rated("anna", WORSE).knows()
     .admitted().then(e.ActionAdded("a", "Ring", urgent=True)).then(e.LegalMeasureStarted("m", "ÖPT", NOW.date()))
     .kept(until_in=2), set(Need) - {Need.BY_ITSELF, Need.SETTLED, Need.FRESH}),
]  # fmt: skip
ROWS = {
    "hospital": HOSPITAL, "law": LAW, "urgent action": ACTIONS, "crisis plan": CRISIS_PLAN,
    "case manager": CASE_MANAGER, "next contact": NEXT_CONTACT, "kept on": KEPT_ON, "by hand": BY_HAND,
    "several": SEVERAL,
}  # fmt: skip
NAMED = [(f"{rule}: {says}", life, missing) for rule, rows in ROWS.items() for says, life, missing in rows]


@pytest.mark.parametrize(("life", "missing"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
def test_what_is_missing(life: Life, missing: set[Need]) -> None:
    assert life.missing() == missing


@pytest.mark.parametrize("category", [one.code for one in CATEGORIES if one.code != "by_hand"])
def test_only_who_has_all_of_it_is_ready(category: str) -> None:
    assert ready(category).world().state(CLIENT) is State.READY


def test_discharge_counts_local_days_and_turns_at_midnight() -> None:
    world = home.world()
    midnight = local("2026-11-24 00:00")
    for at, met in ((midnight - TICK, False), (midnight, True)):
        world.now = at
        assert (found := world.standing(CLIENT).finding(Need.SETTLED))
        assert (found.met, found.day) == (met, NOW.date() + timedelta(days=1))


def test_kept_on_lasts_to_the_end_of_its_day_then_they_are_ready_at_most() -> None:
    world = ready().kept(until_in=1).world()
    over = local("2026-11-25 00:00")
    for at, state in ((over - TICK, State.KEPT), (over, State.READY), (over + 20 * DAY, State.ON_BOARD)):
        world.to(at)
        assert world.state(CLIENT) is state
        assert world.stay(CLIENT).holds == 1
    assert not world.of(CLIENT, e.ReturnAnnounced, e.Returned)


def test_to_prolong_or_to_change_a_hold_that_still_runs_is_no_other_time() -> None:
    world = ready().kept(until_in=2).world()
    for days, holds in ((2, 1), (5, 1), (1, 1)):
        world.do(stepdown.keep_on, CLIENT, reason="Orolig", until=world.today + days * DAY)
        assert world.stay(CLIENT).holds == holds, days
    world.to(NOW + 3 * DAY)
    world.do(stepdown.keep_on, CLIENT, reason="Orolig igen")
    assert world.stay(CLIENT).holds == 2


def test_kept_on_who_is_not_ready_is_not_ready_afterwards() -> None:
    world = on_board().kept(until_in=1).world()
    world.to(NOW + 3 * DAY)
    assert world.state(CLIENT) is State.ON_BOARD

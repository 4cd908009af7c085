"""Called off by any loss, at once, and nothing brings it back; kept on the board by anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from factboard.domain import care, crisis_plan, enrolment, placement, planned_care, roster, stepdown, team, undo
from factboard.domain import events as e
from factboard.domain.events import Need
from factboard.domain.refusal import Invalid
from factboard.domain.stepdown import Keeping, State, Wishes
from tests.domain.stepdown.given import CLIENT, SEEN, TOLD, USUAL, WORSE, announced, ready, returning
from tests.domain.stepdown.world import DAY, MINUTE, NOW, TICK, World, local

FRIDAY = date(2026, 11, 27)

CALLS_OFF: list[tuple[str, Callable[[World], Any], set[Need]]] = [
    ("worse, seen", lambda w: w.meets(CLIENT, "lars", WORSE), {Need.RATINGS, Need.RATERS, Need.DAYS}),
    ("worse, told by others", lambda w: w.do(placement.rate, CLIENT, rating=WORSE, basis=TOLD),
     {Need.RATINGS, Need.RATERS, Need.DAYS}),
    ("worse, two days ago, and learnt now",
     lambda w: w.do(placement.rate, CLIENT, rating=WORSE, basis=TOLD, happened_at=w.now - 2 * DAY),
     {Need.RATINGS, Need.RATERS, Need.DAYS}),
    ("a new flag", lambda w: w.flag(CLIENT, taken_by=""), {Need.RATINGS, Need.RATERS, Need.DAYS}),
    ("another category", lambda w: w.do(placement.recategorise, CLIENT, category="quick"),
     {Need.RATINGS, Need.RATERS, Need.DAYS}),
    ("in hospital", lambda w: w.do(care.admit, CLIENT, ward="Avd 5"), {Need.AT_HOME}),
    ("in hospital, and in the category for that", lambda w: w.do(care.admit, CLIENT, ward="Avd 5", category="by_hand"),
     {Need.BY_ITSELF, Need.AT_HOME, Need.RATINGS, Need.RATERS, Need.DAYS}),
    ("kept on", lambda w: w.do(stepdown.keep_on, CLIENT, reason="Vänta"), {Need.NOT_KEPT}),
    ("an urgent action", lambda w: w.do(placement.add_action, CLIENT, text="Ring", urgent=True), {Need.URGENT}),
    ("a measure by law", lambda w: w.do(care.start_legal_measure, CLIENT, name="ÖPT"), {Need.LEGAL}),
    ("the case manager is ill", lambda w: w.do(roster.note_absence, user="anna", first=w.today), {Need.CASE_MANAGER}),
    ("the case manager has left", lambda w: w.do(team.remove_member, by="lars", user="anna"), {Need.CASE_MANAGER}),
    ("no case manager any more",
     lambda w: w.do(enrolment.correct, CLIENT, details=e.Details("Exempel", "Stina")), {Need.CASE_MANAGER}),
    ("who was to meet them has left", lambda w: w.do(team.remove_member, user="lars"), {Need.NEXT_CONTACT}),
    ("the policy asks for more",
     lambda w: w.tell(e.CategoryChanged(e.Category("law", policy=e.Policy(stable_ratings=4, stable_days=8)))),
     {Need.RATINGS}),
    ("the policy lets nobody go by itself",
     lambda w: w.tell(e.CategoryChanged(e.Category("law", policy=e.Policy(stable_days=8, mode=e.Mode.BY_HAND)))),
     {Need.BY_ITSELF}),
    ("more contacts are asked for",
     lambda w: w.tell(e.CategoryChanged(e.Category("law", policy=e.Policy(stable_days=8), contacts_a_week=3))),
     {Need.CONTACTS}),
]  # fmt: skip


@pytest.mark.parametrize(("act", "lost"), [row[1:] for row in CALLS_OFF], ids=[row[0] for row in CALLS_OFF])
@pytest.mark.parametrize("upheld", [False, True], ids=["announced", "upheld for today"])
def test_calls_the_announcement_off_at_once(act: Callable[[World], Any], lost: set[Need], upheld: bool) -> None:
    world = returning("law") if upheld else announced("law")
    done = act(world)
    [off] = world.of(CLIENT, e.AnnouncementWithdrawn)
    assert done[-1] == off == e.AnnouncementWithdrawn(
        tuple(one for one in Need if one in lost), world.now, 1, world.here.policies[world.stay(CLIENT).category],
        "test", len(world.rows) - 1,
    )  # fmt: skip
    assert world.stay(CLIENT).announced is None
    assert world.state(CLIENT) is (State.KEPT if Need.NOT_KEPT in lost else State.ON_BOARD)
    world.to(30 * DAY)
    assert not world.of(CLIENT, e.Returned)


def test_nothing_else_calls_it_off() -> None:
    world = announced()
    world.do(placement.take, CLIENT, by="fatima", over=True)
    world.do(placement.set_review, CLIENT, review_by=FRIDAY)
    world.do(placement.add_action, CLIENT, text="Ring vårdcentralen")
    world.meets(CLIENT, "lars", e.Rating.BETTER)
    world.do(care.start_legal_measure, CLIENT, name="ÖPT")  # this category does not mind
    world.do(roster.note_absence, user="lars", first=world.today)  # who meets them next, on another day
    world.do(stepdown.tell, CLIENT, informed=e.Informed.YES, view="Vill det själv")
    assert world.state(CLIENT) is State.ANNOUNCED


@pytest.mark.parametrize(
    "act", [
        lambda w: w.meets(CLIENT, "anna", WORSE),
        lambda w: w.flag(CLIENT, taken_by=""),
        lambda w: w.do(care.admit, CLIENT, ward="Avd 5"),
        lambda w: w.do(stepdown.keep_on, CLIENT, reason="Vänta"),
        lambda w: w.do(placement.recategorise, CLIENT, category="quick"),
    ], ids=["worse", "flag", "admitted", "kept on", "category"],
)  # fmt: skip
def test_undoing_the_cause_does_not_bring_it_back(act: Callable[[World], Any]) -> None:
    world = announced()
    seq = len(world.rows) + 1
    act(world)
    world.now += MINUTE / 2
    world.do(undo.undo, CLIENT, seq=seq, saw=seq - 1)
    assert world.state(CLIENT) is State.READY
    assert world.stay(CLIENT).announced is None
    world.to("2026-11-24 09:00")
    world.meet()
    assert world.state(CLIENT) is State.ANNOUNCED, "made anew, by a meeting"
    world.to("2026-11-24 18:00")
    assert world.state(CLIENT) is not State.RETURNED


def contacts_grow_old(world: World) -> datetime:
    world.do(planned_care.set_planned_contact, CLIENT, who="lars", every_days=7, next=date(2026, 12, 1))
    return local("2026-11-28 00:00")


def planned_contact_is_not_made(world: World) -> datetime:
    world.meets(CLIENT, "fatima")
    world.meets(CLIENT, "fatima")
    return local("2026-11-27 00:00")


def leave_begins(world: World) -> datetime:
    world.do(roster.note_absence, user="anna", first=date(2026, 11, 25))
    return local("2026-11-25 00:00")


def first_week_ends(world: World) -> datetime:
    """In the first seven days nobody counts the contacts."""
    world.flag("omar", "quick")
    at = world.now + 7 * DAY
    world.do(planned_care.set_planned_contact, "omar", who="lars", every_days=7, next=date(2026, 12, 10))
    world.do(crisis_plan.review_crisis_plan, "omar", with_client=True)
    for days, by in ((1, "anna"), (2, "lars")):
        world.to(NOW + days * DAY)
        world.do(placement.rate, "omar", by=by, rating=USUAL, basis=SEEN)
    world.meet()
    return at


@pytest.mark.parametrize(
    ("client", "prepared", "lost"),
    [
        (CLIENT, contacts_grow_old, Need.CONTACTS),
        (CLIENT, planned_contact_is_not_made, Need.NEXT_CONTACT),
        (CLIENT, leave_begins, Need.CASE_MANAGER),
        ("omar", first_week_ends, Need.CONTACTS),
    ],
)
def test_time_alone_calls_it_off_at_the_very_instant(
    client: str, prepared: Callable[[World], datetime], lost: Need
) -> None:
    world = announced()
    world.enrol("omar")
    at = prepared(world)
    world.to(at - TICK)
    assert world.state(client) is State.ANNOUNCED
    [off] = [fact for fact in world.to(at) if isinstance(fact, e.AnnouncementWithdrawn)]
    assert (off.lost, off.due, off.cause) == ((lost,), at, None)


def test_it_is_called_off_though_the_loss_was_made_good_before_anybody_looked() -> None:
    """The service was down when a contact grew old; the first thing that somebody does after it is to log another."""
    world = announced()
    at = contacts_grow_old(world)
    world.sleep(at + MINUTE)
    done = world.meets(CLIENT, "lars", rating=None)
    assert [fact.kind for fact in done] == ["contact_logged", "announcement_withdrawn"]
    assert world.state(CLIENT) is State.READY
    assert not world.run()


def test_what_is_learnt_afterwards_counts_too() -> None:
    """The case manager was away for a day since the announcement, and it is written down when they are back."""
    world = announced()
    world.to(NOW + 2 * DAY)
    done = world.do(roster.note_absence, user="anna", first=date(2026, 11, 24), last=date(2026, 11, 24))
    assert [fact.kind for fact in done] == ["absence_noted", "announcement_withdrawn"]
    assert not world.run()


class TestKeptOn:
    def test_by_anybody_and_counted(self) -> None:
        world = announced()
        world.do(stepdown.keep_on, CLIENT, by="maria", reason="Vänta", until=world.today)
        world.do(stepdown.keep_on, CLIENT, by="lars", reason="Vänta lite till", until=world.today + timedelta(days=1))
        kept = world.stay(CLIENT).kept
        assert kept
        assert (kept.by, kept.reason, kept.until) == ("lars", "Vänta lite till", date(2026, 11, 24))
        assert world.stay(CLIENT).holds == 1, "prolonged, it is the same one"
        world.to(NOW + 2 * DAY)
        world.do(stepdown.keep_on, CLIENT, by="anna", reason="Vänta igen", until=FRIDAY)
        assert world.stay(CLIENT).holds == 2

    def test_for_a_week_where_nobody_says_until_when(self) -> None:
        world = ready().world()
        world.do(stepdown.keep_on, CLIENT, reason="Vänta")
        assert (kept := world.stay(CLIENT).kept)
        assert kept.until == world.today + timedelta(days=7)

    @pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (14, True), (15, False)])
    def test_for_fourteen_days_at_most(self, days: int, may: bool) -> None:
        world = ready().world()
        until = world.today + timedelta(days=days)
        if may:
            world.do(stepdown.keep_on, CLIENT, reason="Vänta", until=until)
            assert world.state(CLIENT) is State.KEPT
            return
        with pytest.raises(Invalid, match="kept_too_long"):
            world.do(stepdown.keep_on, CLIENT, reason="Vänta", until=until)

    def test_not_without_a_reason(self) -> None:
        with pytest.raises(Invalid, match="required"):
            ready().world().do(stepdown.keep_on, CLIENT, reason=" ")

    def test_at_closing_instead_of_returning_today(self) -> None:
        world = announced()
        world.to(NOW + DAY)
        done = world.meet(wishes=Wishes(keep={CLIENT: Keeping("Sov illa i natt")}))
        assert [fact.kind for fact in done] == ["return_held", "meeting_closed", "announcement_withdrawn"]
        assert world.state(CLIENT) is State.KEPT

    def test_when_it_has_run_out_another_meeting_has_to_announce_them(self) -> None:
        world = announced()
        world.do(stepdown.keep_on, CLIENT, reason="Vänta", until=world.today)
        world.do(planned_care.set_planned_contact, CLIENT, who="lars", every_days=7, next=date(2026, 12, 1))
        world.to(NOW + DAY)
        assert world.state(CLIENT) is State.READY
        world.meet()
        assert world.state(CLIENT) is State.ANNOUNCED
        world.to(NOW + DAY + timedelta(hours=8))
        assert world.state(CLIENT) is State.ANNOUNCED

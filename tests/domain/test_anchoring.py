"""The case manager in the middle: who is asked, of what, and what becomes of the answer."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from factboard.domain import anchoring, contact, placement, planned_care, visits
from factboard.domain import events as e
from factboard.domain.consent import thinned
from factboard.domain.events import Anchored, Answer
from factboard.domain.events.contents import CarePlan, Kind, Together
from factboard.domain.notices import notices
from factboard.domain.refusal import Conflict, Forbidden, Invalid
from factboard.domain.state import Absence
from factboard.domain.today.asked import asked as asked_today
from tests.domain.given import MEMBERS, NOW, TODAY, Given, Refusal, a_client

BO = e.Member("bo", "bo", "Bo Test", e.Role.CLINICIAN)
TEAM = {one.user: one for one in (*MEMBERS, BO)}
LARS = a_client(case_manager="lars").on_board().with_team(members=TEAM)
BOTH = a_client(case_manager="lars", substitute="bo").on_board().with_team(members=TEAM)
NOBODY = a_client().on_board()
LEFT = a_client(case_manager="greta").on_board()

plan_visit = anchoring.asking(visits.plan_visit)
TOMORROW = TODAY + timedelta(days=1)
VISIT = {"who": "anna", "day": TOMORROW}
PLANNED: list[tuple[anchoring.Rule, dict[str, object]]] = [
    (visits.plan_visit, VISIT),
    (visits.change_visit, VISIT | {"visit": 23}),
    (visits.cancel_visit, {"visit": 23}),
    (planned_care.set_planned_contact, {"who": "anna", "every_days": 14, "next": TOMORROW}),
    (placement.add_action, {"text": "Ring mamman"}),
    (placement.recategorise, {"category": "long_intensive"}),
    (placement.return_to_planned_care, {"reason": "Sover igen"}),
    (contact.log, {"contact": e.ContactKind.HOME, "next_day": TOMORROW}),
]
WITH_VISIT = LARS.then(e.VisitPlanned("lars", TODAY))


def asking(said: Anchored = Anchored.ASKED, *, by: str = "anna", given: Given = LARS) -> Given:
    """A visit was planned by anna, who said this."""
    return given.then(e.VisitPlanned("anna", TODAY + timedelta(days=2), anchored=said), by=by)


@pytest.mark.parametrize(("rule", "what"), PLANNED, ids=[rule.__name__ for rule, _ in PLANNED])
def test_whoever_plans_something_for_anothers_client_says_whether_it_is_anchored(
    rule: anchoring.Rule, what: dict[str, object]
) -> None:
    asks = anchoring.asking(rule)
    with pytest.raises(Invalid, match="choose_one") as refused:
        asks(WITH_VISIT.case("anna"), **what)
    assert refused.value.field == "anchored"
    for said in (Anchored.YES, Anchored.ASKED, Anchored.URGENT):
        facts = [entry.fact for entry in asks(WITH_VISIT.case("anna"), anchored=said, **what)]
        assert [one.anchored for one in facts if hasattr(one, "anchored")] == [said]


@pytest.mark.parametrize(("rule", "what"), PLANNED, ids=[rule.__name__ for rule, _ in PLANNED])
def test_a_case_manager_and_the_substitute_are_not_asked_of_their_own(
    rule: anchoring.Rule, what: dict[str, object]
) -> None:
    for actor in ("lars", "bo"):
        given = BOTH.then(e.VisitPlanned("lars", TODAY))
        asked = anchoring.asking(rule)(given.case(actor), anchored=Anchored.YES, **what)
        assert asked == rule(given.case(actor), **what)


@pytest.mark.parametrize("given", [NOBODY, LEFT], ids=["none", "has left"])
def test_without_a_case_manager_in_the_team_nobody_is_asked(given: Given) -> None:
    [entry] = plan_visit(given.case(), **VISIT)
    assert isinstance(entry.fact, e.VisitPlanned)
    assert entry.fact.anchored is None


def test_what_comes_late_from_a_phone_without_a_word_of_it_asks() -> None:
    [entry] = plan_visit(LARS.case(waited=timedelta(hours=2)), **VISIT)
    assert isinstance(entry.fact, e.VisitPlanned)
    assert entry.fact.anchored is Anchored.ASKED


def test_a_change_that_changes_nothing_asks_nothing() -> None:
    same = {"visit": WITH_VISIT.seq, "who": "lars", "day": TODAY}
    assert anchoring.asking(visits.change_visit)(WITH_VISIT.case("anna"), **same) == []


def test_one_touch_asks_nothing_and_the_case_manager_is_told() -> None:
    [entry] = anchoring.telling(visits.go)(LARS.case("anna"))
    assert isinstance(entry.fact, e.VisitPlanned)
    assert entry.fact.anchored is Anchored.TOLD
    [own] = anchoring.telling(visits.go)(LARS.case("lars"))
    assert isinstance(own.fact, e.VisitPlanned)
    assert own.fact.anchored is None


def test_who_is_told_and_who_is_told_of_the_answer() -> None:
    def told(given: Given) -> list[str]:
        assert given.client
        return [one.user for one in notices(given.team, given.client, given.story[-1])]

    assert told(asking()) == ["lars"]
    assert told(asking(given=BOTH)) == ["lars"]
    gone = BOTH.with_team(absences={"a": Absence("a", "lars", TODAY, TODAY, "")})
    assert told(asking(given=gone)) == ["lars", "bo"]
    assert told(answered(asking(), Answer.AGREES)) == ["anna"]
    assert told(asking(Anchored.YES)) == ["lars"]  # so that a yes that is none is seen


def answered(given: Given, said: Answer, *, by: str = "lars", note: str = "") -> Given:
    fact = e.AnchoringAnswered(given.seq, "visit_planned", "anna", said, note, NOW if said is Answer.TALK else None)
    return given.then(fact, by=by)


def test_what_waits_is_what_was_asked_or_urgent_until_it_is_answered() -> None:
    def waits(given: Given) -> list[bool]:
        assert given.client
        return [one.waits for one in given.client.anchorings]

    assert waits(asking()) == [True]
    assert waits(asking(Anchored.URGENT)) == [True]
    assert waits(asking(Anchored.YES)) == [False]
    assert waits(asking(Anchored.TOLD)) == [False]
    assert waits(answered(asking(), Answer.AGREES)) == [False]
    assert waits(answered(asking(), Answer.OBJECTS, note="Inte än")) == [False]
    assert waits(answered(asking(), Answer.TALK)) == [True]
    assert waits(answered(asking(Anchored.YES), Answer.TALK)) == [True]


@pytest.mark.parametrize(
    "later",
    [
        e.VisitCancelled(24, "anna", TODAY),
        e.VisitChanged(24, "lars", TODAY),
        e.EnrolmentEnded(e.EndReason.MOVED),
        e.Undone(24, "visit_planned"),
    ],
    ids=lambda fact: fact.kind,
)
def test_what_was_changed_taken_back_or_ended_asks_no_more(later: e.Fact) -> None:
    given = asking(given=LARS.then(e.Taken()))
    assert given.seq == 24
    assert given.client
    assert given.client.anchorings
    after = given.then(later).client
    assert after
    assert after.anchorings == ()


def test_another_word_of_the_same_thing_takes_the_place_of_the_first() -> None:
    given = asking()
    again = given.then(e.VisitChanged(given.seq, "anna", TODAY, anchored=Anchored.YES), by="anna")
    assert again.client
    assert [(one.kind, one.said) for one in again.client.anchorings] == [("visit_changed", Anchored.YES)]
    other = again.then(e.ActionAdded("a1", "Ring", anchored=Anchored.ASKED), by="anna").client
    assert other
    assert [one.thing for one in other.anchorings] == [f"visit {given.seq}", "action a1"]


def test_those_that_wait_are_never_forgotten_and_of_the_others_the_newest_are_kept() -> None:
    given = asking()
    for number in range(20):
        given = given.then(e.ActionAdded(f"a{number}", "Ring", anchored=Anchored.YES), by="anna")
    assert given.client
    kept = [one.thing for one in given.client.anchorings]
    assert kept == ["visit 23", *(f"action a{number}" for number in range(8, 20))]


def test_the_answer_is_a_fact_that_can_be_read_by_itself() -> None:
    given = asking()
    [entry] = anchoring.answer(
        given.case("lars"), of=given.seq, answer=Answer.TALK, note="Hon vill vänta", talk_day=TOMORROW, talk_at=time(9)
    )
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert entry.fact == e.AnchoringAnswered(given.seq, "visit_planned", "anna", Answer.TALK, "Hon vill vänta", at)
    assert entry.client == "stina"


def test_the_day_shows_what_waits_and_a_talk_to_both() -> None:
    def day(given: Given, user: str) -> list[tuple[Anchored, bool]]:
        assert given.client
        return [(one.of.said, one.theirs) for one in asked_today(given.team, [given.client], user, NOW)]

    two = asking().then(e.ActionAdded("a1", "Ring", anchored=Anchored.URGENT), by="anna")
    assert day(two, "lars") == [(Anchored.URGENT, True), (Anchored.ASKED, True)]
    assert day(two, "anna") == day(two, "bo") == []
    talk = answered(asking(), Answer.TALK)
    assert day(talk, "lars") == [(Anchored.ASKED, True)]
    assert day(talk, "anna") == [(Anchored.ASKED, False)]


def test_the_clients_page_shows_what_waits_and_two_weeks_of_answers() -> None:
    given = answered(asking(), Answer.OBJECTS, note="Inte än")
    assert given.client
    assert len(anchoring.shown(given.client, NOW + timedelta(days=14))) == 1
    assert anchoring.shown(given.client, NOW + timedelta(days=15)) == []


ASKED = asking()
ANSWERED_SINCE = answered(asking(given=BOTH), Answer.AGREES, by="bo")
AGREES: dict[str, object] = {"of": ASKED.seq, "answer": Answer.AGREES}
OBJECTS = AGREES | {"answer": Answer.OBJECTS}
TALK = AGREES | {"answer": Answer.TALK}
TOO_EARLY = TALK | {"talk_day": TODAY - timedelta(days=1), "talk_at": time(9)}
OF_LARS, LATER = ASKED.case("lars"), ANSWERED_SINCE.case("lars", seen=ANSWERED_SINCE.seq - 1)
answer = anchoring.answer
REFUSALS = [
    Refusal("no word", LARS, plan_visit, VISIT, "choose_one", Invalid, "anchored"),
    Refusal("not the case manager", ASKED, answer, AGREES, "not_theirs_to_answer", Forbidden),
    Refusal("changed meanwhile", OF_LARS, answer, AGREES | {"of": 4}, "nothing_to_answer", Conflict),
    Refusal("the substitute was first", LATER, answer, OBJECTS | {"note": "Nej"}, "answered_meanwhile", Conflict),
    Refusal("no day", OF_LARS, answer, TALK | {"talk_at": time(9)}, "required", Invalid, "talk_day"),
    Refusal("no time", OF_LARS, answer, TALK | {"talk_day": TODAY}, "required", Invalid, "talk_at"),
    Refusal("yesterday", OF_LARS, answer, TOO_EARLY, "day_out_of_range", Invalid, "talk_day"),
    Refusal("why not", OF_LARS, answer, OBJECTS, "required", Invalid, "note"),
]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row.says)
def test_no_is_said_with_its_reason(row: Refusal) -> None:
    row.holds()


def test_the_schedule_set_another_way_takes_the_place_of_what_was_asked_of_it() -> None:
    given = LARS.then(e.PlannedContactSet("anna", 14, TODAY, anchored=Anchored.ASKED), by="anna")
    assert given.client
    assert [one.waits for one in given.client.anchorings] == [True]
    after = given.then(e.IntensityChanged("anna", 7, 14, TODAY, "Sover sämre"), by="lars").client
    assert after
    assert after.anchorings == ()


def test_what_is_asked_of_a_document_is_seen_by_whoever_sees_the_document() -> None:
    written = e.DocumentWritten(
        Kind.CARE_PLAN, "care_plan", 1, CarePlan(note="Bo själv"), Together.TOGETHER, anchored=Anchored.ASKED
    )
    given = asking(given=LARS.then(written, by="anna"))
    assert given.client
    board = frozenset({e.Part.IDENTITY, e.Part.BOARD, e.Part.STORY})
    assert [one.kind for one in thinned(given.client, board).anchorings] == ["visit_planned"]
    with_plan = thinned(given.client, board | {Kind.CARE_PLAN})
    assert [one.kind for one in with_plan.anchorings] == ["document_written", "visit_planned"]
    assert thinned(given.client, frozenset({e.Part.IDENTITY})).anchorings == ()
    [entry] = anchoring.answer(given.case("lars"), of=given.client.anchorings[0].seq, answer=Answer.AGREES)
    assert isinstance(entry.fact, e.AnchoringAnswered)
    assert entry.fact.document is Kind.CARE_PLAN

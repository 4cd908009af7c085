"""Undo: within 60 seconds, by the same person, for named kinds, and only while nothing rests on it."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from datetime import timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Forbidden, Unknown
from factboard.domain.undo import RESTS_ON, WRITTEN_TOGETHER, undo
from tests.domain.given import NOW, TODAY, Given, Refusal, a_client, nobody, table

SECOND = timedelta(seconds=1)
ACTION, OTHER_ACTION = e.ActionAdded("a1", "Ring soc"), e.ActionAdded("a2", "Handla")
RATED = e.Rated(e.Rating.USUAL, e.Basis.SEEN, "anna", NOW)
CONTACT = e.ContactLogged(e.ContactKind.HOME, "anna", NOW)
VISIT = e.VisitPlanned("anna", TODAY)
VISIT_MOVED, VISIT_OFF = e.VisitChanged(23, "lars", TODAY), e.VisitCancelled(23, "anna", TODAY)  # the first fact since
PLAN = e.CrisisPlanReviewed(TODAY, True)
MOVED, REVIEW = e.Recategorised("admitted", "short_intensive"), e.ReviewSet(TODAY)
AGAIN, ENDED = e.FlaggedAgain("Ringde"), e.EnrolmentEnded(e.EndReason.MOVED)
ADMITTED, MEASURE = e.Admitted("51", TODAY), e.LegalMeasureStarted("opt", "ÖPT", TODAY)
DISCHARGED, OVER = e.Discharged(TODAY, "51"), e.LegalMeasureEnded("opt", "ÖPT", TODAY)
OTHER_WARD, PROLONGED = e.AdmissionChanged("52"), e.LegalMeasureProlonged("opt", "ÖPT", TODAY)
RETURNED, IN_ERROR = e.Returned("Mår bra"), e.EnteredInError("Fel person")
TIP, TIP_ANSWERED = e.TipNoted("t1", "Orolig", e.Source.RELATIVE), e.TipAnswered("t1", e.TipEnd.TALKED)
HELD, PLANNED = e.ReturnHeld(TODAY, "Sonen flyttar"), e.PlannedContactSet("anna", 7, TODAY)
ANNOUNCED = e.ReturnAnnounced("m", e.Mode.AUTOMATIC, NOW, "anna", TODAY, e.Informed.NO, "", e.Grounds(1, 5, "0.3"))

RECENT = a_client().on_board(by="anna", ago=10 * SECOND)
ON_BOARD = a_client().on_board()


def undoing(given: Given, back: int = 1, actor: str = "anna") -> tuple[Case, dict[str, object]]:
    """The question whether the fact `back` steps from the newest may be undone."""
    row = given.story[-back]
    return given.case(actor, seen=row.seq - 1), {"seq": row.seq}


PACED = e.IntensityChanged("anna", 7, 14, TODAY, "Oro")
MODEL, HANDED = e.ClientModelSet("act", "f_act"), e.CaseManagerChanged("anna", "lars")


def refusal(says: str, given: Given, back: int, key: str, how: type = Conflict, actor: str = "anna") -> Refusal:
    case, typed = undoing(given, back, actor)
    return Refusal(says, case, undo, typed, key, how)


REFUSALS = [
    Refusal("undoing about nobody", nobody(), undo, {"seq": 21}, "unknown_client", Unknown),
    Refusal("undoing what is not there", RECENT.case(seen=0), undo, {"seq": 999}, "cannot_be_undone", Conflict),
    refusal("undoing an enrolment", a_client(), 1, "cannot_be_undone", actor="lars"),
    refusal("undoing the end of an enrolment", a_client().then(ENDED, by="anna"), 1, "cannot_be_undone"),
    refusal("undoing an undo", RECENT.undone(by="anna"), 1, "cannot_be_undone"),
    refusal("undoing what another did", RECENT, 1, "undo_own_only", Forbidden, actor="lars"),
    refusal("undoing twice", RECENT.undone(by="anna"), 2, "already_undone"),
    refusal("undoing after 61 seconds", a_client().on_board(by="anna", ago=61 * SECOND), 1, "undo_too_late"),
]  # fmt: skip


PRIOR: dict[type[e.Fact], e.Fact] = {
    e.ActionDone: ACTION, e.VisitChanged: VISIT, e.VisitCancelled: VISIT,
    e.AdmissionChanged: ADMITTED, e.Discharged: ADMITTED, e.LegalMeasureProlonged: MEASURE, e.LegalMeasureEnded: MEASURE,
    e.TipAnswered: TIP,
}  # fmt: skip


def before(fact: e.Fact) -> Given:
    """A situation in which anna has just written this fact."""
    if isinstance(fact, e.PutOnBoard):
        return RECENT
    if prior := PRIOR.get(type(fact)):
        return ON_BOARD.then(prior).then(fact, by="anna")
    return ON_BOARD.then(fact, by="anna")


UNDOABLE: dict[type[e.Fact], e.Fact] = {
    type(fact): fact
    for fact in (
        e.PutOnBoard("short_intensive", "x"), AGAIN, e.Taken(), MOVED, RATED, CONTACT, VISIT, ACTION,
        e.ActionDone("a1", "Ring"), PLAN, REVIEW, RETURNED, IN_ERROR, VISIT_MOVED, VISIT_OFF,
        ADMITTED, OTHER_WARD, DISCHARGED, MEASURE, PROLONGED, OVER, HELD, PLANNED,
        e.AnchoringAnswered(4, "visit_planned", "lars", e.Answer.AGREES),
        PACED, MODEL, HANDED, TIP, TIP_ANSWERED,
    )
}  # fmt: skip
LATER = (AGAIN, e.Taken(), MOVED, RATED, CONTACT, VISIT, OTHER_ACTION, PLAN, REVIEW, RETURNED, IN_ERROR, ENDED,
         OTHER_WARD, DISCHARGED, ADMITTED, PROLONGED, OVER, MEASURE, e.ClientDiscussed("m"), HELD, PLANNED, ANNOUNCED,
         PACED, MODEL, HANDED, TIP_ANSWERED, e.ClientCorrected(e.Details("Exempel", "Stina"), ("phone",)))  # fmt: skip

RESTING = [
    (first, later)
    for kind, first in UNDOABLE.items()
    for later in (*LATER, e.ActionDone("a1", "Ring"), e.PutOnBoard("admitted", "x"))
    if isinstance(later, RESTS_ON[kind]) and not (kind is e.PutOnBoard and isinstance(later, e.PutOnBoard))
]
# Written down once more in words of their own, so that a change of the table in `undo` is seen here.
EXPECTED = {
    "put_on_board": "flagged_again taken recategorised rated visit_planned action_added review_set returned entered_in_error enrolment_ended contact_logged client_discussed return_held",
    "flagged_again": "flagged_again taken returned entered_in_error enrolment_ended",
    "taken": "flagged_again returned entered_in_error enrolment_ended",
    "recategorised": "flagged_again recategorised review_set returned entered_in_error enrolment_ended",
    "rated": "returned enrolment_ended",
    "contact_logged": "returned enrolment_ended",
    "visit_planned": "visit_changed visit_cancelled",
    "visit_changed": "visit_changed visit_cancelled",
    "visit_cancelled": "",
    "admitted": "admission_changed discharged enrolment_ended",
    "admission_changed": "admission_changed discharged enrolment_ended",
    "discharged": "admitted enrolment_ended",
    "legal_measure_started": "legal_measure_prolonged legal_measure_ended enrolment_ended",
    "legal_measure_prolonged": "legal_measure_prolonged legal_measure_ended enrolment_ended",
    "legal_measure_ended": "enrolment_ended",
    "action_added": "action_done",
    "action_done": "returned enrolment_ended",
    "crisis_plan_reviewed": "crisis_plan_reviewed returned",
    "review_set": "review_set recategorised returned",
    "returned": "put_on_board enrolment_ended",
    "entered_in_error": "put_on_board enrolment_ended",
    "return_held": "return_held return_announced returned entered_in_error enrolment_ended",
    "tip_noted": "tip_answered",
    "tip_answered": "",
    "planned_contact_set": "planned_contact_set intensity_changed return_announced returned enrolment_ended",
    "anchoring_answered": "enrolment_ended",
    "intensity_changed": "planned_contact_set intensity_changed return_announced returned enrolment_ended",
    "client_model_set": "client_model_set enrolment_ended",
    "case_manager_changed": "case_manager_changed client_corrected planned_contact_set intensity_changed enrolment_ended",
}


def test_what_rests_on_what_is_as_written_down() -> None:
    table = {kind.kind: {later.kind for later in rests} for kind, rests in RESTS_ON.items()}
    assert table == {kind: set(later.split()) for kind, later in EXPECTED.items()}
    assert set(UNDOABLE) == set(RESTS_ON)


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


@pytest.mark.parametrize(("first", "later"), RESTING, ids=lambda fact: fact.kind)
def test_is_refused_while_a_later_fact_rests_on_it(first: e.Fact, later: e.Fact) -> None:
    given = before(first).then(later)
    refusal("", given, 2, "something_rests_on_it").holds()


@pytest.mark.parametrize(("first", "later"), RESTING, ids=lambda fact: fact.kind)
def test_is_granted_once_the_later_fact_is_undone_itself(first: e.Fact, later: e.Fact) -> None:
    given = before(first).then(later).undone()
    case, typed = undoing(given, back=3)
    assert undo(case, **typed)


@pytest.mark.parametrize("fact", UNDOABLE.values(), ids=lambda fact: fact.kind)
def test_leaves_the_client_as_before_but_for_the_seq(fact: e.Fact) -> None:
    given = before(fact)
    case, typed = undoing(given)
    [entry] = undo(case, **typed)
    assert entry == e.Entry(e.Undone(given.seq, fact.kind), "stina", given.story[-1].placement)
    earlier, after = Given(given.story[:-1]).client, given.then(entry.fact, by="anna").client
    assert after.seq == given.seq + 1
    for field in (
        "details",
        "enrolled",
        "stay",
        "past",
        "contacts",
        "visits",
        "crisis_plan",
        "admission",
        "discharged",
        "legal",
        "decided",
        "discussed",
        "passed_over",
        "actions_left",
        "planned",
        "follow_up",
    ):
        assert getattr(after, field) == getattr(earlier, field), field


def test_to_the_second() -> None:
    case, typed = undoing(a_client().on_board(by="anna", ago=60 * SECOND))
    assert undo(case, **typed)


def test_an_action_ticked_elsewhere_is_no_hindrance() -> None:
    given = ON_BOARD.then(OTHER_ACTION).then(ACTION, by="anna").then(e.ActionDone("a2", "Ring"))
    case, typed = undoing(given, back=2)
    assert undo(case, **typed)


@pytest.mark.parametrize(
    ("mine", "another"),
    [
        (VISIT, e.VisitChanged(5, "lars", TODAY)),
        (VISIT, e.VisitCancelled(5, "lars", TODAY)),
        (VISIT_MOVED, e.VisitChanged(5, "lars", TODAY)),
        (VISIT_MOVED, e.VisitCancelled(5, "lars", TODAY)),
        (MEASURE, e.LegalMeasureEnded("another", "LPT", TODAY)),
        (PROLONGED, e.LegalMeasureProlonged("another", "LPT")),
    ],
)
def test_another_visit_or_measure_is_no_hindrance(mine: e.Fact, another: e.Fact) -> None:
    case, typed = undoing(before(mine).then(another), back=2)
    assert undo(case, **typed)


def test_a_contact_of_another_time_on_the_board_is_no_hindrance() -> None:
    first = a_client().on_board(by="anna", ago=30 * SECOND)
    given = first.then(e.ContactLogged(e.ContactKind.PHONE, "lars", NOW), placement="an earlier one")
    case, typed = undoing(given, back=2)
    assert undo(case, **typed)


class TestOneFormTwoFacts:
    @pytest.mark.parametrize(
        ("first", "second"), [(AGAIN, MOVED), (AGAIN, REVIEW), (CONTACT, RATED), (ADMITTED, MOVED)]
    )
    def test_are_undone_together(self, first: e.Fact, second: e.Fact) -> None:
        assert type(second) in WRITTEN_TOGETHER[type(first)]
        given = ON_BOARD.then(first, by="anna").then(second, by="anna")
        case, typed = undoing(given, back=2)
        entries = undo(case, **typed)
        assert [entry.fact for entry in entries] == [
            e.Undone(given.seq - 1, first.kind),
            e.Undone(given.seq, second.kind),
        ]
        after = given.then(entries[0].fact, by="anna").then(entries[1].fact, by="anna").client
        assert after.stay == ON_BOARD.client.stay
        assert after.contacts == ()

    def test_the_second_may_be_undone_alone_and_then_the_first(self) -> None:
        given = ON_BOARD.then(CONTACT, by="anna").then(RATED, by="anna")
        case, typed = undoing(given)
        assert [entry.fact for entry in undo(case, **typed)] == [e.Undone(given.seq, "rated")]
        case, typed = undoing(given.undone(by="anna"), back=3)
        assert [entry.fact for entry in undo(case, **typed)] == [e.Undone(given.seq - 1, "contact_logged")]

    @pytest.mark.parametrize(
        "between",
        [
            {"by": "lars"},  # another person's rating
            {"by": "anna", "ago": -SECOND},  # another form, a second later
        ],
    )
    def test_two_forms_are_undone_one_by_one(self, between: dict[str, object]) -> None:
        given = ON_BOARD.then(CONTACT, by="anna").then(RATED, **between)  # type: ignore[arg-type]
        case, typed = undoing(given, back=2)
        assert [entry.fact for entry in undo(case, **typed)] == [e.Undone(given.seq - 1, "contact_logged")]

    def test_what_rests_on_the_second_holds_both(self) -> None:
        given = ON_BOARD.then(AGAIN, by="anna").then(MOVED, by="anna").then(REVIEW)
        refusal("", given, 3, "something_rests_on_it").holds()

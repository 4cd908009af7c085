"""Admissions and legal measures: what was known and what was asked, then the facts or the refusal."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from factboard.domain import care
from factboard.domain import events as e
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.undo import undo
from tests.domain.given import NOW, TODAY, Given, Refusal, a_client, facts, nobody, table, who_left

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SINCE, ENDS = TODAY - 10 * DAY, TODAY + 20 * DAY

AT_HOME = a_client()
ADMITTED = a_client().then(e.Admitted("Avdelning 51", SINCE, TODAY + DAY, "Frivilligt"), ago=HOUR)
MEASURE = a_client().then(e.LegalMeasureStarted("opt", "ÖPT", SINCE, ENDS), ago=HOUR)
ANOTHER_WARD = ADMITTED.then(e.AdmissionChanged("Avdelning 52", TODAY + DAY))
PROLONGED = MEASURE.then(e.LegalMeasureProlonged("opt", "ÖPT", ENDS + 30 * DAY))
NOT_SEEN = ADMITTED.seq  # the person last looked before what came after


def measure(**more: object) -> dict[str, object]:
    return {"measure": "opt"} | more


REFUSALS = [
    Refusal("admitting a stranger", nobody(), care.admit, {"ward": "51"}, "unknown_client", Unknown, "client"),
    Refusal("admitting who has left", who_left(), care.admit, {"ward": "51"}, "enrolment_has_ended", Conflict),
    Refusal("admitting twice", ADMITTED, care.admit, {"ward": "51"}, "already_admitted", Conflict),
    Refusal("admitting to nowhere", AT_HOME, care.admit, {"ward": " "}, "required", Invalid, "ward"),
    Refusal("admitting tomorrow", AT_HOME, care.admit, {"ward": "51", "on": TODAY + DAY}, "in_the_future", Invalid, "on"),
    Refusal("admitted in the year 26", AT_HOME, care.admit, {"ward": "51", "on": date(26, 11, 23)}, "day_out_of_range", Invalid, "on"),
    Refusal("expected home yesterday", AT_HOME, care.admit, {"ward": "51", "expected": TODAY - DAY}, "day_out_of_range", Invalid, "expected"),
    Refusal("expected home in a lifetime", AT_HOME, care.admit, {"ward": "51", "expected": date(2099, 1, 1)}, "day_out_of_range", Invalid, "expected"),
    Refusal("an admission with a novel", AT_HOME, care.admit, {"ward": "51", "note": "x" * 501}, "too_long", Invalid, "note"),
    Refusal("admitting to a category nobody uses", AT_HOME.on_board(), care.admit, {"ward": "51", "category": "summer"}, "unknown_category", Invalid, "category"),
    Refusal("changing no admission", AT_HOME, care.change_admission, {"ward": "52"}, "not_admitted", Conflict),
    Refusal("changing to no ward", ADMITTED, care.change_admission, {"ward": ""}, "required", Invalid, "ward"),
    Refusal("changing the discharge to yesterday", ADMITTED, care.change_admission, {"ward": "51", "expected": TODAY - DAY}, "day_out_of_range", Invalid, "expected"),
    Refusal("changing what was changed meanwhile", ANOTHER_WARD.case(seen=NOT_SEEN), care.change_admission, {"ward": "53"}, "admission_changed_meanwhile", Conflict),
    Refusal("discharging who is at home", AT_HOME, care.discharge, {}, "not_admitted", Conflict),
    Refusal("discharging tomorrow", ADMITTED, care.discharge, {"on": TODAY + DAY}, "in_the_future", Invalid, "on"),
    Refusal("discharging before it began", ADMITTED, care.discharge, {"on": SINCE - DAY}, "ends_before_it_begins", Invalid, "on"),
    Refusal("discharging from an admission one has not seen", ADMITTED.case(seen=NOT_SEEN - 1), care.discharge, {}, "admission_changed_meanwhile", Conflict),
    Refusal("discharging to a category nobody uses", ADMITTED.on_board(), care.discharge, {"category": "summer"}, "unknown_category", Invalid, "category"),
    Refusal("a measure for who has left", who_left(), care.start_legal_measure, {"name": "ÖPT"}, "enrolment_has_ended", Conflict),
    Refusal("a measure without a name", AT_HOME, care.start_legal_measure, {"name": "\u200b"}, "required", Invalid, "name"),
    Refusal("a measure from tomorrow", AT_HOME, care.start_legal_measure, {"name": "ÖPT", "on": TODAY + DAY}, "in_the_future", Invalid, "on"),
    Refusal("a measure that ends as it begins", AT_HOME, care.start_legal_measure, {"name": "ÖPT", "on": SINCE, "ends": SINCE}, "ends_too_early", Invalid, "ends"),
    Refusal("a measure that ends before it begins", AT_HOME, care.start_legal_measure, {"name": "ÖPT", "ends": TODAY - DAY}, "ends_too_early", Invalid, "ends"),
    Refusal("a measure for ten years", AT_HOME, care.start_legal_measure, {"name": "ÖPT", "ends": date(2036, 11, 23)}, "day_out_of_range", Invalid, "ends"),
    Refusal("prolonging what is over", AT_HOME, care.prolong_legal_measure, measure(), "unknown_measure", Conflict),
    Refusal("prolonging to the same day", MEASURE, care.prolong_legal_measure, measure(ends=ENDS), "same_end", Invalid, "ends"),
    Refusal("prolonging into the past", MEASURE, care.prolong_legal_measure, measure(ends=TODAY - DAY), "end_has_passed", Invalid, "ends"),
    Refusal("prolonging to before it began", MEASURE, care.prolong_legal_measure, measure(ends=SINCE - DAY), "ends_too_early", Invalid, "ends"),
    Refusal("prolonging what was prolonged meanwhile", PROLONGED.case(seen=NOT_SEEN), care.prolong_legal_measure, measure(ends=ENDS + DAY), "measure_changed_meanwhile", Conflict),
    Refusal("ending what is over", AT_HOME, care.end_legal_measure, measure(), "unknown_measure", Conflict),
    Refusal("ending it tomorrow", MEASURE, care.end_legal_measure, measure(on=TODAY + DAY), "in_the_future", Invalid, "on"),
    Refusal("ending it before it began", MEASURE, care.end_legal_measure, measure(on=SINCE - DAY), "ends_before_it_begins", Invalid, "on"),
    Refusal("ending what was prolonged meanwhile", PROLONGED.case(seen=NOT_SEEN), care.end_legal_measure, measure(), "measure_changed_meanwhile", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def said(given: Given, rule: Any, **typed: Any) -> list[e.Fact]:
    return facts(rule(given.case(), **typed))


class TestAdmissions:
    def test_today_unless_said_otherwise_on_the_board_or_off_it(self) -> None:
        assert said(AT_HOME, care.admit, ward=" Avdelning 51 ") == [e.Admitted("Avdelning 51", TODAY)]
        [entry] = care.admit(a_client().on_board().case(), ward="51", on=SINCE, expected=TODAY, note="LPT")
        assert (entry.fact, entry.client, entry.placement) == (e.Admitted("51", SINCE, TODAY, "LPT"), "stina", "p1")

    def test_a_long_one_may_have_begun_before_the_team_knew_of_it(self) -> None:
        [fact] = said(AT_HOME, care.admit, ward="Rättspsyk", on=date(2015, 3, 1))
        assert fact == e.Admitted("Rättspsyk", date(2015, 3, 1))

    def test_the_time_on_the_board_moves_with_it_where_it_can(self) -> None:
        moved = said(AT_HOME.on_board(), care.admit, ward="51", category="admitted")
        assert [fact.kind for fact in moved] == ["admitted", "recategorised"]
        for given in (AT_HOME, AT_HOME.on_board("admitted")):  # nothing to move, and there already
            assert [fact.kind for fact in said(given, care.admit, ward="51", category="admitted")] == ["admitted"]

    def test_another_ward_and_another_day_are_the_same_admission(self) -> None:
        assert said(ADMITTED, care.change_admission, ward="52") == [e.AdmissionChanged("52")]
        after = ADMITTED.then(e.AdmissionChanged("52", TODAY)).client
        assert (after.admission.ward, after.admission.on, after.admission.expected) == ("52", SINCE, TODAY)

    def test_nothing_changed_is_no_fact(self) -> None:
        same = {"ward": "Avdelning 51", "expected": TODAY + DAY, "note": "Frivilligt"}
        assert said(ADMITTED, care.change_admission, **same) == []

    def test_a_day_that_has_passed_may_stay_when_only_the_ward_changes(self) -> None:
        late = a_client().then(e.Admitted("51", SINCE, TODAY - DAY), ago=HOUR)
        assert said(late, care.change_admission, ward="52", expected=TODAY - DAY) == [
            e.AdmissionChanged("52", TODAY - DAY)
        ]

    def test_home_again_says_from_where(self) -> None:
        assert said(ADMITTED, care.discharge, on=SINCE) == [e.Discharged(SINCE, "Avdelning 51")]
        back = said(ADMITTED.on_board("admitted"), care.discharge, category="short_intensive")
        assert back[0] == e.Discharged(TODAY, "Avdelning 51")
        assert (back[1].category, back[1].previous) == ("short_intensive", "admitted")  # type: ignore[attr-defined]
        after = ADMITTED.then(back[0]).client
        assert (after.admission, after.discharged) == (None, TODAY)


class TestLegalMeasures:
    def test_one_has_a_beginning_and_an_end_or_goes_on_until_further_notice(self) -> None:
        assert said(AT_HOME, care.start_legal_measure, name="ÖPT", on=SINCE, ends=ENDS) == [
            e.LegalMeasureStarted("id1", "ÖPT", SINCE, ENDS)
        ]
        assert said(AT_HOME, care.start_legal_measure, name="LRV") == [e.LegalMeasureStarted("id1", "LRV", TODAY)]

    def test_one_that_has_run_out_unseen_is_written_down_as_it_is(self) -> None:
        [fact] = said(AT_HOME, care.start_legal_measure, name="ÖPT", on=SINCE, ends=TODAY - DAY)
        assert fact.ends == TODAY - DAY  # type: ignore[attr-defined]

    def test_it_is_prolonged_until_a_day_or_until_further_notice(self) -> None:
        for until in (TODAY, ENDS + DAY, None):
            assert said(MEASURE, care.prolong_legal_measure, measure="opt", ends=until) == [
                e.LegalMeasureProlonged("opt", "ÖPT", until)
            ]

    def test_the_right_one_of_two_ends(self) -> None:
        two = MEASURE.then(e.LegalMeasureStarted("lrv", "LRV", SINCE), ago=HOUR)
        [fact] = said(two, care.end_legal_measure, measure="lrv", note="Domstolen beslutade")
        assert fact == e.LegalMeasureEnded("lrv", "LRV", TODAY, "Domstolen beslutade")
        assert [one.id for one in two.then(fact).client.legal] == ["opt"]

    def test_what_happened_to_another_one_meanwhile_is_no_hindrance(self) -> None:
        two = MEASURE.then(e.LegalMeasureStarted("lrv", "LRV", SINCE), ago=HOUR)
        seen = two.seq
        after = two.then(e.LegalMeasureProlonged("lrv", "LRV", ENDS))
        assert facts(care.prolong_legal_measure(after.case(seen=seen), measure="opt"))


ASKED: list[tuple[Given, Any, dict[str, Any]]] = [
    (AT_HOME, care.admit, {"ward": "51"}),
    (AT_HOME.on_board(), care.admit, {"ward": "51", "category": "admitted"}),
    (ADMITTED, care.change_admission, {"ward": "52"}),
    (ADMITTED, care.discharge, {}),
    (ADMITTED.on_board("admitted"), care.discharge, {"category": "short_intensive"}),
    (AT_HOME, care.start_legal_measure, {"name": "ÖPT"}),
    (MEASURE, care.prolong_legal_measure, {"measure": "opt"}),
    (MEASURE, care.end_legal_measure, {"measure": "opt"}),
]


@pytest.mark.parametrize(("given", "rule", "typed"), ASKED)
def test_undo_takes_back_all_that_one_form_wrote(given: Given, rule: Any, typed: dict[str, Any]) -> None:
    after, written = given, said(given, rule, **typed)
    for fact in written:
        after = after.then(fact, by="anna")
    first = given.seq + 1
    undone = undo(after.case("anna", seen=given.seq, now=NOW + timedelta(seconds=30)), seq=first)
    assert [entry.fact.seq for entry in undone] == list(range(first, first + len(written)))  # type: ignore[attr-defined]
    for entry in undone:
        after = after.then(entry.fact, by="anna")
    for field in ("admission", "discharged", "legal", "stay"):
        assert getattr(after.client, field) == getattr(given.client, field), field

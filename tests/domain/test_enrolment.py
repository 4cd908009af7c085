"""Enrol, correct, end: what was known and what was typed, then the fact or the refusal."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from datetime import date, timedelta

from factboard.domain import enrolment
from factboard.domain import events as e
from factboard.domain.refusal import Conflict, Invalid, Unknown
from tests.domain.given import NOW, TODAY, Refusal, a_client, details, facts, nobody, table, who_left

WITH_GRETA = a_client(case_manager="greta")  # who has left the team
ON_BOARD = a_client().on_board()

REFUSALS = [
    Refusal("enrolling one who is enrolled", a_client(), enrolment.enrol, {"details": details()}, "already_enrolled", Conflict),
    Refusal("no surname", nobody(), enrolment.enrol, {"details": details(surname=" ")}, "required", Invalid, "surname"),
    Refusal("no first name", nobody(), enrolment.enrol, {"details": details(first_name="")}, "required", Invalid, "first_name"),
    Refusal("a name nobody can see", nobody(), enrolment.enrol, {"details": details(surname="\u200b\u200d")}, "required", Invalid, "surname"),
    Refusal("a name that turns its line around", nobody(), enrolment.enrol, {"details": details(surname="Exem\u202epel")}, "control_characters", Invalid, "surname"),
    Refusal("a name of 201 letters", nobody(), enrolment.enrol, {"details": details(surname="x" * 201)}, "too_long", Invalid, "surname"),
    Refusal("a long short name", nobody(), enrolment.enrol, {"details": details(short_name="x" * 41)}, "too_long", Invalid, "short_name"),
    Refusal("a long national id", nobody(), enrolment.enrol, {"details": details(national_id="1" * 31)}, "too_long", Invalid, "national_id"),
    Refusal("a long address", nobody(), enrolment.enrol, {"details": details(address="x" * 201)}, "too_long", Invalid, "address"),
    Refusal("a long phone number", nobody(), enrolment.enrol, {"details": details(phone="0" * 61)}, "too_long", Invalid, "phone"),
    Refusal("long notes", nobody(), enrolment.enrol, {"details": details(notes="x" * 2_001)}, "too_long", Invalid, "notes"),
    Refusal("born tomorrow", nobody(), enrolment.enrol, {"details": details(birth_date=TODAY + timedelta(days=1))}, "day_out_of_range", Invalid, "birth_date"),
    Refusal("born in 1899", nobody(), enrolment.enrol, {"details": details(birth_date=date(1899, 12, 31))}, "day_out_of_range", Invalid, "birth_date"),
    Refusal("a stranger as case manager", nobody(), enrolment.enrol, {"details": details(case_manager="bo")}, "unknown_member", Invalid, "case_manager"),
    Refusal("a case manager who left, newly chosen", a_client(), enrolment.correct, {"details": details(case_manager="greta")}, "unknown_member", Invalid, "case_manager"),
    Refusal("correcting nobody", nobody(), enrolment.correct, {"details": details()}, "unknown_client", Unknown, "client"),
    Refusal("correcting one who left", who_left(), enrolment.correct, {"details": details()}, "enrolment_has_ended", Conflict),
    Refusal("correcting what somebody corrected", a_client().then(e.ClientCorrected(details(phone="1"), ("phone",))).case(seen=a_client().seq), enrolment.correct, {"details": details(phone="2")}, "corrected_meanwhile", Conflict),
    Refusal("ending twice", who_left(), enrolment.end_enrolment, {"reason": e.EndReason.MOVED}, "enrolment_has_ended", Conflict),
    Refusal("ending for another reason, unsaid", a_client(), enrolment.end_enrolment, {"reason": e.EndReason.OTHER, "note": " "}, "required", Invalid, "note"),
    Refusal("ending with too long a note", a_client(), enrolment.end_enrolment, {"reason": e.EndReason.MOVED, "note": "x" * 501}, "too_long", Invalid, "note"),
    Refusal("ending over a flag not seen", ON_BOARD.flagged_again().case(seen=ON_BOARD.seq), enrolment.end_enrolment, {"reason": e.EndReason.MOVED}, "flagged_meanwhile", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_a_new_client_gets_an_id_that_says_nothing() -> None:
    [entry] = enrolment.enrol(nobody().case(), details=details(surname=" Exempel ", notes="rad 1\r\nrad 2"))
    assert entry == e.Entry(e.ClientEnrolled(details(notes="rad 1\nrad 2")), "id1")


def test_one_who_comes_back_keeps_their_id() -> None:
    [entry] = enrolment.enrol(who_left().case(), details=details(phone="070-1740605"))
    assert entry.client == "stina"
    again = who_left().then(entry.fact).client
    assert (again.enrolled, again.enrolment_end, again.details.phone) == (True, None, "070-1740605")


def test_a_correction_says_what_it_changed() -> None:
    [entry] = enrolment.correct(a_client().case(), details=details(phone="1", protected=True))
    assert entry.fact.changed == ("phone", "protected")


def test_a_correction_that_changes_nothing_is_no_fact() -> None:
    assert enrolment.correct(a_client(phone="1").case(), details=details(phone=" 1 ")) == []


def test_a_case_manager_who_left_may_stay_named_until_there_is_another() -> None:
    assert enrolment.correct(WITH_GRETA.case(), details=details(case_manager="greta", phone="1"))


def test_the_end_of_an_enrolment_ends_the_time_on_the_board() -> None:
    [entry] = enrolment.end_enrolment(ON_BOARD.case(), reason=e.EndReason.DIED)
    assert entry.placement == ON_BOARD.client.stay.placement
    after = ON_BOARD.then(entry.fact).client
    assert (after.enrolled, after.stay, after.enrolment_end) == (False, None, e.EndReason.DIED)
    assert (after.past[-1].placement, after.past[-1].ended) == (entry.placement, NOW)


def test_the_end_is_not_stopped_by_a_flag_that_was_undone() -> None:
    case = ON_BOARD.flagged_again().undone().case(seen=ON_BOARD.seq)
    assert facts(enrolment.end_enrolment(case, reason=e.EndReason.MOVED)) == [e.EnrolmentEnded(e.EndReason.MOVED)]

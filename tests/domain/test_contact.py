"""A contact and what comes of it, in one go."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from factboard.domain import contact, stepdown
from factboard.domain import events as e
from factboard.domain.events import Basis, ContactKind, Rating
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.undo import undo
from tests.domain.given import NOW, TEAM, TODAY, Given, Refusal, a_client, facts, table

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
ON_BOARD = a_client().on_board(ago=5 * DAY)

HOME, PHONE = {"contact": ContactKind.HOME}, {"contact": ContactKind.PHONE}
REFUSALS = [
    Refusal("an hour without a day", ON_BOARD, contact.log, HOME | {"next_at": time(10)}, "required", Invalid, "next_day"),
    Refusal("a next visit yesterday", ON_BOARD, contact.log, HOME | {"next_day": TODAY - DAY}, "day_out_of_range", Invalid, "next_day"),
    Refusal("a next visit by a stranger", ON_BOARD, contact.log, HOME | {"next_day": TOMORROW, "next_who": "bo"}, "unknown_member", Invalid, "next_who"),
    Refusal("a next visit off the board", a_client(), contact.log, HOME | {"next_day": TOMORROW}, "not_on_board", Conflict),
    Refusal("a rating as if seen, on the phone", ON_BOARD, contact.log, PHONE | {"rating": Rating.USUAL, "basis": Basis.SEEN}, "nobody_is_seen_on_the_phone", Invalid, "basis"),
    Refusal("a rating that rests on nothing", ON_BOARD, contact.log, HOME | {"rating": Rating.USUAL, "basis": Basis.NONE}, "rating_needs_basis", Invalid, "basis"),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_the_contact_the_rating_and_the_next_visit_are_written_together() -> None:
    typed = {"note": "Kaffe", "rating": Rating.BETTER, "next_day": TOMORROW, "next_at": time(10)}
    assert facts(contact.log(ON_BOARD.case("anna"), by="lars", **HOME, **typed)) == [
        e.ContactLogged(ContactKind.HOME, "lars", NOW, (), "Kaffe"),
        e.Rated(Rating.BETTER, Basis.SEEN, "lars", NOW),
        e.VisitPlanned("anna", TOMORROW, time(10)),
    ]


@pytest.mark.parametrize(
    ("kind", "basis", "written"),
    [
        (ContactKind.PHONE, None, Basis.SPOKEN_WITH),
        (ContactKind.HOME, None, Basis.SEEN),
        (ContactKind.HOME, Basis.SPOKEN_WITH, Basis.SPOKEN_WITH),
        (ContactKind.PHONE, Basis.TOLD, Basis.TOLD),
    ],
)
def test_a_rating_rests_on_the_contact_or_on_what_others_told(
    kind: ContactKind, basis: Basis | None, written: Basis
) -> None:
    _, rated = facts(contact.log(ON_BOARD.case(), contact=kind, rating=Rating.USUAL, basis=basis))
    assert rated == e.Rated(Rating.USUAL, written, "anna", NOW)


def test_what_others_told_is_no_evidence() -> None:
    """Hazard H4."""
    for basis, counts in ((None, 1), (Basis.TOLD, 0)):
        given = ON_BOARD
        for fact in facts(contact.log(given.case(), contact=ContactKind.HOME, rating=Rating.USUAL, basis=basis)):
            given = given.then(fact, by="anna")
        assert given.client
        assert len(stepdown.standing(TEAM, given.client, NOW).ratings) == counts


def test_an_undo_takes_back_the_rating_and_the_next_visit_too() -> None:
    given = ON_BOARD
    typed = {"rating": Rating.BETTER, "next_day": TOMORROW}
    for fact in facts(contact.log(given.case(), contact=ContactKind.HOME, **typed)):
        given = given.then(fact, by="anna")
    first = given.seq - 2
    case = given.case("anna", seen=first - 1)
    assert [one.seq for one in facts(undo(case, seq=first))] == [first, first + 1, first + 2]  # type: ignore[attr-defined]
    moved = given.then(e.VisitChanged(given.seq, "lars", TOMORROW))
    with pytest.raises(Conflict, match="something_rests_on_it"):
        undo(moved.case("anna", seen=first - 1), seq=first)


def test_a_late_worse_plans_its_visit_in_the_time_on_the_board_that_it_begins() -> None:
    given = ON_BOARD.then(e.Returned("Mår bra"))
    case = replace(given.case(), made=NOW - timedelta(hours=1))
    entries = contact.log(case, contact=ContactKind.HOME, rating=Rating.WORSE, next_day=TOMORROW)
    assert [one.fact.kind for one in entries] == ["put_on_board", "contact_logged", "rated", "visit_planned"]
    assert {one.placement for one in entries} == {"id1"}


def test_another_visit_planned_in_the_same_instant_is_not_taken_back() -> None:
    logged = e.ContactLogged(ContactKind.HOME, "anna", NOW)
    given = ON_BOARD.then(logged, by="anna")
    for _ in range(2):
        given = given.then(e.VisitPlanned("anna", TOMORROW), by="anna")
    first = given.seq - 2
    undone = facts(undo(given.case("anna", seen=first - 1), seq=first))
    assert [one.seq for one in undone] == [first, first + 1]  # type: ignore[attr-defined]


GOING = ON_BOARD.then(e.VisitPlanned("anna", TODAY), ago=DAY)


@pytest.mark.parametrize(
    ("says", "given", "user", "last", "kind"),
    [
        ("at home to begin with", ON_BOARD, "anna", None, ContactKind.HOME),
        ("as the last one was", ON_BOARD, "anna", ContactKind.PHONE, ContactKind.PHONE),
        ("an attempt is said each time", ON_BOARD, "anna", ContactKind.TRIED, ContactKind.HOME),
        ("a visit of today was at home", GOING, "anna", ContactKind.PHONE, ContactKind.HOME),
        ("another's visit says nothing", GOING, "lars", ContactKind.PHONE, ContactKind.PHONE),
        ("on the ward", GOING.then(e.Admitted("51", TODAY)), "anna", ContactKind.PHONE, ContactKind.WARD),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_the_form_begins_with_what_it_mostly_was(
    says: str, given: Given, user: str, last: ContactKind | None, kind: ContactKind
) -> None:
    assert given.client
    assert contact.kind_to_begin_with(TEAM, given.client, user, last, TODAY) is kind, says


def test_a_next_visit_whose_day_passed_on_the_way_is_of_today_and_keeps_no_worse_waiting() -> None:
    late = replace(ON_BOARD.case("anna"), made=NOW - 2 * DAY)
    written = facts(contact.log(late, **HOME, rating=Rating.WORSE, next_day=TODAY - DAY, next_at=time(10)))
    assert [type(fact) for fact in written] == [e.ContactLogged, e.Rated, e.VisitPlanned]
    assert written[2] == e.VisitPlanned("anna", TODAY, time(10))

"""One person in two records: which goes on, what is read as one, and two people after all."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from factboard.domain import calendar, merging, retention, undo
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.course import course
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.state import Client, fold_client
from factboard.domain.statistics.course import fold
from factboard.domain.statistics.episodes import InCare, Stay
from tests.domain import given
from tests.domain.given import NOW, SETTINGS, TEAM, Given, Refusal, a_client, details, nobody, table, who_left

OTHER = "stina2"
HERE = a_client(phone="070-1740605", case_manager="anna")
RETURNED = e.Returned("Mår bra")


def twin(known: Given) -> Given:
    """The same facts in the other record, written after those of the first."""
    return replace(
        known,
        story=tuple(
            replace(row, client=OTHER, seq=row.seq + 100, placement=row.placement and "q") for row in known.story
        ),
    )


def other_of(known: Given) -> Client:
    state = fold_client(OTHER, twin(known).story)
    assert state
    return state


TWIN = a_client(phone="08-123", address="Storgatan 1", notes="Har hund", protected=True, birth_date=date(1980, 1, 1))


def asks(known: Given = HERE, other: Given = TWIN, **more: object) -> Case:
    return replace(known.case(**more), beside=other_of(other))  # type: ignore[arg-type]


def typed(other: Given = TWIN, **more: object) -> dict[str, object]:
    return {"reason": "Samma personnummer på kortet", "looked": other_of(other).seq} | more


def after(known: Given = HERE, other: Given = TWIN, **more: object) -> tuple[e.Recorded, ...]:
    """All facts of both records, once they are merged."""
    entries = merging.merge(asks(known, other), **typed(other, **more))  # type: ignore[arg-type]
    rows = [
        e.Recorded(300 + number, NOW, "anna", one.fact, one.client, one.placement) for number, one in enumerate(entries)
    ]
    return (*known.story, *twin(other).story, *rows)


def whole(rows: tuple[e.Recorded, ...], by: str = "lars", **more: object) -> Case:
    state = fold_client(given.CLIENT, rows)
    return Case(TEAM, state, by, more.get("now", NOW), lambda: "new", rows)  # type: ignore[arg-type]


MERGED = after()
UNDONE = (*MERGED, e.Recorded(310, NOW, "lars", e.Undone(301, "merged"), given.CLIENT))
BORN = {"birth_date": date(1980, 1, 2)}
TWO = {"reason": "Det är två", "merge": 301}

REFUSALS = [
    Refusal("one who left, with one who is here", asks(who_left(), TWIN), merging.merge, typed(), "other_is_enrolled", Conflict),
    Refusal("two who have left", asks(who_left(), who_left()), merging.merge, typed(who_left()), "enrolment_has_ended", Conflict),
    Refusal("merging with nobody", HERE, merging.merge, typed(), "unknown_client", Unknown),
    Refusal("merging a record with itself", replace(HERE.case(), beside=HERE.client), merging.merge, typed(), "merged_already", Conflict),
    Refusal("both on the board", asks(HERE.on_board(), TWIN.on_board()), merging.merge, typed(TWIN.on_board()), "both_on_board", Conflict),
    Refusal("only the other on the board", asks(HERE, TWIN.on_board()), merging.merge, typed(TWIN.on_board()), "other_is_on_board", Conflict),
    Refusal("two national ids", asks(a_client(national_id="1"), a_client(national_id="2")), merging.merge, typed(), "two_national_ids", Conflict),
    Refusal("two birth dates", asks(a_client(**BORN)), merging.merge, typed(), "two_birth_dates", Conflict),
    Refusal("a record that has changed meanwhile", asks(), merging.merge, typed() | {"looked": 1}, "record_changed_meanwhile", Conflict),
    Refusal("a person who has changed meanwhile", asks(seen=HERE.seq - 1), merging.merge, typed(), "record_changed_meanwhile", Conflict),
    Refusal("without saying that it is one person", asks(), merging.merge, typed(same=False), "say_it_is_one_person", Invalid, "same"),
    Refusal("without a reason", asks(), merging.merge, typed() | {"reason": " "}, "required", Invalid, "reason"),
    Refusal("two people of nobody", nobody(), merging.separate, TWO, "unknown_client", Unknown),
    Refusal("two people without a reason", whole(MERGED), merging.separate, TWO | {"reason": ""}, "required", Invalid, "reason"),
    Refusal("two people by another fact", whole(MERGED), merging.separate, TWO | {"merge": 300}, "cannot_be_undone", Conflict),
    Refusal("two people twice", whole(UNDONE), merging.separate, TWO, "already_undone", Conflict),
    Refusal("two people after a day", whole(MERGED, now=NOW + timedelta(days=1, seconds=1)), merging.separate, TWO, "merged_too_long_ago", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_what_is_known_better_in_the_other_record_is_taken_over_and_what_was_hidden_stays_hidden() -> None:
    corrected, merged, into = merging.merge(asks(), **typed(take=["phone"]))  # type: ignore[arg-type]
    assert isinstance(corrected.fact, e.ClientCorrected)
    assert corrected.fact.changed == ("birth_date", "address", "phone", "protected", "notes")
    assert corrected.fact.details == details(
        phone="08-123", case_manager="anna", address="Storgatan 1", notes="Har hund", protected=True, birth_date=date(1980, 1, 1)
    )  # fmt: skip
    assert (merged.client, merged.fact) == ("stina", e.Merged(OTHER, "Samma personnummer på kortet"))
    assert (into.client, into.fact) == (OTHER, e.MergedInto("stina", "Samma personnummer på kortet"))


def test_what_stands_in_either_record_is_of_the_one_person() -> None:
    visit = e.VisitPlanned("anna", date(2026, 11, 25), None, "")
    plan, old = e.CrisisPlanReviewed(date(2026, 11, 1), True), e.CrisisPlanReviewed(date(2026, 10, 1), True)
    here = HERE.then(old).on_board().then(e.ActionAdded("a1", "Ring apoteket"), placement="p2")
    there = TWIN.then(plan).then(visit).then(e.LegalMeasureStarted("m1", "ÖPT", date(2026, 11, 1), None, ""))
    there = there.then(e.ContactLogged(e.ContactKind.HOME, "lars", NOW - timedelta(days=2))).then(
        e.LegalHoldPlaced("IVO")
    )
    there = there.on_board().then(e.ActionAdded("a2", "Boka tid")).then(RETURNED)
    one = fold_client("stina", after(here, there))
    assert one
    assert one.records == ("stina", OTHER)
    assert one.stay
    assert [action.text for action in one.stay.actions] == ["Ring apoteket", "Boka tid"]
    assert [past.placement for past in one.past] == ["q"]
    assert [visit.who for visit in one.visits] == ["anna"]
    assert [contact.by for contact in one.contacts] == ["lars"]
    assert one.crisis_plan
    assert (one.crisis_plan.on, [measure.id for measure in one.legal]) == (date(2026, 11, 1), ["m1"])
    assert one.legal_hold
    gone = fold_client(OTHER, after(here, there))
    assert gone
    assert (gone.enrolled, gone.merged_into, gone.legal_hold) == (False, "stina", None)


def test_nothing_is_taken_away_of_a_record_before_it_is_of_the_person() -> None:
    team = replace(TEAM, settings=replace(SETTINGS, retention_years=1))
    gone = fold_client(OTHER, MERGED)
    assert gone
    assert retention.redaction_due(team, replace(gone, ended=NOW - timedelta(days=3000))) is None
    left = (*MERGED, e.Recorded(320, NOW - timedelta(days=400), "anna", e.EnrolmentEnded(e.EndReason.MOVED), "stina"))
    entries = retention.redact(replace(whole(left), team=team))
    assert [(entry.client, entry.fact.facts) for entry in entries] == [(OTHER, 2), ("stina", 4)]  # type: ignore[attr-defined]


def test_two_people_after_all_are_as_they_were_but_for_what_was_written_since() -> None:
    since = e.Recorded(305, NOW, "anna", e.CrisisPlanReviewed(date(2026, 11, 20), True), "stina")
    rows = (*MERGED, since)
    entries = merging.separate(whole(rows), merge=301, reason=" Det är två ")
    assert [(entry.client, entry.fact) for entry in entries] == [
        ("stina", e.Undone(301, "merged", "Det är två")),
        (OTHER, e.Undone(302, "merged_into", "Det är två")),
        ("stina", e.Undone(300, "client_corrected", "Det är två")),
    ]
    rows += tuple(e.Recorded(310 + number, NOW, "lars", one.fact, one.client) for number, one in enumerate(entries))
    one, other = (fold_client(id, rows) for id in ("stina", OTHER))
    assert one
    assert other
    assert HERE.client
    assert (one.details, one.records, one.crisis_plan is not None) == (HERE.client.details, ("stina",), True)
    assert replace(other, seq=0, facts=0) == replace(other_of(TWIN), seq=0, facts=0)


def test_what_was_written_in_the_other_record_is_not_undone_from_here() -> None:
    recent = TWIN.then(e.CrisisPlanReviewed(date(2026, 11, 20), True), by="anna")
    with pytest.raises(Conflict, match="cannot_be_undone"):
        undo.undo(whole(after(HERE, recent), by="anna"), seq=twin(recent).seq)


def test_the_picture_and_the_figures_have_the_person_once_with_all_their_times() -> None:
    long_ago, lately = timedelta(days=300), timedelta(days=5)
    here = HERE.on_board(ago=long_ago).then(RETURNED, ago=long_ago - timedelta(days=9))
    there = TWIN.on_board(ago=long_ago - timedelta(days=2)).then(RETURNED, ago=lately)
    rows = after(here, there)
    drawn = course(rows, SETTINGS)
    assert [time.placement for time in drawn.times] == ["p1", "q"]
    assert all(time.ended for time in drawn.times)
    counted = fold(rows, "stina")
    assert [(one.id, one.client) for one in counted if isinstance(one, Stay)] == [("p1", "stina"), ("q", "stina")]
    [enrolled] = [one for one in fold(rows, OTHER) if isinstance(one, InCare)]
    assert (enrolled.ended, enrolled.reason) == (NOW, e.EndReason.DUPLICATE)
    assert calendar.local_day(NOW, SETTINGS) == given.TODAY

"""A client's course: what the facts about them say in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from factboard.domain import events as e
from factboard.domain.course import Course, Ended, Kind, Lane, counts, course
from tests.domain.given import NOW, SETTINGS, Given, a_client

DAY = timedelta(days=1)


def of(given: Given) -> Course:
    return course(given.story, SETTINGS)


def rated(rating: e.Rating = e.Rating.USUAL, ago: timedelta = timedelta()) -> e.Rated:
    return e.Rated(rating, e.Basis.SEEN, "anna", NOW - ago)


def test_a_time_on_the_board_is_banded_by_its_categories() -> None:
    given = a_client().on_board("short_intensive", ago=9 * DAY)
    given = given.then(e.Recategorised("admitted", "short_intensive"), ago=5 * DAY).then(e.Returned("well"), ago=DAY)
    (time,) = of(given).times
    assert [band.category for band in time.bands] == ["short_intensive", "admitted"]
    assert [(NOW - band.since) // DAY for band in time.bands] == [9, 5]
    assert time.bands[0].until == time.bands[1].since
    assert (time.ended, time.how) == (NOW - DAY, Ended.BY_HAND)


def test_it_begins_when_it_began_not_when_that_was_written() -> None:
    (time,) = of(a_client().on_board(since=NOW - 4 * DAY, ago=DAY)).times
    assert time.since == NOW - 4 * DAY
    assert time.ended is None
    assert time.how is None


def test_each_way_to_end_it_is_told_apart() -> None:
    there = a_client().on_board(ago=3 * DAY)
    ends = {
        Ended.BY_ITSELF: e.Returned("", due=NOW),
        Ended.BY_HAND: e.Returned("well"),
        Ended.DECLINED: e.Returned("no", agreed_with="anna"),
        Ended.ENROLMENT: e.EnrolmentEnded(e.EndReason.MOVED),
        Ended.IN_ERROR: e.EnteredInError("wrong person"),
    }
    assert {how: of(there.then(fact)).times[0].how for how, fact in ends.items()} == {how: how for how in Ended}


def test_what_was_undone_is_left_out_and_counted() -> None:
    given = a_client().on_board(ago=3 * DAY).then(e.Returned("well"), ago=DAY).undone()
    found = of(given)
    assert found.times[0].ended is None
    assert found.undone == 1
    assert not any(isinstance(mark.row.fact, e.Returned) for mark in found.marks)


def test_a_hold_ends_with_its_day_or_with_what_comes_before() -> None:
    given = a_client().on_board(ago=20 * DAY).then(e.ReturnHeld(date(2026, 11, 15), "not yet"), ago=12 * DAY)
    (span,) = [one for one in of(given).spans if one.kind is Kind.KEPT]
    assert span.until == datetime(2026, 11, 15, 23, tzinfo=UTC)  # midnight in Stockholm
    (span,) = [one for one in of(given.then(e.Returned("well"), ago=10 * DAY)).spans if one.kind is Kind.KEPT]
    assert span.until == NOW - 10 * DAY


def test_times_kept_on_are_counted_and_one_that_is_prolonged_is_none_more() -> None:
    given = a_client().on_board(ago=20 * DAY).then(e.ReturnHeld(date(2026, 11, 12), "not yet"), ago=14 * DAY)
    given = given.then(e.ReturnHeld(date(2026, 11, 14), "still not"), ago=12 * DAY)
    assert of(given).times[0].holds == 1
    assert of(given.then(e.ReturnHeld(date(2026, 11, 29), "again"), ago=3 * DAY)).times[0].holds == 2


def test_admissions_and_legal_measures_last_in_whole_local_days() -> None:
    given = a_client().then(e.Admitted("Ward 5", date(2026, 11, 2)), ago=20 * DAY)
    given = given.then(e.LegalMeasureStarted("m1", "ÖPT", date(2026, 11, 3)), ago=19 * DAY)
    given = given.then(e.Discharged(date(2026, 11, 9), "Ward 5"), ago=13 * DAY)
    spans = {one.kind: one for one in of(given).spans}
    assert spans[Kind.ADMITTED].since == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert spans[Kind.ADMITTED].until == datetime(2026, 11, 9, 23, tzinfo=UTC)
    assert (spans[Kind.LEGAL].name, spans[Kind.LEGAL].until) == ("ÖPT", None)


def test_a_rating_stands_where_it_happened_whenever_it_was_written() -> None:
    given = a_client().on_board(ago=9 * DAY).then(rated(ago=4 * DAY)).then(rated(e.Rating.WORSE, ago=6 * DAY))
    marks = [mark for mark in of(given).marks if mark.lane is Lane.RATINGS]
    assert [(NOW - mark.at) // DAY for mark in marks] == [6, 4]


def test_between_two_moments_stands_what_touches_them() -> None:
    given = a_client().on_board(ago=30 * DAY).then(rated(ago=20 * DAY)).then(rated(ago=2 * DAY))
    found = of(given).between(NOW - 10 * DAY, NOW)
    assert len(found.times) == 1
    assert [mark.lane for mark in found.marks] == [Lane.RATINGS]
    assert of(given).between(NOW - 60 * DAY, NOW - 50 * DAY).times == ()


def test_what_it_comes_to_counts_people_once_and_no_attempt_as_a_contact() -> None:
    given = a_client().on_board(ago=5 * DAY).flagged_again(ago=2 * DAY)
    for kind, others in ((e.ContactKind.HOME, ("lars",)), (e.ContactKind.PHONE, ()), (e.ContactKind.TRIED, ())):
        given = given.then(e.ContactLogged(kind, "anna", NOW, others))
    given = given.then(e.ClientDiscussed("m1")).then(e.NotDiscussed("m2")).then(rated())
    found = counts(of(given))
    assert (found.contacts, found.attempts, found.people, found.worries) == (2, 1, 2, 1)
    assert (found.discussed, found.passed_over, found.ratings) == (1, 1, {e.Rating.USUAL: 1})

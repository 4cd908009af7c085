"""What stands out about a client: contacts done and due, unseen too long, what changed, how the ratings go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from factboard.domain import calendar, signs
from factboard.domain import events as e
from factboard.domain.signs import Change
from factboard.domain.state import Client, Legal, Stay
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE = NOW - HOUR  # "since then" below
ON_BOARD = a_client().on_board(ago=100 * DAY)  # short and intensive: 5 contacts a week, unseen for 2 days, review in 14


def known(given: Given) -> Client:
    assert given.client
    return given.client


def stay(given: Given) -> Stay:
    found = known(given).stay
    assert found
    return found


def met(given: Given, at: datetime, kind: e.ContactKind = e.ContactKind.HOME) -> Given:
    return given.then(e.ContactLogged(kind, "anna", at))


def rated(given: Given, *ratings: e.Rating, at: datetime = NOW) -> Given:
    for place, rating in enumerate(ratings):
        given = given.then(e.Rated(rating, e.Basis.SEEN, "anna", at + place * timedelta(minutes=1)))
    return given


# --- contacts -----------------------------------------------------------------------------------------------


def test_an_attempt_is_no_contact_and_a_call_is_not_seeing_somebody() -> None:
    story = met(met(ON_BOARD, NOW - 4 * DAY, e.ContactKind.OFFICE), NOW - 3 * DAY)
    story = met(met(story, NOW - 2 * DAY, e.ContactKind.PHONE), NOW - DAY, e.ContactKind.TRIED)
    client = known(story)
    assert [one.kind for one in signs.contacts(client)] == [
        e.ContactKind.OFFICE,
        e.ContactKind.HOME,
        e.ContactKind.PHONE,
    ]
    seen = signs.last_seen(client)
    assert seen is not None
    assert (seen.kind, signs.seen_at(client)) == (e.ContactKind.HOME, NOW - 3 * DAY)


@pytest.mark.parametrize("kind", [e.ContactKind.OFFICE, e.ContactKind.STREET, e.ContactKind.WARD, e.ContactKind.VIDEO])
def test_eye_to_eye_is_seeing_somebody_wherever_it_is(kind: e.ContactKind) -> None:
    assert signs.seen_at(known(met(ON_BOARD, NOW - DAY, kind))) == NOW - DAY


def test_whoever_was_never_seen_was_seen_longest_ago() -> None:
    called = known(met(ON_BOARD, NOW, e.ContactKind.PHONE))
    assert signs.last_seen(called) is None
    assert signs.seen_at(called) == signs.NEVER


def test_a_weeks_contacts_are_those_of_seven_whole_days_and_today_calls_included_attempts_not() -> None:
    begins = calendar.instant(TODAY - 7 * DAY, time(0), TEAM.settings)
    story = met(met(ON_BOARD, NOW), begins, e.ContactKind.PHONE)
    assert signs.contacts_this_week(known(story), NOW, TEAM.settings) == 2
    for other in (begins - timedelta(microseconds=1), NOW + timedelta(seconds=1)):
        assert signs.contacts_this_week(known(met(story, other)), NOW, TEAM.settings) == 2
    assert signs.contacts_this_week(known(met(story, NOW, e.ContactKind.TRIED)), NOW, TEAM.settings) == 2


def test_who_is_met_each_weekday_never_falls_short_of_five_a_week() -> None:
    story = ON_BOARD
    for ago in range(1, 15):
        day = TODAY - ago * DAY
        if day.weekday() < 5:  # at ten, and once in the afternoon
            story = met(story, calendar.instant(day, time(10 + 5 * (ago % 3 == 0)), TEAM.settings))
    for minute in range(0, 24 * 60, 30):
        at = calendar.instant(TODAY, time(0), TEAM.settings) + timedelta(minutes=minute)
        assert signs.contacts_this_week(known(story), at, TEAM.settings) >= 5


def test_the_category_says_how_many_contacts_are_due() -> None:
    assert signs.contacts_due(TEAM, known(ON_BOARD)) == 5
    assert signs.contacts_due(TEAM, known(a_client().on_board("hard_to_reach"))) == 2
    assert signs.contacts_due(TEAM, known(a_client())) == 0
    category = signs.category_of(TEAM, known(ON_BOARD))
    assert category is not None
    assert category.code == "short_intensive"
    assert signs.category_of(TEAM, known(a_client())) is None


# --- unseen too long ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "now", "too_long"),
    [
        # three local days that last 96 hours and a quarter: from just after midnight, over the night with a 25th hour
        ("2026-10-22T22:30", "2026-10-26T22:45", False),
        ("2026-10-22T22:30", "2026-10-26T23:05", True),
        # four local days that last 71 hours: from just before midnight, over the night without its third hour
        ("2026-03-26T22:50", "2026-03-29T21:55", False),
        ("2026-03-26T22:50", "2026-03-29T22:05", True),
    ],
)
def test_unseen_is_counted_in_the_teams_days_over_daylight_saving(seen: str, now: str, too_long: bool) -> None:
    story = a_client().on_board(ago=300 * DAY)
    client = known(met(story, datetime.fromisoformat(seen).replace(tzinfo=UTC)))
    assert signs.unseen_too_long(TEAM, client, datetime.fromisoformat(now).replace(tzinfo=UTC)) is too_long


def test_unseen_counts_from_the_day_somebody_was_put_on_the_board() -> None:
    assert signs.unseen_too_long(TEAM, known(a_client().on_board(ago=4 * DAY)), NOW)
    assert not signs.unseen_too_long(TEAM, known(a_client().on_board(ago=3 * DAY)), NOW), "over a weekend"
    long_ago = met(a_client(), NOW - 30 * DAY)
    assert not signs.unseen_too_long(TEAM, known(long_ago.on_board()), NOW)


def test_how_long_is_the_categorys_own_and_a_call_or_an_attempt_does_not_shorten_it() -> None:
    four_days = met(a_client().on_board("long_intensive", ago=50 * DAY), NOW - 5 * DAY)
    assert not signs.unseen_too_long(TEAM, known(four_days), NOW)
    assert signs.unseen_too_long(TEAM, known(four_days), NOW + DAY)
    for kind in (e.ContactKind.PHONE, e.ContactKind.TRIED):
        assert signs.unseen_too_long(TEAM, known(met(four_days, NOW, kind)), NOW + DAY)


def test_whoever_is_in_hospital_or_off_the_board_is_not_unseen() -> None:
    assert signs.unseen_too_long(TEAM, known(ON_BOARD), NOW)
    assert not signs.unseen_too_long(TEAM, known(ON_BOARD.then(e.Admitted("PIVA", TODAY))), NOW)
    assert not signs.unseen_too_long(TEAM, known(a_client()), NOW)


# --- how long -----------------------------------------------------------------------------------------------


def test_a_review_is_overdue_from_the_day_after_its_day() -> None:
    due = stay(a_client().on_board(review_by=TODAY))
    assert not signs.review_overdue(due, TODAY)
    assert signs.review_overdue(due, TODAY + DAY)
    assert not signs.review_overdue(replace(due, review_by=None), TODAY)


def test_long_on_the_board_is_twice_the_categorys_review_days_in_local_days() -> None:
    just_before_midnight, just_after = timedelta(days=27, hours=10), timedelta(days=27, hours=9)
    assert signs.long_on_board(TEAM, known(a_client().on_board(ago=just_before_midnight)), NOW)
    assert not signs.long_on_board(TEAM, known(a_client().on_board(ago=just_after)), NOW)
    assert not signs.long_on_board(TEAM, known(a_client().on_board("legal_measure", ago=55 * DAY)), NOW)
    assert signs.long_on_board(TEAM, known(a_client().on_board("legal_measure", ago=56 * DAY)), NOW)
    assert not signs.long_on_board(TEAM, known(a_client()), NOW)


# --- what changed -------------------------------------------------------------------------------------------


def tried(given: Given) -> Given:
    return met(given, NOW, e.ContactKind.TRIED)


CHANGES: list[tuple[Given, Change]] = [
    (a_client().on_board(ago=HOUR / 2), Change.PUT_ON),
    (ON_BOARD.flagged_again(), Change.FLAGGED),
    (rated(ON_BOARD, e.Rating.WORSE), Change.WORSE),
    (tried(ON_BOARD), Change.MISSED),
    (ON_BOARD.then(e.Admitted("PIVA", TODAY)), Change.ADMITTED),
    (ON_BOARD.then(e.Recategorised("admitted", "short_intensive")), Change.CATEGORY),
    (rated(ON_BOARD, e.Rating.BETTER), Change.BETTER),
    (rated(ON_BOARD, e.Rating.USUAL), Change.USUAL),
]


@pytest.mark.parametrize(("story", "change"), CHANGES, ids=[str(change) for _, change in CHANGES])
def test_a_change_is_one_from_then_on_and_none_before(story: Given, change: Change) -> None:
    assert signs.changes(known(story), BEFORE) == (change,)
    assert signs.changes(known(story), NOW) == ()


def test_the_most_pressing_change_comes_first_however_they_came() -> None:
    story = rated(ON_BOARD, e.Rating.BETTER).then(e.Recategorised("admitted", "short_intensive"))
    story = rated(tried(story.then(e.Admitted("PIVA", TODAY))), e.Rating.WORSE, at=NOW + HOUR).flagged_again()
    assert signs.changes(known(story), BEFORE) == (
        Change.FLAGGED,
        Change.WORSE,
        Change.MISSED,
        Change.ADMITTED,
        Change.CATEGORY,
    )


def test_a_new_time_on_the_board_is_not_also_a_flag() -> None:
    assert signs.changes(known(a_client().on_board(ago=timedelta())), BEFORE) == (Change.PUT_ON,)


def test_whoever_was_met_after_the_attempt_was_not_missed() -> None:
    assert signs.changes(known(met(tried(ON_BOARD), NOW + HOUR)), BEFORE) == ()


def test_worse_is_news_and_else_the_newest_rating_and_one_noted_late_too() -> None:
    assert signs.changes(known(rated(ON_BOARD, e.Rating.USUAL, e.Rating.BETTER)), BEFORE) == (Change.BETTER,)
    assert signs.changes(known(rated(ON_BOARD, e.Rating.UNCHANGED)), BEFORE) == ()
    assert signs.changes(known(rated(ON_BOARD, e.Rating.WORSE, at=NOW - DAY)), BEFORE) == (Change.WORSE,)


def test_nothing_changes_for_whoever_is_not_on_the_board() -> None:
    assert signs.changes(known(tried(a_client())), BEFORE) == ()


# --- ratings, measures, those who returned ------------------------------------------------------------------


def test_a_trend_is_the_four_newest_ratings_that_say_something_the_oldest_first() -> None:
    worse, same, better = e.Rating.WORSE, e.Rating.UNCHANGED, e.Rating.BETTER
    story = rated(ON_BOARD, worse, worse, same, e.Rating.NOT_ASSESSED, better, e.Rating.USUAL)
    assert [one.rating for one in signs.trend(stay(story))] == [worse, same, better, e.Rating.USUAL]
    assert signs.trend(stay(ON_BOARD)) == ()


@pytest.mark.parametrize(
    ("ends", "left", "soon"),
    [
        (TODAY + 15 * DAY, 15, False),
        (TODAY + 14 * DAY, 14, True),
        (TODAY, 0, True),
        (TODAY - DAY, -1, True),
        (None, None, False),
    ],
)
def test_a_measure_runs_out_from_fourteen_days_before_its_end(ends: date | None, left: int | None, soon: bool) -> None:
    assert signs.days_left(Legal("m", "ÖPT", TODAY, ends, ""), TODAY) == left
    standing = ON_BOARD.then(e.LegalMeasureStarted("n", "LRV", TODAY))
    assert signs.running_out(known(standing.then(e.LegalMeasureStarted("m", "ÖPT", TODAY, ends))), TODAY) is soon


def returned(ago: timedelta, name: str = "a") -> Client:
    story = ON_BOARD.then(e.Returned("Stabil"), ago=ago)
    return replace(known(story), id=name)


def test_recently_returned_are_those_of_the_last_fourteen_days_the_newest_first() -> None:
    early, late, gone = returned(14 * DAY - HOUR, "a"), returned(DAY, "b"), returned(14 * DAY, "c")
    assert signs.recently_returned([early, gone, late], NOW) == [late, early]


def test_whoever_is_back_on_the_board_was_there_in_error_or_left_the_team_did_not_return() -> None:
    others = (
        ON_BOARD.then(e.Returned("Stabil"), ago=2 * DAY).on_board(ago=DAY),
        ON_BOARD.then(e.EnteredInError("Fel person"), ago=DAY),
        ON_BOARD.then(e.EnrolmentEnded(e.EndReason.MOVED), ago=DAY),
        a_client(),
    )
    assert signs.recently_returned([known(one) for one in others], NOW) == []

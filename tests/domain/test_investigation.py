"""What a case pack is asked for, and what of a team's history belongs to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.investigation import decided_by, in_force, met, wish
from factboard.domain.refusal import Invalid
from tests.domain.given import Refusal, nobody, table

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
SETTINGS = e.Settings("Team Kusten")
DAY = timedelta(days=1)


def row(seq: int, at: datetime, fact: e.Fact, actor: str = "lars") -> e.Recorded:
    return e.Recorded(seq, at, actor, fact)


@pytest.mark.parametrize(
    ("first", "last", "since", "until"),
    [
        ("2026-11-02", "2026-11-23", "2026-11-01T23:00", "2026-11-23T23:00"),
        ("2026-10-25", "2026-10-25", "2026-10-24T22:00", "2026-10-25T23:00"),  # 25 hours long
        ("2026-03-29", "2026-03-29", "2026-03-28T23:00", "2026-03-29T22:00"),  # 23
    ],
)
def test_both_days_are_in_it_from_midnight_to_midnight_of_the_team(
    first: str, last: str, since: str, until: str
) -> None:
    asked = wish(date.fromisoformat(first), date.fromisoformat(last), " lex Maria ", NOW, SETTINGS)
    assert asked.since == datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert asked.until == datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert asked.why == "lex Maria"


def asking(_case: object, first: date | None, last: date | None, why: str) -> list[e.Entry]:
    wish(first, last, why, NOW, SETTINGS)
    return []


def refusal(says: str, first: date | None, last: date | None, why: str, key: str, field: str) -> Refusal:
    return Refusal(says, nobody(), asking, {"first": first, "last": last, "why": why}, key, Invalid, field)


FIRST = date(2026, 11, 1)
REFUSALS = [
    refusal("no beginning", None, FIRST, "x", "required", "first"),
    refusal("no end", FIRST, None, "x", "required", "last"),
    refusal("an end before the beginning", date(2026, 11, 2), FIRST, "x", "ends_before_it_begins", "last"),
    refusal("days to come", FIRST, date(2026, 11, 24), "x", "in_the_future", "last"),
    refusal("the year one", date(1, 1, 1), FIRST, "x", "day_out_of_range", "first"),
    refusal("no reason", FIRST, FIRST, "\n", "required", "why"),
]


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_in_force_is_the_newest_of_each_rule_before_the_period() -> None:
    rules = [
        row(2, NOW - 9 * DAY, e.TeamSettingsChanged(SETTINGS)),
        row(3, NOW - 8 * DAY, e.CategoryChanged(e.Category("a"))),
        row(4, NOW - 7 * DAY, e.CategoryChanged(e.Category("b"))),
        row(5, NOW - 6 * DAY, e.CategoryChanged(e.Category("a", review_days=7))),
        row(6, NOW, e.CategoryChanged(e.Category("b", review_days=7))),
    ]
    assert [one.seq for one in in_force(rules, NOW)] == [2, 4, 5]
    assert in_force(rules, NOW - 10 * DAY) == []


def test_what_was_done_by_itself_names_by_which_versions() -> None:
    facts = [
        row(7, NOW, e.AnnouncementWithdrawn((), NOW, 1, 5, "0.1.0"), "factboard"),
        row(8, NOW, e.Taken()),
        row(9, NOW, e.ReviewFellDue(NOW, e.Step.REVIEW, e.Versions(1, 5, "0.1.0")), "factboard"),
        row(10, NOW, e.Returned("", due=NOW, grounds=e.Grounds(2, 0, "0.2.0")), "factboard"),
    ]
    found = [(one.rule, one.policy, one.software, one.facts) for one in decided_by(facts)]
    assert found == [(1, 5, "0.1.0", (7, 9)), (2, 0, "0.2.0", (10,))]


def test_a_meeting_is_one_line_held_or_not_and_says_whether_the_client_was_up() -> None:
    def opened(id: str, planned: datetime | None = None) -> e.Fact:
        return e.MeetingOpened(id, "lars", None, ("lars",), (), NOW, planned)

    later = NOW + DAY
    meetings = [
        row(1, NOW - DAY, e.MeetingClosed("before", True)),
        row(2, NOW, opened("a", NOW)),
        row(3, NOW + timedelta(minutes=15), e.MeetingClosed("a", True)),
        row(4, later, opened("b", later)),
        row(5, later + timedelta(minutes=15), e.MeetingClosed("b", False)),
        row(6, later + timedelta(hours=1), e.MeetingNotHeld(later, next(iter(e.NotHeld)))),
        row(7, later + 2 * DAY, e.MeetingNotHeld(later + DAY, next(iter(e.NotHeld)))),
    ]
    story = [row(8, NOW, e.ClientDiscussed("a")), row(9, later, e.NotDiscussed("b"))]
    found = met(meetings, story)
    assert [(one.at, one.held, one.chair, one.up, one.passed_over) for one in found] == [
        (NOW, True, "lars", True, False),
        (later, False, "lars", False, True),
        (later + DAY, False, "", False, False),
    ]

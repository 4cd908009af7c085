"""When nobody of the team is here: when the board is next read, and whom to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from factboard.domain.events import Settings
from factboard.domain.out_of_hours import OutOfHours, out_of_hours

ZONE = ZoneInfo("Europe/Stockholm")
TEAM = Settings("Team Kusten", meeting_days=(0, 3), public_holidays=False)  # at 8:30 on Monday and Thursday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


READ = {  # local: now, when somebody is here, when the next meeting is
    "early on a working day": ("2026-11-24 05:00", "2026-11-24 08:00", "2026-11-26 08:30"),
    "just before the day begins": ("2026-11-24 07:59", "2026-11-24 08:00", "2026-11-26 08:30"),
    "as the day ends": ("2026-11-24 16:30", "2026-11-25 08:00", "2026-11-26 08:30"),
    "in the evening": ("2026-11-25 22:10", "2026-11-26 08:00", "2026-11-26 08:30"),
    "on Friday evening": ("2026-11-27 17:00", "2026-11-30 08:00", "2026-11-30 08:30"),
    "on Saturday": ("2026-11-28 12:00", "2026-11-30 08:00", "2026-11-30 08:30"),
    "in the night in which the clock is put back": ("2026-10-25 02:30", "2026-10-26 08:00", "2026-10-26 08:30"),
}


@pytest.mark.parametrize("says", READ)
def test_the_board_is_read_when_the_next_working_day_begins(says: str) -> None:
    now, begins, meeting = READ[says]
    assert out_of_hours(TEAM, at(now)) == OutOfHours(at(begins), at(meeting), "")


@pytest.mark.parametrize("now", ["2026-11-24 08:00", "2026-11-24 12:00", "2026-11-24 16:29"])
def test_in_working_hours_somebody_is_here(now: str) -> None:
    assert out_of_hours(TEAM, at(now)) is None


def test_the_teams_own_days_off_hours_and_meetings_count() -> None:
    closed = replace(TEAM, closed_days=(date(2026, 11, 25), date(2026, 11, 26)))
    known = out_of_hours(closed, at("2026-11-25 10:00"))
    assert known == OutOfHours(at("2026-11-27 08:00"), at("2026-11-30 08:30"), "")
    weekend = replace(TEAM, meeting_days=(5,), day_begins=time(9), day_ends=time(17))
    assert out_of_hours(weekend, at("2026-11-28 08:59")) == OutOfHours(
        at("2026-11-28 09:00"), at("2026-11-28 08:30").replace(day=5, month=12), ""
    )


def test_a_team_without_meetings_or_days_makes_nobody_wait_for_a_time() -> None:
    assert out_of_hours(replace(TEAM, meeting_days=()), at("2026-11-28 12:00")) == OutOfHours(
        at("2026-11-30 08:00"), None, ""
    )
    last_day = datetime(9999, 12, 31, 20, tzinfo=UTC)
    assert out_of_hours(TEAM, last_day) == OutOfHours(None, None, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Vid livsfara: 112.", True),
        ("112", True),
        ("Ring 112, sedan jouren 08-123 45 67", True),
        ("Jouren 08-112 34 56", False),
        ("Jouren 070-174 11 22", False),
        ("08 112 00", False),
        ("Jouren 1120", False),
        ("", False),
    ],
)
def test_a_text_that_does_not_name_112_is_known(text: str, says: bool) -> None:
    assert OutOfHours(None, None, text).says_112 is says

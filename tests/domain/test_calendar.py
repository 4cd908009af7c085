"""Local days and meeting mornings, over zones, years and both switches of the clock (hazard H8)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from factboard.domain import calendar
from factboard.domain.events import Settings

STOCKHOLM = Settings("Team Kusten")
ZONES = (
    "Europe/Stockholm",
    "Europe/London",
    "Atlantic/Azores",
    "America/New_York",
    "America/St_Johns",  # half an hour
    "America/Havana",  # repeats midnight
    "America/Santiago",  # skips midnight
    "Africa/Cairo",  # skips midnight, and repeats the hour before it
    "Africa/Casablanca",
    "Asia/Beirut",  # skips midnight
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)


def zone(name: str) -> Settings:
    return Settings("Team", time_zone=name)


def switches(name: str, year: int) -> list[datetime]:
    """The instants of that year at which the zone's clock is moved."""
    here = ZoneInfo(name)

    def offset(hour: int) -> timedelta | None:
        return (datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hour)).astimezone(here).utcoffset()

    found = []
    for hour in range(366 * 24):
        if offset(hour) != offset(hour + 1):
            start = datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
            before = start.astimezone(here).utcoffset()
            minutes = (start + timedelta(minutes=minute) for minute in range(61))
            found.append(next(at for at in minutes if at.astimezone(here).utcoffset() != before))
    return found


def minutes_around(at: datetime, step: int) -> list[datetime]:
    return [at + timedelta(minutes=minute) for minute in range(-26 * 60, 26 * 60, step)]


def check_midnight(now: datetime, settings: Settings) -> None:
    """`next_midnight` is the first instant whose local day is another one."""
    today = calendar.local_day(now, settings)
    turns = calendar.next_midnight(now, settings)
    assert now < turns <= now + timedelta(hours=26)
    assert calendar.local_day(turns, settings) == today + timedelta(days=1)
    assert calendar.local_day(turns - timedelta(microseconds=1), settings) == today


@pytest.mark.parametrize("name", ZONES)
def test_the_day_turns_exactly_at_midnight_around_every_switch(name: str, full: bool) -> None:
    years = range(2024, 2031) if full else (2026,)
    for year in years:
        for at in [*switches(name, year), datetime(year, 12, 31, 12, tzinfo=UTC)]:
            for now in minutes_around(at, 1 if full else 23):
                check_midnight(now, zone(name))


def test_zones_that_move_their_clocks_are_among_those_tried() -> None:
    assert {name for name in ZONES if len(switches(name, 2026)) == 2} >= set(ZONES[:6])


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 6, 1), 24)])
def test_a_day_in_stockholm_has_23_24_or_25_hours(day: tuple[int, int, int], hours: int) -> None:
    start = calendar.instant(date(*day), time(0), STOCKHOLM)
    assert calendar.next_midnight(start, STOCKHOLM) - start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ((2026, 1, 15, 8, 30), (7, 30)),
        ((2026, 7, 15, 8, 30), (6, 30)),
        ((2026, 3, 29, 1, 59), (0, 59)),
        ((2026, 3, 29, 2, 30), (1, 30)),  # does not exist: as if the clock had not been moved yet
        ((2026, 3, 29, 3, 0), (1, 0)),
        ((2026, 10, 25, 2, 30), (0, 30)),  # is there twice: the first
        ((2026, 10, 25, 3, 0), (2, 0)),
    ],
)
def test_a_local_time_has_one_instant(local: tuple[int, ...], utc: tuple[int, int]) -> None:
    year, month, day, hour, minute = local
    found = calendar.instant(date(year, month, day), time(hour, minute), STOCKHOLM)
    assert found == datetime(year, month, day, *utc, tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("name", ZONES)
def test_every_day_a_form_can_send_has_an_instant(name: str) -> None:
    for day in (date.min, date.max, date(1900, 1, 1), date(2026, 2, 28)):
        for at in (time.min, time.max):
            assert calendar.instant(day, at, zone(name)).tzinfo is UTC
    assert calendar.instant(date.min, time.min, zone(name)) < calendar.instant(date.max, time.max, zone(name))


def test_the_same_instant_is_another_day_elsewhere() -> None:
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    days = {name: calendar.local_day(at, zone(name)) for name in ("UTC", "Europe/Stockholm", "Pacific/Pago_Pago")}
    assert days == {
        "UTC": date(2026, 11, 23),
        "Europe/Stockholm": date(2026, 11, 24),
        "Pacific/Pago_Pago": date(2026, 11, 23),
    }


def morning(year: int, month: int, day: int, hour: int = 8, minute: int = 30) -> datetime:
    """The instant (UTC) of this time in Stockholm."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Stockholm")).astimezone(UTC)


class TestNextMeeting:
    def test_is_this_mornings_until_it_has_begun(self) -> None:
        begins = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # Monday 08:30
        second = timedelta(seconds=1)
        assert calendar.next_meeting(begins - second, STOCKHOLM) == begins
        assert calendar.next_meeting(begins, STOCKHOLM) == begins + timedelta(days=1)

    def test_passes_over_weekends_and_closed_days(self) -> None:
        closed = replace(STOCKHOLM, closed_days=(date(2026, 11, 30), date(2026, 12, 1)))
        friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
        assert calendar.next_meeting(friday, STOCKHOLM) == datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
        assert calendar.next_meeting(friday, closed) == datetime(2026, 12, 2, 7, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("now", "meets"),
        [
            (morning(2026, 12, 24, 12), morning(2026, 12, 28)),  # Christmas Day, and a weekend after it
            (morning(2026, 12, 31, 12), morning(2027, 1, 4)),  # New Year's Day is Friday
            (morning(2027, 1, 5, 12), morning(2027, 1, 7)),  # Epiphany, in the middle of a week
            (morning(2026, 4, 2, 12), morning(2026, 4, 7)),  # Good Friday and Easter Monday
            (morning(2026, 4, 30, 12), morning(2026, 5, 4)),  # the First of May
            (morning(2026, 5, 13, 12), morning(2026, 5, 15)),  # Ascension Day
        ],
    )
    def test_passes_over_the_public_holidays_of_the_teams_country(self, now: datetime, meets: datetime) -> None:
        assert calendar.next_meeting(now, STOCKHOLM) == meets

    @pytest.mark.parametrize("eve", [date(2026, 12, 24), date(2026, 6, 19), date(2026, 12, 31)])
    def test_is_on_an_eve_unless_the_team_says_that_it_is_closed(self, eve: date) -> None:
        """Eves are worked by some teams and not by others: no public holidays."""
        noon = calendar.instant(eve - timedelta(days=1), time(12), STOCKHOLM)
        assert calendar.next_meeting(noon, STOCKHOLM) == calendar.instant(eve, time(8, 30), STOCKHOLM)
        closed = replace(STOCKHOLM, closed_days=(eve,))
        after = calendar.next_meeting(noon, closed)
        assert after
        assert after > calendar.instant(eve + timedelta(days=2), time(0), STOCKHOLM)

    def test_is_on_a_public_holiday_for_a_team_that_works_on_those(self) -> None:
        works = replace(STOCKHOLM, public_holidays=False)
        assert calendar.next_meeting(morning(2026, 12, 24, 12), works) == morning(2026, 12, 25)

    def test_is_on_the_holidays_of_other_countries(self) -> None:
        norwegian = replace(STOCKHOLM, country="NO")
        before = morning(2026, 5, 15, 12)  # the 17th of May is a Sunday; the 14th was Ascension Day
        assert calendar.next_meeting(before, STOCKHOLM) == calendar.next_meeting(before, norwegian)
        whit_monday = morning(2026, 5, 25)  # no holiday in Sweden since 2005
        assert calendar.next_meeting(morning(2026, 5, 22, 12), STOCKHOLM) == whit_monday
        assert calendar.next_meeting(morning(2026, 5, 22, 12), norwegian) == whit_monday + timedelta(days=1)

    def test_is_never_for_a_team_without_meeting_days(self) -> None:
        assert calendar.next_meeting(datetime(2026, 11, 23, tzinfo=UTC), replace(STOCKHOLM, meeting_days=())) is None

    @pytest.mark.parametrize("name", ZONES)
    @pytest.mark.parametrize("at", [time(0), time(2, 30), time(8, 30), time(23, 59)])
    def test_is_the_next_allowed_local_time_over_every_switch(self, name: str, at: time, full: bool) -> None:
        """Compared with a plain search over days, from instants around each switch."""
        settings = replace(zone(name), meeting_time=at, meeting_days=(0, 2, 5, 6), public_holidays=False)
        pick = random.Random(f"{name} {at}")
        for year in range(2024, 2031) if full else (2026,):
            for switch in switches(name, year) or [datetime(year, 6, 1, tzinfo=UTC)]:
                for _ in range(60 if full else 6):
                    now = switch + timedelta(minutes=pick.randrange(-4_000, 4_000))
                    first = calendar.local_day(now, settings) - timedelta(days=1)
                    days = (first + timedelta(days=ahead) for ahead in range(12))
                    starts = [calendar.instant(day, at, settings) for day in days if day.weekday() in (0, 2, 5, 6)]
                    assert calendar.next_meeting(now, settings) == min(start for start in starts if start > now)

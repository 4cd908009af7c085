"""Local days and meeting mornings: every question that depends on the team's own time zone.

Instants are UTC and aware; days and times of day are the team's. A local time that daylight saving skips or
repeats is resolved here and nowhere else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from factboard.domain.events import Settings

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def local_day(at: datetime, settings: Settings) -> date:
    """The day it was for the team at this instant."""
    return at.astimezone(ZoneInfo(settings.time_zone)).date()


def instant(day: date, at: time, settings: Settings) -> datetime:
    """The UTC instant of a local time: the first of two that repeat; a skipped one counts from before the jump.

    The first and last day of the calendar, which a form can send, are its edges and never an error.
    """
    try:
        return datetime.combine(day, at, ZoneInfo(settings.time_zone)).astimezone(UTC)
    except OverflowError:
        return FIRST if day.year == FIRST.year else LAST


def next_midnight(now: datetime, settings: Settings) -> datetime:
    """The instant at which "today" turns for the team."""
    return instant(local_day(now, settings) + timedelta(days=1), time(0), settings)


def is_meeting_day(day: date, settings: Settings) -> bool:
    return day.weekday() in settings.meeting_days and day not in settings.closed_days


def next_meeting(now: datetime, settings: Settings) -> datetime | None:
    """The next board meeting by the team's days and time, after `now`; None for a team without meeting days."""
    today = local_day(now, settings)
    for ahead in range(366):
        day = today + timedelta(days=ahead)
        if is_meeting_day(day, settings):
            start = instant(day, settings.meeting_time, settings)
            if start > now:
                return start
    return None

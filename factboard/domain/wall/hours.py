"""When a wall shows clients, when numbers, when nothing; light by day and dark by night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from factboard.domain import calendar, visits
from factboard.domain.events import OutsideMeeting, Settings
from factboard.domain.state import Team

LIGHT, DARK = time(7), time(18)  # local times from which the wall is one and the other
LONGEST = timedelta(hours=2)  # a meeting that is open for longer has been forgotten: it shows nobody any more


class Mode(StrEnum):
    """What a wall shows now."""

    BLANK = "blank"
    COUNTS = "counts"
    BOARD = "board"


def mode(team: Team, now: datetime, outside: OutsideMeeting) -> Mode:
    """What a screen shows that is set to `outside`. Blanked by somebody, it is blank whatever the hour."""
    if team.blank:
        return Mode.BLANK
    return Mode.BOARD if _in_meeting(team, now) or in_window(team.settings, now) else Mode(outside.value)


def _in_meeting(team: Team, now: datetime) -> bool:
    return team.meeting is not None and (team.opened is None or now < forgotten(team, team.opened))


def forgotten(team: Team, opened: datetime) -> datetime:
    """From when (UTC) a meeting that nobody has closed brings no clients to a wall that hides them at other hours."""
    usual = timedelta(minutes=team.settings.meeting_minutes + team.settings.wall_after)
    return opened + max(LONGEST, usual)


def in_window(settings: Settings, now: datetime) -> bool:
    """Is it the time around a meeting in which a wall shows clients?"""
    return any(begins <= now < ends for begins, ends in _windows(settings, now))


def opens(settings: Settings, now: datetime) -> datetime | None:
    """When a wall next shows clients by the team's meeting days; None for a team without any."""
    meeting = calendar.next_meeting(now + timedelta(minutes=settings.wall_before), settings)
    return meeting - timedelta(minutes=settings.wall_before) if meeting else None


def theme(settings: Settings, now: datetime) -> str:
    """ "light" by day, "dark" before seven and from six in the evening, on the team's clock."""
    today = calendar.local_day(now, settings)
    by_day = calendar.instant(today, LIGHT, settings) <= now < calendar.instant(today, DARK, settings)
    return "light" if by_day else "dark"


def is_afternoon(settings: Settings, now: datetime) -> bool:
    return calendar.instant(calendar.local_day(now, settings), visits.AFTERNOON, settings) <= now


def turns(team: Team, now: datetime) -> datetime:
    """The next instant (UTC) at which the hour alone changes what a wall shows."""
    settings = team.settings
    today = calendar.local_day(now, settings)
    found = [calendar.next_midnight(now, settings)]
    found += [calendar.instant(today, at, settings) for at in (LIGHT, visits.AFTERNOON, DARK)]
    found += [edge for window in _windows(settings, now) for edge in window]
    found += filter(None, [calendar.next_meeting(now, settings)])
    found += [forgotten(team, team.opened)] if team.opened else []
    return min(instant for instant in found if instant > now)


def _windows(settings: Settings, now: datetime) -> list[tuple[datetime, datetime]]:
    """Those of yesterday, today and tomorrow: one may reach over midnight."""
    before = timedelta(minutes=settings.wall_before)
    after = timedelta(minutes=settings.meeting_minutes + settings.wall_after)
    today = calendar.local_day(now, settings)
    days = [today + timedelta(days=step) for step in (-1, 0, 1)]
    starts = [
        calendar.instant(d, settings.meeting_time, settings) for d in days if calendar.is_meeting_day(d, settings)
    ]
    return [(start - before, start + after) for start in starts]

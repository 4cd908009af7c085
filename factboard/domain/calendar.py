"""Local days, working days and meeting mornings: every question that depends on the team's own calendar.

Instants are UTC and aware; days and times of day are the team's. A local time that daylight saving skips or
repeats is resolved here and nowhere else. Which days are a country's public holidays is told from outside (`observe`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from factboard.domain.events import Settings

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
DAY = timedelta(days=1)
WEEKEND = (5, 6)
FARTHEST = 366  # days ahead in which a team that meets at all is looked for
LONG_BREAK = 2  # days off in a row before which nobody returns by itself (design 5)

Holidays = Callable[[str, int], frozenset[date]]
_holidays: Holidays = lambda _country, _year: frozenset()  # noqa: E731


def observe(holidays: Holidays) -> None:
    """Say, once at start, which days of a year are public holidays of a country: the rules know no table of them."""
    global _holidays
    _holidays = holidays


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


def next_day(day: date) -> date:
    """The day after, and the calendar's last day after itself."""
    return day + DAY if day < date.max else day


def midnight_after(day: date, settings: Settings) -> datetime:
    """The instant at which a local day is over."""
    return instant(next_day(day), time(0), settings)


def days_between(first: datetime, last: datetime, settings: Settings) -> int:
    """Local midnights passed between two instants."""
    return (local_day(last, settings) - local_day(first, settings)).days


# --- closed, working and meeting days -----------------------------------------------------------------------


def is_closed(day: date, settings: Settings) -> bool:
    """A day off: the team's own, or a public holiday of its country."""
    public = settings.public_holidays and day in _holidays(settings.country, day.year)
    return public or day in settings.closed_days


def closed_days(first: date, many: int, settings: Settings) -> tuple[date, ...]:
    """The days off among so many days, from the first one on."""
    days = (first + n * DAY for n in range(many))
    return tuple(day for day in days if is_closed(day, settings))


def is_meeting_day(day: date, settings: Settings) -> bool:
    return day.weekday() in settings.meeting_days and not is_closed(day, settings)


def is_working_day(day: date, settings: Settings) -> bool:
    """A day on which somebody of the team is here: a weekday, or one with a meeting, that is not closed."""
    return is_meeting_day(day, settings) or (day.weekday() not in WEEKEND and not is_closed(day, settings))


def working_days(after: date, until: date, settings: Settings) -> int:
    """How many working days lie after the first day, up to and with the last."""
    return sum(is_working_day(after + n * DAY, settings) for n in range(1, (until - after).days + 1))


def next_working_day(after: date, settings: Settings) -> date:
    """The first working day after this one; tomorrow for a team that has closed for longer than a year."""
    return next((day for day in _days(next_day(after)) if is_working_day(day, settings)), next_day(after))


def working_day_before(day: date, settings: Settings) -> date | None:
    """The last working day before this one; None for a team that was closed for longer than a year."""
    earlier = (day - n * DAY for n in range(1, min(FARTHEST, day.toordinal())))
    return next((one for one in earlier if is_working_day(one, settings)), None)


def before_a_break(day: date, settings: Settings) -> bool:
    """Is it the last working day before two or more days off?"""
    return not any(is_working_day(day + n * DAY, settings) for n in range(1, LONG_BREAK + 1))


def next_meeting(now: datetime, settings: Settings) -> datetime | None:
    """The next board meeting by the team's days and time, after `now`; None for a team without meeting days."""
    for day in _days(local_day(now, settings)):
        if is_meeting_day(day, settings):
            start = instant(day, settings.meeting_time, settings)
            if start > now:
                return start
    return None


def meeting_ends(settings: Settings) -> time:
    """When the meeting is planned to be over, on the team's clock; one that reaches over midnight ends with the day."""
    minutes = settings.meeting_time.hour * 60 + settings.meeting_time.minute + settings.meeting_minutes
    return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else time.max


# --- when somebody is here ----------------------------------------------------------------------------------


def is_working_hour(now: datetime, settings: Settings) -> bool:
    """Is somebody of the team here, by its days and hours?"""
    today = local_day(now, settings)
    begins, ends = _hours(today, settings)
    return is_working_day(today, settings) and begins <= now < ends


def next_here(now: datetime, settings: Settings) -> datetime | None:
    """When somebody of the team is next here: `now` itself in working hours; None where it is closed for a year."""
    for day in _days(local_day(now, settings)):
        begins, ends = _hours(day, settings)
        if is_working_day(day, settings) and now < ends:
            return max(begins, now)
    return None


def after_working(start: datetime, spent: timedelta, settings: Settings) -> datetime:
    """The instant at which so much working time has passed since `start`; no team without hours is waited for."""
    left = spent
    for day in _days(local_day(start, settings)):
        if not is_working_day(day, settings):
            continue
        begins, ends = _hours(day, settings)
        begins = max(begins, start)
        if ends - begins >= left:
            return begins + left
        left -= max(ends - begins, timedelta())
    return start + spent


def goes_home(after: datetime, settings: Settings) -> datetime:
    """When the team goes home next: the end of this working day. Out of hours they have: `after` itself."""
    return _hours(local_day(after, settings), settings)[1] if is_working_hour(after, settings) else after


def hours_turn(now: datetime, settings: Settings) -> datetime:
    """The next instant at which a working day begins or ends."""
    today = local_day(now, settings)
    edges = (edge for day in (today, next_day(today)) for edge in _hours(day, settings))
    return next((edge for edge in edges if edge > now), midnight_after(today, settings))


def _hours(day: date, settings: Settings) -> tuple[datetime, datetime]:
    return instant(day, settings.day_begins, settings), instant(day, settings.day_ends, settings)


# --- when a client may return -------------------------------------------------------------------------------


def is_for_returns(day: date, settings: Settings) -> bool:
    """A working day, and not the last one before days off: somebody is here the day after."""
    return is_working_day(day, settings) and not before_a_break(day, settings)


def may_return_on(day: date, settings: Settings) -> bool:
    """A day on which a meeting is planned that can let somebody go the same day."""
    return is_meeting_day(day, settings) and is_for_returns(day, settings)


def next_return(earliest: date, at: time, now: datetime, settings: Settings) -> datetime | None:
    """The first moment for a return, later than `now`, on a day that is not before `earliest`; None where no meeting
    day of the team has one.
    """
    for day in _days(max(earliest, local_day(now, settings))):
        if may_return_on(day, settings) and instant(day, at, settings) > now:
            return instant(day, at, settings)
    return None


def _days(first: date) -> Iterator[date]:
    day = first
    for _ in range(FARTHEST):
        yield day
        if day == date.max:
            return
        day = next_day(day)

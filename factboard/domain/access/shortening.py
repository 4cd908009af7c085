"""How long the access log is kept: whole months of it go, so many years after they have ended, each by a fact.

At least five years (HSLF-FS 2016:40 ch. 4 s. 9; domain page, section 8). Rows about somebody under a legal hold stay.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.case import Case

AT_LEAST = 5  # years


def kept_until(now: datetime, years: int, settings: e.Settings) -> datetime:
    """The instant (UTC) before which rows may go: the beginning of this month, so many years ago."""
    today = calendar.local_day(now, settings)
    return calendar.instant(date(max(today.year - years, date.min.year), today.month, 1), time(0), settings)


def month_after(at: datetime, settings: e.Settings) -> datetime:
    """The beginning (UTC) of the team's month after the one in which this is."""
    day = calendar.local_day(at, settings)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return calendar.instant(date(year, month, 1), time(0), settings)


def shorten(
    case: Case, *, years: int, before: datetime, first: datetime, last: datetime, rows: int, held_back: Collection[str]
) -> list[e.Entry]:
    """Let go of so many `rows`, those before `before`, from `first` to `last` (UTC); of none that are too young."""
    if not rows or years < AT_LEAST or before > kept_until(case.now, years, case.team.settings):
        return []
    return [e.Entry(e.AccessLogShortened(before, first, last, rows, tuple(sorted(held_back))))]

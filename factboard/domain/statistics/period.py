"""A period of a team's statistics: local days, half-open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from factboard.domain import calendar
from factboard.domain.events import Settings

DAY = timedelta(days=1)
WEEKLY = 26 * 7 * DAY  # up to so long a period is shown by the week, a longer one by the month


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of the local day `first` until the beginning of `end`, which belongs to it no more."""

    first: date
    end: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - DAY

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    @property
    def previous(self) -> Period:
        """The one before: of whole months as many months, else as many days."""
        if self.first.day == self.end.day == 1:
            return Period(
                _months(self.first, self.first.month - self.end.month, self.first.year - self.end.year), self.first
            )
        return Period(self.first - (self.end - self.first), self.first)

    def begins(self, settings: Settings) -> datetime:
        """UTC."""
        return calendar.instant(self.first, time(0), settings)

    def ends(self, settings: Settings) -> datetime:
        """UTC; the first instant after it."""
        return calendar.instant(self.end, time(0), settings)

    def spans(self) -> Iterator[Period]:
        """Its weeks from Monday to Sunday, or its months where it is longer than half a year; cut at its edges."""
        first = self.first
        while first < self.end:
            whole = (
                first - first.weekday() * DAY + 7 * DAY
                if self.end - self.first <= WEEKLY
                else _months(first.replace(day=1), 1)
            )
            yield Period(first, min(whole, self.end))
            first = whole


def _months(first: date, months: int, years: int = 0) -> date:
    """The first of a month, so many months and years on."""
    count = (first.year + years) * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)

"""Days, times and numbers as a reader sees them: Babel's formats, in the team's zone, filters in every template.

A `datetime` is an instant in UTC and is turned into the team's day; a `date` or `time` is the team's already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from factboard.web.language import catalogue

LOCALES = {"sv": "sv_SE", "en": "en_GB"}  # day before month, 24 hours: how these teams write in both languages


class Times:
    """The filters of one language and one zone."""

    def __init__(self, language: str, zone: str) -> None:
        self.locale, self.zone = LOCALES[language], ZoneInfo(zone)
        self.catalogue = catalogue(language)

    def filters(self) -> Mapping[str, Callable[..., str]]:
        return {
            "day": self.day,
            "full_day": self.full_day,
            "near": self.near,
            "short_day": self.short_day,
            "clock": self.clock,
            "moment": self.moment,
            "days_count": self.days_count,
            "number": self.number,
        }

    def day(self, value: date | datetime) -> str:
        """ "Thu 26 Nov", "tors 26 nov"."""
        return _date(self._local(value), "EEE d MMM", self.locale)

    def full_day(self, value: date | datetime) -> str:
        """ "Thu 26 Nov 2026"."""
        return _date(self._local(value), "EEE d MMM y", self.locale)

    def near(self, value: date | datetime, now: datetime) -> str:
        """ "yesterday", "today", "tomorrow", else the day; with the year where that is not this year."""
        local, today = self._local(value), self._local(now)
        words = {
            -1: self.catalogue.gettext("yesterday"),
            0: self.catalogue.gettext("today"),
            1: self.catalogue.gettext("tomorrow"),
        }
        near = words.get((local - today).days)
        return near or (self.day(local) if local.year == today.year else self.full_day(local))

    def short_day(self, value: date | datetime, now: datetime) -> str:
        """ "26 Nov", with the year where that is not this one: for what lies further back than its weekday tells."""
        local = self._local(value)
        pattern = "d MMM" if local.year == self._local(now).year else "d MMM y"
        return _date(local, pattern, self.locale)

    def clock(self, value: datetime | time) -> str:
        """ "09:41"."""
        local = value.astimezone(self.zone).time() if isinstance(value, datetime) else value
        return _time(local.replace(second=0, microsecond=0, tzinfo=None), self.locale)

    def moment(self, value: datetime) -> str:
        """ "Thu 26 Nov 09:41"."""
        return f"{self.day(value)} {self.clock(value)}"

    def days_count(self, days: int) -> str:
        """ "today", "1 day", "12 days"."""
        if days == 0:
            return self.catalogue.gettext("today")
        return self.catalogue.ngettext("%(num)s day", "%(num)s days", days) % {"num": self.number(days)}

    def number(self, value: float) -> str:
        return _number(value, self.locale)

    def _local(self, value: date | datetime) -> date:
        return value.astimezone(self.zone).date() if isinstance(value, datetime) else value


# A history is told with few different days, times and numbers, and each is Babel's work of a tenth of a millisecond.


@lru_cache(maxsize=4_096)
def _date(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale).replace(".", "")


@lru_cache(maxsize=4_096)
def _time(clock: time, locale: str) -> str:
    return format_time(clock, "HH:mm", locale=locale)


@lru_cache(maxsize=4_096)
def _number(value: float, locale: str) -> str:
    return format_decimal(value, locale=locale)

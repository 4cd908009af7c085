"""Dates as teams write them: 2026-03-05, 20260305, 260305, 5.3.2026, 05/03/2026, 5 mars 2026, or an Excel date.

05/03/2026 is two different days; the other dates of the same sheet tell which, or nobody does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names

from factboard.domain.text import folded
from factboard.importing.problems import BadCell, shown
from factboard.importing.table import Cell

LANGUAGES = ("sv", "en", "nb", "da", "nl", "fi")
YOUNGEST = 15  # a two-digit birth year is taken for this century only if it makes nobody younger

_TIME = re.compile(r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:Z|\+00:?00)?$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DIGITS = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_DAY_WORD = re.compile(r"(?:den )?(\d{1,2})(?:\.|:e|st|nd|rd|th)? (?:of )?([^\W\d]+)\.?,? (\d{4})", re.IGNORECASE)
_WORD_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)


def day_first(cells: Iterable[Cell]) -> bool | None:
    """Whether 05/03/2026 is 5 March in these cells; None when they do not tell, or contradict one another."""
    votes = set()
    for cell in cells:
        if isinstance(cell, str) and (match := _SLASHED.fullmatch(_bare(cell))):
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                votes.add(True)
            elif second > 12 >= first:
                votes.add(False)
    return votes.pop() if len(votes) == 1 else None


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the dates of one column. `today` is the team's own day; `epoch` the workbook's, if it is one."""

    today: dt.date
    day_first: bool | None = None
    epoch: dt.datetime | None = None
    birth: bool = False

    def read(self, cell: Cell) -> dt.date:
        """The day a cell names. Raises `BadCell`: not a date, no such day, either of two days."""
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return self._number(cell)
        if not isinstance(cell, str):
            raise BadCell("not_a_date", value=shown(str(cell)))
        text = _bare(cell)
        try:
            return self._text(text)
        except ValueError:
            raise BadCell("no_such_date", value=shown(text)) from None

    def _number(self, number: float) -> dt.date:
        if 0 < number < 100_000 and self.epoch:
            return (self.epoch + dt.timedelta(days=int(number))).date()
        if number == int(number) and number > 0:
            return self.read(str(int(number)))
        raise BadCell("not_a_date", value=shown(str(number)))

    def _text(self, text: str) -> dt.date:
        if match := _YEAR_FIRST.fullmatch(text):
            return dt.date(int(match[1]), int(match[3]), int(match[4]))
        if match := _DIGITS.fullmatch(text):
            month, day = int(match[2]), int(match[3])
            return dt.date(int(match[1]) if len(match[1]) == 4 else self._year(match, text), month, day)
        if match := _DOTTED.fullmatch(text):
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        if match := _SLASHED.fullmatch(text):
            return self._slashed(int(match[1]), int(match[3]), int(match[4]), text)
        if match := _DAY_WORD.fullmatch(text):
            return dt.date(int(match[3]), _month(match[2], text), int(match[1]))
        if match := _WORD_DAY.fullmatch(text):
            return dt.date(int(match[3]), _month(match[1], text), int(match[2]))
        raise BadCell("not_a_date", value=shown(text))

    def _year(self, match: re.Match[str], text: str) -> int:
        year = 2000 + int(match[1])
        if not self.birth:
            return year
        if (year, int(match[2]), int(match[3])) > (self.today.year, self.today.month, self.today.day):
            return year - 100
        if year > self.today.year - YOUNGEST:
            raise BadCell("year_in_full", value=shown(text))
        return year

    def _slashed(self, first: int, second: int, year: int, text: str) -> dt.date:
        if first > 12 or second > 12 or first == second:
            day, month = (first, second) if first > 12 or first == second else (second, first)
            return dt.date(year, month, day)
        if self.day_first is None:
            raise BadCell("day_or_month", value=shown(text))
        day, month = (first, second) if self.day_first else (second, first)
        return dt.date(year, month, day)


def _bare(cell: str) -> str:
    return _TIME.sub("", " ".join(cell.split()))


def _month(word: str, text: str) -> int:
    month = _months().get(folded(word))
    if month is None:
        raise BadCell("not_a_date", value=shown(text))
    return month


@cache
def _months() -> dict[str, int]:
    return {
        folded(name).rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }

"""Which days are public holidays: the `holidays` package's tables, told to the calendar; and, to people, by name."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """A country's public holidays of a year; none for a country or a year that the package does not know."""
    return frozenset(_table(country, year) or ())


@cache
def named(country: str, year: int, language: str) -> dict[date, str]:
    """The same days with their names: in the reader's language where the package has it, else in the country's."""
    known = _table(country, year)
    if known is None:
        return {}
    spoken = (one for one in known.supported_languages if one == language or one.startswith(f"{language}_"))
    table = _table(country, year, next(spoken, known.default_language))
    return dict(sorted((table or known).items()))


def _table(country: str, year: int, language: str | None = None) -> Any | None:
    import holidays  # where it is first asked for: commands that need no calendar start without it

    if not 1900 <= year <= 2200:  # a mistyped year costs no reckoning of Easter in 9999
        return None
    try:
        return holidays.country_holidays(country, years=year, language=language)
    except NotImplementedError:
        return None

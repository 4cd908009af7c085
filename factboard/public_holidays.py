"""Which days are public holidays: the `holidays` package's tables, told to the rules' calendar."""

from __future__ import annotations

from datetime import date
from functools import cache


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """A country's public holidays of a year; none for a country or a year that the package does not know."""
    import holidays  # where it is first asked for: commands that need no calendar start without it

    if not 1900 <= year <= 2200:  # a mistyped year costs no reckoning of Easter in 9999
        return frozenset()
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()

"""The arithmetic of the statistics, exact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

MICROSECOND = timedelta(microseconds=1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def quantile(ordered: Sequence[Fraction], at: Fraction) -> Fraction | None:
    """The value below which this share lies, between two neighbours in proportion: as QUARTILE.INC and PERCENTILE.INC
    in a spreadsheet, so that anybody can check it there (Hyndman and Fan's seventh).
    """
    if not ordered:
        return None
    place = at * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def ratio(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    """None: there is no whole."""
    return Fraction(part) / whole if whole else None


def units(spent: timedelta, of: timedelta) -> Fraction:
    """A span of time in minutes or hours, exactly."""
    return Fraction(spent // MICROSECOND, of // MICROSECOND)

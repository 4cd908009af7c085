"""Which days stand on which line of a picture, and where on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

WEEK = 7
NARROWEST, WIDEST = 9.0, 34.0  # a day of the near picture, in units of the drawing
MONTHS = {True: 12, False: 6}  # on a line of the far picture, wide and narrow


@dataclass(frozen=True, slots=True)
class Line:
    """The days from `first` to before `end`, drawn from `left` on, each `day` wide."""

    first: int
    end: int
    left: float
    day: float

    def x(self, at: float) -> float:
        """Where a moment is; one before or after the line is at its edge."""
        return round(self.left + (min(max(at, self.first), self.end) - self.first) * self.day, 1)

    def has(self, at: float) -> bool:
        return self.first <= at < self.end

    def touches(self, since: float, until: float) -> bool:
        return since < self.end and until >= self.first

    @property
    def right(self) -> float:
        return self.x(self.end)


def near(first: int, last: int, width: float, left: float) -> list[Line]:
    """Whole weeks, as many on each line; from the Monday of the week of the day `first`."""
    monday = first - (date.fromordinal(first).weekday())
    weeks = (last - monday) // WEEK + 1
    room = width - left
    most = max(1, int(room // (WEEK * NARROWEST)))
    a_line = ceil(weeks / ceil(weeks / most))
    day = min(WIDEST, room / (a_line * WEEK))
    starts = range(monday, monday + weeks * WEEK, a_line * WEEK)
    return [Line(start, start + a_line * WEEK, left, day) for start in starts]


def far(first: int, last: int, width: float, left: float) -> list[Line]:
    """Whole months. What is longer than a line stands in calendar years (or halves): seasons in line."""
    most = MONTHS[width > 600]
    begins, ends = date.fromordinal(first), date.fromordinal(last)
    months = [year * 12 + month for year, month in ((begins.year, begins.month - 1), (ends.year, ends.month - 1))]
    start, end = months[0], months[1] + 1
    if end - start > most:
        start, end = start - start % most, end + -end % most
        cuts = list(range(start, end + 1, most))
    else:
        cuts = [start, end]
    edges = [date(at // 12, at % 12 + 1, 1).toordinal() for at in cuts]
    longest = max(later - earlier for earlier, later in pairwise(edges))
    day = (width - left) / max(longest, 28)
    return [Line(one, other, left, day) for one, other in pairwise(edges)]

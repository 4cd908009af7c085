"""Room for signs and words that stand close together: what matters most is never the one that gives way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factboard.web.story.picture.given import Point

LETTER = 6.4  # the mean width of a letter in the size that labels have
BESIDE = 4.0  # between a label's stem and its first letter
APART = 6.0
ROWS = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A label's stem and its row, from the lowest; `before`: its words stand to the left of the stem."""

    point: Point
    x: float
    row: int
    before: bool = False


def wide(text: str) -> float:
    return len(text) * LETTER


def labelled(points: Sequence[tuple[float, Point]], right: float) -> list[Placed]:
    """The labels, each above those that begin under its words: so no stem runs through what another says.

    Where that takes too many rows, the least important ones have no words.
    """
    known = [Placed(one, x, 0, x + _width(one) > right) for x, one in points if one.label]
    # From the right, so that each stands to the left of the stems that it is above; the few that have no room to their
    # right are put over all the others.
    known.sort(key=lambda one: (one.before, -one.x, -one.point.rank))
    while True:
        found: list[Placed] = []
        for one in known:
            under = [other.row for other in found if _touch(one, other)]
            found.append(replace(one, row=max(under, default=-1) + 1))
        crowded = next((one for one in found if one.row >= ROWS), None)
        if crowded is None:
            return sorted(found, key=lambda one: one.x)
        least = max((one for one in known if _touch(one, crowded)), key=lambda one: (one.point.rank, one.x))
        known.remove(least)


def _width(point: Point) -> float:
    return BESIDE + wide(point.label) + APART


def _touch(one: Placed, other: Placed) -> bool:
    """Do their words stand over one another, whatever their rows?"""
    (first, last), (begin, end) = (
        (each.x - _width(each.point), each.x) if each.before else (each.x, each.x + _width(each.point))
        for each in (one, other)
    )
    return first <= end and begin <= last


def signed(points: Sequence[tuple[float, Point]], size: float) -> list[tuple[float, Point]]:
    """Where the signs stand: pushed aside by their own width at most; of more, the least important are left out."""
    found: list[tuple[float, Point]] = []
    for x, point in sorted(points, key=lambda pair: (pair[1].rank, pair[0])):
        free = [at for at in (x, x + size, x - size) if all(abs(at - other) >= size - 1 for other, _ in found)]
        if free:
            found.append((round(free[0], 1), point))
    return sorted(found, key=lambda pair: pair[0])

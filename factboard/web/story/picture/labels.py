"""Room for signs and words that stand close together: what matters most is never the one that gives way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    known = sorted(((x, one) for x, one in points if one.label), key=lambda pair: (pair[0], -pair[1].rank))
    while True:
        found = _rows(known, right)
        crowded = next((place for place, one in enumerate(found) if one.row >= ROWS), None)
        if crowded is None:
            return found
        chain = range(crowded, min(crowded + ROWS + 1, len(known)))
        known.pop(max(chain, key=lambda place: (known[place][1].rank, -place)))


def _rows(points: Sequence[tuple[float, Point]], right: float) -> list[Placed]:
    found: list[Placed] = []
    for x, point in reversed(points):
        width = BESIDE + wide(point.label) + APART
        before = x + width > right
        first, last = (x - width, x) if before else (x, x + width)
        under = [other.row for other in found if other.x <= last and _end(other) >= first]
        found.append(Placed(point, x, max(under, default=-1) + 1, before))
    return found[::-1]


def _end(one: Placed) -> float:
    return one.x if one.before else one.x + BESIDE + wide(one.point.label) + APART


def signed(points: Sequence[tuple[float, Point]], size: float) -> list[tuple[float, Point]]:
    """Where the signs stand: pushed aside by their own width at most; of more, the least important are left out."""
    found: list[tuple[float, Point]] = []
    for x, point in sorted(points, key=lambda pair: (pair[1].rank, pair[0])):
        free = [at for at in (x, x + size, x - size) if all(abs(at - other) >= size - 1 for other, _ in found)]
        if free:
            found.append((round(free[0], 1), point))
    return sorted(found, key=lambda pair: pair[0])

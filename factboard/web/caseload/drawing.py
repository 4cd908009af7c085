"""Loads and rhythms as shapes, from numbers alone: the stylesheet gives the classes their colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from factboard.domain.caseload import Load, Week
from factboard.domain.caseload.rhythm import AHEAD, BACK

STEP, BAR = 12, 9  # of a week, in pixels
UNIT, TALL = 6, 18  # of one contact, of the whole: three contacts and more are as tall as it gets
WIDE = STEP * (BACK + AHEAD)
FULL, MOST = 80, 120  # a meter: where a full caseload ends, and how wide it is


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle; `look` is its class."""

    x: int
    y: int
    width: int
    height: int
    look: str


def strip(weeks: Sequence[Week]) -> list[Shape]:
    """Each week a bar: contacts made, on top of them those planned; behind it whether the client was on the board."""
    found: list[Shape] = []
    for place, week in enumerate(weeks):
        x, made = place * STEP, min(week.made * UNIT, TALL)
        if week.on_board:
            found.append(Shape(x, 0, STEP, TALL + 2, "board"))
        if week.made:
            found.append(Shape(x + 1, TALL - made, BAR, made, "made"))
        if planned := min(week.planned * UNIT, TALL - made):
            found.append(Shape(x + 1, TALL - made - planned, BAR, planned, "planned"))
        if not (week.made or week.planned):
            found.append(Shape(x + 1, TALL - 1, BAR, 2, "tried" if week.tried else "none"))
    return found


def now() -> int:
    """Where this week ends."""
    return STEP * BACK


def ticks(weeks: Sequence[Week]) -> list[tuple[int, date]]:
    """Every fourth week, with where its middle is: its number stands over it."""
    return [(place * STEP + STEP // 2, week.first) for place, week in enumerate(weeks) if place % 4 == 3]


def meter(load: Load) -> list[Shape]:
    """How much of a full caseload it is; what is over has a look of its own, and ends where the meter does."""
    filled = min(round(load.share * FULL), MOST)
    found = [Shape(0, 0, min(filled, FULL), 10, "carried")]
    return [*found, Shape(FULL, 0, filled - FULL, 10, "over")] if filled > FULL else found

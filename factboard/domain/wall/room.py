"""How much goes on one screen: the more clients, the fewer facts of each; pages above sixty; nothing cut unsaid.

Beside the board, lists share the lines that there are; what does not fit is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

MOST = 60  # clients on one page
TURN = 20  # seconds that a page stands
LINES = 27  # beside the board, headings included


@dataclass(frozen=True, slots=True)
class Fit:
    """A grid for so many clients. `detail`: 3 everything, 2 without the warnings' lines, 1 the least."""

    columns: int
    rows: int
    detail: int


FITS = (Fit(3, 4, 3), Fit(4, 5, 3), Fit(5, 6, 3), Fit(5, 8, 2), Fit(5, 10, 1), Fit(5, 12, 1))
COMPACT = (Fit(2, 8, 1), Fit(2, 15, 1), Fit(2, 20, 1), Fit(3, 20, 1))  # beside a client in focus


@dataclass(frozen=True, slots=True)
class Page:
    """One of `count` pages (from 0), and which clients in order stand on it; `until` (UTC) the next one comes."""

    number: int
    count: int
    first: int
    last: int
    until: datetime | None


def fit(count: int, fits: Sequence[Fit] = FITS) -> Fit:
    """The roomiest grid that holds so many."""
    return next((one for one in fits if one.columns * one.rows >= count), fits[-1])


def page(count: int, now: datetime, *, holding: int | None = None) -> Page:
    """The page whose turn it is, all of one length; or the one with the client in place `holding`."""
    pages = max(1, -(-count // MOST))
    each = -(-count // pages)
    tick = int(now.timestamp()) // TURN
    number = tick % pages if holding is None else holding // max(1, each)
    turns = datetime.fromtimestamp((tick + 1) * TURN, UTC) if pages > 1 and holding is None else None
    return Page(number, pages, number * each, min(count, (number + 1) * each), turns)


def shares(lengths: Sequence[int], lines: int) -> list[int]:
    """How many entries of each list are shown: one of each first, then by turns, three a turn for the first list.

    A list costs a heading, its entries, and, where some are left out, a line to spare: an entry may take two.
    """
    shown = [min(1, length) for length in lengths]

    def cost() -> int:
        return sum(1 + has + (has < length) for has, length in zip(shown, lengths, strict=True) if length)

    grew = True
    while grew:
        grew = False
        for place in (0, 0, *range(len(lengths))):
            if place < len(lengths) and shown[place] < lengths[place]:
                shown[place] += 1
                if cost() > lines:
                    shown[place] -= 1
                else:
                    grew = True
    return shown

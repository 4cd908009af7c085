"""What a figure is: its value, and the episodes or clients behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from factboard.domain.statistics import numbers
from factboard.domain.statistics.keys import Head, Key, Kind


@dataclass(frozen=True, slots=True)
class Number:
    """One number; a share or a rate has its `part` and `whole`. `value` None: nothing to count it from, or masked."""

    value: Fraction | None
    part: Fraction | None = None
    whole: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How long, as it is spread, in the figure's unit. `values` are in ascending order; masked there are none, and
    neither `tail` nor `longest`, which are of one person or few.

    A quarter are shorter than `lower`, a quarter longer than `upper`, one in ten longer than `tail`.
    """

    many: int = 0
    lower: Fraction | None = None
    median: Fraction | None = None
    upper: Fraction | None = None
    tail: Fraction | None = None
    longest: Fraction | None = None
    values: tuple[Fraction, ...] = ()


def spread(values: Iterable[Fraction]) -> Distribution:
    """The distribution of these."""
    ordered = tuple(sorted(values))
    lower, median, upper = (numbers.quantile(ordered, Fraction(n, 4)) for n in (1, 2, 3))
    tail, longest = numbers.quantile(ordered, Fraction(9, 10)), ordered[-1] if ordered else None
    return Distribution(len(ordered), lower, median, upper, tail, longest, ordered)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; what `key` is, the table's head says. A cell is None where there is nothing, or masked."""

    key: str
    cells: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Several numbers under one head, e.g. a category each, or a week each."""

    head: Head
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]


Value = Number | Distribution | Table


@dataclass(frozen=True, slots=True)
class Behind:
    """One episode or client that a figure is made of. Instants are UTC; `client` is empty for a meeting.

    `value` is what it adds, in the figure's unit, or the key of the line that it stands in. `counts` False: it belongs
    to the whole and not to the part, or it could not be counted yet.
    """

    kind: Kind
    id: str
    client: str = ""
    began: datetime | None = None
    ended: datetime | None = None
    value: Fraction | str | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """`left_open`: how many could not be counted, as they had not come to their end; `missed`: how many never did, e.g.
    flags that nobody took before the time on the board ended. `score`: by the bands of its scale, 1 to 5.
    `too_short`: the team's history does not reach as far back as the figure asks.

    `masked`: small numbers were taken out of it (None), and with them what is behind.
    """

    key: Key
    value: Value
    behind: tuple[Behind, ...] = ()
    left_open: int | None = 0
    missed: int | None = 0
    score: int | None = None
    too_short: bool = False
    masked: bool = False

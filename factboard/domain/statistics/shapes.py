"""What a figure is: its value, and the episodes or clients behind it."""

from __future__ import annotations

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
    """How long, as it is spread: the values in ascending order, in the figure's unit."""

    values: tuple[Fraction, ...] = ()

    @property
    def many(self) -> int:
        return len(self.values)

    @property
    def median(self) -> Fraction | None:
        return numbers.quantile(self.values, Fraction(1, 2))

    @property
    def lower(self) -> Fraction | None:
        """A quarter are shorter."""
        return numbers.quantile(self.values, Fraction(1, 4))

    @property
    def upper(self) -> Fraction | None:
        """A quarter are longer."""
        return numbers.quantile(self.values, Fraction(3, 4))

    @property
    def tail(self) -> Fraction | None:
        """One in ten is longer."""
        return numbers.quantile(self.values, Fraction(9, 10))

    @property
    def longest(self) -> Fraction | None:
        return self.values[-1] if self.values else None


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
    """`left_open`: how many could not be counted, as they had not come to their end. `score`: by the bands of its
    scale, 1 to 5. `masked`: small numbers were taken out of it, and with them what is behind.
    """

    key: Key
    value: Value
    behind: tuple[Behind, ...] = ()
    left_open: int = 0
    missed: int = 0  # of a distribution: what never came, e.g. a flag that nobody took before the time ended
    score: int | None = None
    masked: bool = False

"""Small numbers hidden, where a figure leaves the team: who is one of three could be somebody.

What counts is how many clients stand behind a number, not how many days or contacts it is made of. Fewer than five is
too few: the habit of Swedish health statistics (from memory, unverified). Nobody at all is shown as nobody. Meetings
are nobody's, and are shown. The points of a scale stay where five clients or more stand behind them: a band is no
number. What two figures say between them is not looked at, beside what `_second` hides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from factboard.domain.statistics.keys import Head
from factboard.domain.statistics.shapes import Behind, Distribution, Figure, Line, Number, Table

SMALL = 5
ENOUGH_FOR_A_TAIL = 10 * SMALL  # one in ten are longer: that many are five
COUNTS = (Head.PUT_ON, Head.ENDED, Head.ON_BOARD, Head.STAYS, Head.FLAGS)


def masked(figure: Figure) -> Figure:
    """The figure as it may leave the team: None for what rests on one to four clients, and nobody behind it."""
    found = replace(figure, behind=(), left_open=_many(figure.left_open), missed=_many(figure.missed), masked=True)
    match figure.value:
        case Number() if _too_few(figure.behind):
            few = _small(len(_clients(figure.behind)))
            return replace(found, value=Number(None), score=None if few else figure.score)
        case Distribution() as spread:
            return replace(found, value=_spread(spread, figure.behind))
        case Table() as table:
            return replace(found, value=_table(table, figure.behind))
    return found


def _small(many: int | Fraction) -> bool:
    return 0 < many < SMALL


def _many(many: int | None) -> int | None:
    return None if many is None or _small(many) else many


def _clients(behind: Iterable[Behind]) -> set[str]:
    return {one.client for one in behind if one.client}


def _too_few(behind: tuple[Behind, ...]) -> bool:
    """Of the whole, of those who count, or of those who do not: each could be worked out from the others."""
    counting = _clients(one for one in behind if one.counts)
    others = _clients(behind) - counting
    return any(_small(len(some)) for some in (_clients(behind), counting, others))


def _spread(spread: Distribution, behind: tuple[Behind, ...]) -> Distribution:
    if _small(len(_clients(behind))):
        return Distribution(0)
    tail = spread.tail if spread.many >= ENOUGH_FOR_A_TAIL else None
    return replace(spread, tail=tail, longest=None, values=())


def _table(table: Table, behind: tuple[Behind, ...]) -> Table:
    lines = [_line(table, line, _clients(one for one in behind if one.value == line.key)) for line in table.lines]
    for place, column in enumerate(table.columns):
        if column in COUNTS:
            lines = _second(lines, place, table)
    return replace(table, lines=tuple(lines))


def _line(table: Table, line: Line, clients: set[str]) -> Line:
    """Counts are hidden by their own size, what is made of them by the clients in the line."""

    def shown(column: Head, cell: Fraction | None) -> Fraction | None:
        many = cell if column in COUNTS else len(clients)
        return None if many is None or column is Head.LONGEST or _small(many) else cell

    return replace(line, cells=tuple(map(shown, table.columns, line.cells)))


def _second(lines: list[Line], place: int, table: Table) -> list[Line]:
    """Where one cell of a column is hidden, the smallest other one too: else it is the sum less the rest."""
    was, now = ([line.cells[place] for line in some] for some in (table.lines, lines))
    hidden = sum(cell is not None and shown is None for cell, shown in zip(was, now, strict=True))
    left = [(cell, number) for number, cell in enumerate(now) if cell]
    if hidden != 1 or not left:
        return lines
    _, smallest = min(left)
    cells = (*lines[smallest].cells[:place], None, *lines[smallest].cells[place + 1 :])
    return [*lines[:smallest], replace(lines[smallest], cells=cells), *lines[smallest + 1 :]]

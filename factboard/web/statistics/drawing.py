"""Which chart a figure gets, and its table: a chart is never the only way to read a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from factboard.domain.statistics import DEFINITIONS, Distribution, Figure, Head, Key, Line, Period, Table, Unit
from factboard.web.statistics.charts import Chart, Look, Series, Shape, draw
from factboard.web.statistics.saying import Numbers

STEPS: dict[Unit, tuple[int, ...]] = {  # up to where each bar of a distribution goes, in its unit; the last is above
    Unit.DAYS: (7, 14, 28, 56, 91, 182),
    Unit.HOURS: (4, 24, 48, 72, 168, 336),
    Unit.MINUTES: (15, 60, 240, 1_440, 2_880, 10_080),
}
MEETING_STEPS = (5, 10, 15, 20, 30, 45)  # minutes

MOST_LINES = 12  # in a drawing; the table has all
SPREAD = (Head.MEDIAN, Head.LOWER, Head.UPPER, Head.LONGEST)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in words: `over` are heads that stand over several columns, each with how many."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    over: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """`legend` is empty where there is one series, which the title names."""

    title: str
    svg: Markup
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure of a period beside the same of the one before."""

    numbers: Numbers
    figure: Figure
    before: Figure
    period: Period

    @property
    def unit(self) -> Unit:
        return DEFINITIONS[self.figure.key].unit

    def charts(self) -> list[Drawn]:
        """None for a number, and none where there is nothing to see."""
        value = self.figure.value
        if isinstance(value, Distribution):
            return [self._spread(value)] if value.many and not self.figure.masked else []
        if not isinstance(value, Table) or not value.lines:
            return []
        if value.head is Head.SPAN:
            return self._over_time(value)
        return [self._lines(value)]

    def grid(self) -> Grid | None:
        """The same as a table; None for a number."""
        value, before = self.figure.value, self.before.value
        if isinstance(value, Distribution) and isinstance(before, Distribution):
            if self.figure.masked or not value.many:
                return None
            counts = zip(self._bins(), self._counted(value), self._counted(before), strict=True)
            rows = tuple((label, str(now), str(then)) for label, now, then in counts)
            return Grid(("", self.now, self.then), rows)
        if isinstance(value, Table) and isinstance(before, Table):
            return self._grid(value, None if value.head is Head.SPAN else before)
        return None

    @property
    def now(self) -> str:
        return self.numbers.gettext("This period")

    @property
    def then(self) -> str:
        return self.numbers.gettext("The period before")

    def _grid(self, table: Table, before: Table | None) -> Grid:
        head, columns = self.numbers.head(table.head), [self.numbers.head(column) for column in table.columns]
        labels = [self.numbers.line(line.key, table.head, self.period) for line in lines_of_both(table, before)]
        if before is None:
            rows = (self._cells(line, table) for line in table.lines)
            return Grid((head, *columns), tuple((label, *row) for label, row in zip(labels, rows, strict=True)))
        found = []
        for label, line in zip(labels, lines_of_both(table, before), strict=True):
            cells = zip(
                self._cells(_of(table, line.key), table), self._cells(_of(before, line.key), table), strict=True
            )
            found.append((label, *(cell for both in cells for cell in both)))
        heads = (head, *(name for _ in columns for name in (self.now, self.then)))
        over = (("", 1), *((column, 2) for column in columns)) if len(columns) > 1 else ()
        return Grid(heads, tuple(found), over)

    def _cells(self, line: Line | None, table: Table) -> list[str]:
        cells: Sequence[Fraction | None] = line.cells if line else [None] * len(table.columns)
        return [self.numbers.cell(cell, head, self.unit) for cell, head in zip(cells, table.columns, strict=True)]

    def _over_time(self, table: Table) -> list[Drawn]:
        labels = tuple(self.numbers.line(line.key, table.head, self.period) for line in table.lines)
        columns = {head: _floats(line.cells[place] for line in table.lines) for place, head in enumerate(table.columns)}
        looks = {Head.PUT_ON: Look.NOW, Head.ENDED: Look.OTHER}
        flows = [Series(self.numbers.head(head), looks[head], columns[head]) for head in looks if head in columns]
        drawn = [self._drawn("", Shape.BARS, labels, flows, self.numbers.plain)]
        if Head.ON_BOARD in columns and not all(value is None for value in columns[Head.ON_BOARD]):
            level = Series(self.numbers.head(Head.ON_BOARD), Look.NOW, columns[Head.ON_BOARD])
            drawn.append(self._drawn("-level", Shape.LINES, labels, [level], self.numbers.plain, level.name))
        return drawn

    def _lines(self, table: Table) -> Drawn:
        """The first column, or the median, as lying bars, the same before beside it."""
        place = table.columns.index(Head.MEDIAN) if Head.MEDIAN in table.columns else 0
        before = self.before.value if isinstance(self.before.value, Table) else None
        lines = lines_of_both(table, before)[:MOST_LINES]
        labels = tuple(self.numbers.line(line.key, table.head, self.period) for line in lines)

        def values(of: Table | None) -> tuple[float | None, ...]:
            found = (_of(of, line.key) for line in lines)
            return _floats(line.cells[place] if line else None for line in found)

        head, title = table.columns[place], ""
        series = [Series(self.now, Look.NOW, values(table)), Series(self.then, Look.BEFORE, values(before))]
        if head in SPREAD:
            title = self._in_days(f"{self.numbers.name(self.figure.key)}: {self.numbers.head(head).lower()}")
        return self._drawn("", Shape.LYING, labels, series, lambda value: self.numbers.plain(value, 1), title)

    def _spread(self, spread: Distribution) -> Drawn:
        before = self.before.value if isinstance(self.before.value, Distribution) else Distribution()
        series = [
            Series(self.now, Look.NOW, tuple(map(float, self._counted(spread)))),
            Series(self.then, Look.BEFORE, tuple(map(float, self._counted(before)))),
        ]
        title = self._in_days(self.numbers.name(self.figure.key))
        return self._drawn("", Shape.BARS, self._bins(), series, self.numbers.plain, title)

    def _bins(self) -> tuple[str, ...]:
        """ "0–7", "8–14", ..., "> 182" for days, which are whole; "≤ 15 min", ..., "> 7 days" for other times."""
        steps, last = self._steps, self.numbers.value(Fraction(self._steps[-1]), self.unit)
        if self.unit is Unit.DAYS:
            begins = (0, *(step + 1 for step in steps))
            return (*(f"{begin}–{step}" for begin, step in zip(begins, steps, strict=False)), f"> {steps[-1]}")
        return (*(f"≤ {self.numbers.value(Fraction(step), self.unit)}" for step in steps), f"> {last}")

    @property
    def _steps(self) -> tuple[int, ...]:
        return MEETING_STEPS if self.figure.key is Key.MEETING_LENGTH else STEPS[self.unit]

    def _counted(self, spread: Distribution) -> list[int]:
        """How many values lie in each bar."""
        steps = self._steps
        found = [0] * (len(steps) + 1)
        for value in spread.values:
            found[sum(value > step for step in steps)] += 1
        return found

    def _in_days(self, title: str) -> str:
        return self.numbers.gettext("%(name)s, in days", name=title) if self.unit is Unit.DAYS else title

    def _drawn(
        self,
        part: str,
        shape: Shape,
        labels: tuple[str, ...],
        series: Sequence[Series],
        said: Callable[[float], str],
        title: str = "",
    ) -> Drawn:
        title = title or self.numbers.name(self.figure.key)
        id = f"c-{self.figure.key.value.replace('_', '-')}{part}"
        told = " ".join(self._peak(one, labels, said) for one in series if any(one.values))
        chart = Chart(id, title, told, shape, labels, tuple(series), said)
        return Drawn(title, draw(chart), tuple((one.look.value, one.name) for one in series) if len(series) > 1 else ())

    def _peak(self, one: Series, labels: Sequence[str], said: Callable[[float], str]) -> str:
        most = max(range(len(labels)), key=lambda place: one.values[place] or 0)
        return self.numbers.gettext(
            "%(name)s: the most at %(label)s, %(value)s.",
            name=one.name,
            label=labels[most],
            value=said(one.values[most] or 0),
        )


def lines_of_both(table: Table, before: Table | None) -> list[Line]:
    """The lines of both, those of the period first."""
    known = {line.key for line in table.lines}
    return [*table.lines, *(line for line in (before.lines if before else ()) if line.key not in known)]


def _of(table: Table | None, key: str) -> Line | None:
    return next((line for line in table.lines if line.key == key), None) if table else None


def _floats(values: Iterable[Fraction | None]) -> tuple[float | None, ...]:
    return tuple(None if value is None else float(value) for value in values)

"""The fidelity sheet: the period's figures as a workbook, to fill in a measurement of fidelity from.

It leaves the team: small numbers are hidden whoever asks, and nobody is behind a figure. Numbers are numbers, rounded
only in how they look; texts are never formulas.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard import __version__
from factboard.domain.statistics import (
    DEFINITIONS,
    NOT_COMPUTED,
    SMALL,
    Distribution,
    Figure,
    Group,
    Head,
    Key,
    Number,
    Table,
    Unit,
)
from factboard.exporting.safe import safe
from factboard.web.statistics import terms
from factboard.web.statistics.choosing import asked
from factboard.web.statistics.drawing import lines_of_both
from factboard.web.statistics.reckoned import Reckoned, reckon
from factboard.web.statistics.saying import NOTHING, Numbers, hides
from factboard.web.statistics.shown import bands

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | Fraction | int | None


async def fidelity_sheet(request: Request) -> Response:
    """The workbook of the period in the address; an address that cannot be meant leads to the page, which says why."""
    who, wish = request.state.who, asked(request)
    if wish.period is None:
        return RedirectResponse(f"/statistics?{request.url.query}", 303)
    reckoned = await reckon(request, wish.period, hide=True)
    numbers = Numbers.of(request.state.language, who.here)
    made = await asyncio.to_thread(_Book(numbers, reckoned).made)
    request.app.state.access.did(who, "statistics.xlsx", "exported", wish.query)
    name = f"fidelity-{who.team}-{wish.period.first}-{wish.period.last}.xlsx"
    return Response(made, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


class _Book:
    def __init__(self, numbers: Numbers, reckoned: Reckoned) -> None:
        self._numbers, self._reckoned, self.gettext = numbers, reckoned, numbers.gettext
        self._book = Workbook(write_only=True)

    def made(self) -> bytes:
        self._fidelity()
        self._figures()
        self._tables()
        to = BytesIO()
        self._book.save(to)
        return to.getvalue()

    def _fidelity(self) -> None:
        sheet = self._sheet(self.gettext("Fidelity (DACTS)"), (34, 46, 14, 9, 14, 9, 12, 12, 12, 12, 12, 60))
        for line in self._about():
            self._line(sheet, [line])
        self._line(sheet, [])
        points = [self._numbers.ngettext("%(num)s point", "%(num)s points", number) for number in range(1, 6)]
        heads = ("Item", "What it says")
        self._line(
            sheet, [*map(self._head, heads), *self._both("Value", "Points"), *points, self._head("Source")], bold=True
        )
        for key in (key for key in self._reckoned.now if DEFINITIONS[key].group is Group.DACTS):
            now, before, told = self._reckoned.now[key], self._reckoned.before[key], terms.FIGURES[key]
            source = " ".join(self.gettext(terms.SOURCES[one]) for one in DEFINITIONS[key].sources)
            cells: list[Cell] = [
                self.gettext(told.name),
                self.gettext(told.says),
                *self._scored(now),
                *self._scored(before),
            ]
            self._line(sheet, [*cells, *bands(self._numbers, key), source], DEFINITIONS[key].unit)
        self._line(sheet, [])
        not_computed = self.gettext("Not computed.")
        for item, why in NOT_COMPUTED.items():
            self._line(sheet, [item, f"{not_computed} {self.gettext(terms.WHY[why])}"])

    def _figures(self) -> None:
        sheet = self._sheet(self.gettext("Figures"), (34, 14, 12, 12, 14, 14, 14, 14, 14, 14, 60))
        now, then = self._both("Value")
        heads = ("Part", "Whole", "Lower quartile", "Upper quartile", "One in ten above", "Longest")
        self._line(
            sheet,
            [self._head("Figure"), now, *map(self._head, heads), then, *map(self._head, ("Counted in", "Formula"))],
            bold=True,
        )
        for key, figure in self._reckoned.now.items():
            if isinstance(figure.value, Table):
                continue
            before, unit = self._reckoned.before[key], DEFINITIONS[key].unit
            cells = [
                *self._spread(figure),
                self._spread(before)[0],
                self.gettext(terms.UNITS[unit]),
                self.gettext(terms.FIGURES[key].formula),
            ]
            self._line(sheet, [self._numbers.name(key), *cells], unit)

    def _tables(self) -> None:
        sheet = self._sheet(self.gettext("Tables"), (34, 34, 26, 14, 14))
        heads = ("Figure", "Line", "What is counted")
        self._line(sheet, [*map(self._head, heads), *self._both("Value")], bold=True)
        for key, figure in self._reckoned.now.items():
            for cells in self._of_table(key, figure):
                self._line(sheet, cells)

    def _of_table(self, key: Key, figure: Figure) -> Iterator[list[Cell]]:
        if not isinstance(figure.value, Table):
            return
        table, before = figure.value, self._reckoned.before[key].value
        earlier = before if isinstance(before, Table) and table.head is not Head.SPAN else None
        now, then = ({line.key: line.cells for line in one.lines} if one else {} for one in (table, earlier))
        for line in lines_of_both(table, earlier):
            said = self._numbers.line(line.key, table.head, self._reckoned.period)
            for place, head in enumerate(table.columns):
                both = (self._cell(cells[line.key][place]) if line.key in cells else NOTHING for cells in (now, then))
                yield [self._numbers.name(key), said, self._numbers.head(head), *both]

    def _scored(self, figure: Figure) -> list[Cell]:
        """Value and points; a figure that is hidden may still have its points."""
        none = self._why_none(figure)
        value = figure.value.value if isinstance(figure.value, Number) else None
        return [none if value is None else value, none if figure.score is None else figure.score]

    def _spread(self, figure: Figure) -> list[Cell]:
        """Value, part, whole, quartiles, tail and longest: what there is of them, and in words why there is none."""
        none = self._why_none(figure)
        match figure.value:
            case Number(None):
                return [none, None, None, None, None, None, None]
            case Number(value, part, whole):
                return [value, part, whole, None, None, None, None]
            case Distribution(median=None):
                return [none, None, none, none, none, none, none]
            case Distribution() as spread:
                edges = (self._cell(edge) for edge in (spread.lower, spread.upper, spread.tail, spread.longest))
                return [spread.median, None, Fraction(spread.many), *edges]
        return [None] * 7

    def _cell(self, value: Fraction | None) -> Cell:
        return self.gettext("hidden") if value is None else value

    def _why_none(self, figure: Figure) -> str:
        """Why a cell has no number: an empty one would say nothing."""
        if figure.too_short:
            return self.gettext("history too short")
        return self.gettext("hidden") if hides(figure) else self.gettext("nothing to count")

    def _about(self) -> Iterator[str]:
        team, period = self._numbers.team, self._reckoned.period
        yield f"{team.settings.name}, {self._numbers.period(period)}"
        yield self.gettext("The period before: %(period)s", period=self._numbers.period(period.previous))
        yield self.gettext(terms.RULES[DEFINITIONS[Key.DACTS_H1].rules[-1]])
        yield self.gettext(
            "Numbers below %(small)s are hidden, and others by which they could be found: "
            "a figure of so few could be somebody.",
            small=SMALL,
        )
        yield self.gettext("Made by factboard %(version)s.", version=__version__)

    def _both(self, *heads: str) -> list[str]:
        """The heads of the period and of the one before, each with when the history began, where that was later."""
        period, found = self._reckoned.period, list[str]()
        for of, names in ((period, heads), (period.previous, [f"{head} before" for head in heads])):
            began = self._numbers.began(of)
            found += [f"{self._head(name)} ({began})" if began else self._head(name) for name in names]
        return found

    def _head(self, text: str) -> str:
        return self.gettext(terms.SHEET[text])

    def _sheet(self, title: str, widths: Sequence[int]) -> WriteOnlyWorksheet:
        sheet = self._book.create_sheet(title)
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        return sheet

    def _line(
        self, sheet: WriteOnlyWorksheet, cells: Sequence[Cell], unit: Unit | None = None, *, bold: bool = False
    ) -> None:
        made = []
        for value in cells:
            if isinstance(value, str):
                cell = WriteOnlyCell(sheet, safe(value) or None)
            else:
                cell = WriteOnlyCell(sheet, float(value) if isinstance(value, Fraction) else value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=bold)
            if isinstance(value, Fraction):
                cell.number_format = "0.0%" if unit is Unit.SHARE else "0.##"
            made.append(cell)
        sheet.append(made)

"""XLSX, written row by row to a file of its own: a first sheet says what it is, the facts follow, a million a sheet.

openpyxl's write-only sheets keep no row in memory; texts are written where they stand, not in a table of all texts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from factboard.domain.chain import Row
from factboard.exporting.safe import safe
from factboard.exporting.telling import Lines
from factboard.web.language import N_, catalogue
from factboard.web.sentences import Teller

A_SHEET = 1_000_000  # facts; Excel's own limit is 1,048,576 rows
WIDTHS = (8, 11, 9, 90, 26, 24, 9, 24, 14, 14, 28, 20)  # characters, in the order of `Line`

FACTS = N_("Facts")
MORE_FACTS = N_("Facts %(number)s")
ABOUT = N_("About this file")
ROWS = N_("Facts in this file")
APOSTROPHE = N_("A text that begins like a formula has an apostrophe before it, so that no program calculates with it.")


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says: its title, and (what, value) in the reader's language."""

    title: str
    said: Sequence[tuple[str, str]] = ()


async def workbook(lines: Lines, found: AsyncIterator[list[Row]], about: About, to: Path) -> int:
    """Write it all to this file; the number of facts in it. A page at a time, beside the loop that serves others."""
    book = await asyncio.to_thread(_Book, lines, about)
    try:
        async for rows in found:
            await asyncio.to_thread(book.add, await lines.teller(rows), rows)
        await asyncio.to_thread(book.save, to)
    finally:
        await asyncio.to_thread(book.drop)
    return book.rows


class _Book:
    """The workbook while it is written."""

    def __init__(self, lines: Lines, about: About) -> None:
        self.rows = 0
        self._lines, self._about = lines, about
        self._read = catalogue(lines.language).gettext
        self._book = Workbook(write_only=True)
        self._first = self._sheet(self._read(ABOUT), (30, 100))
        self._facts = self._of_facts()

    def add(self, teller: Teller, rows: list[Row]) -> None:
        for row in rows:
            if self.rows and self.rows % A_SHEET == 0:
                self._facts.close()
                self._facts = self._of_facts()
            self._facts.append([_cell(value) for value in self._lines.line(teller, row).cells()])
            self.rows += 1

    def save(self, to: Path) -> None:
        said = [*self._about.said, (self._read(ROWS), str(self.rows)), ("", self._read(APOSTROPHE))]
        self._first.append([self._styled(self._first, self._about.title)])
        for what, value in said:
            text = WriteOnlyCell(self._first, safe(value))
            text.alignment = Alignment(wrap_text=True, vertical="top")
            self._first.append([self._styled(self._first, what), text])
        self._book.save(to)

    def drop(self) -> None:
        """Take away what openpyxl keeps beside the file while it writes: names are in it."""
        for sheet in self._book.worksheets:
            if sheet._writer is not None and Path(sheet._writer.out).exists():
                sheet._writer.cleanup()

    def _of_facts(self) -> Any:
        number = self.rows // A_SHEET + 1
        title = self._read(MORE_FACTS) % {"number": number} if number > 1 else self._read(FACTS)
        sheet = self._sheet(title, WIDTHS)
        sheet.freeze_panes = "A2"
        sheet.append([self._styled(sheet, name) for name in self._lines.header()])
        return sheet

    def _sheet(self, title: str, widths: Sequence[int]) -> Any:
        sheet = self._book.create_sheet(title)
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        return sheet

    def _styled(self, sheet: Any, text: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, safe(text))
        cell.font = Font(bold=True)
        return cell


def _cell(value: int | str) -> int | str | None:
    return safe(value) or None if isinstance(value, str) else value

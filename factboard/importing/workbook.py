"""XLSX through openpyxl's streaming parser, measured as a zip archive before it is opened.

Merged cells: what is merged downwards holds for every row it covers; a lone cell merged across columns is a
banner over the table, not a line of it.
"""

from __future__ import annotations

import io
import math
import warnings
from bisect import bisect_left
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from factboard.importing.problems import BadCell, Unreadable
from factboard.importing.table import MEGABYTE, Cell, Limits, Row, Sheet

PARTS = 2_000  # files inside the archive; a workbook has tens

# What openpyxl cannot keep when it writes (extensions, styles) does not matter to somebody who only reads.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


def read(data: bytes, limits: Limits) -> list[Sheet]:
    """Every worksheet that holds something, hidden ones too. Raises `Unreadable`."""
    _measure(data, limits)
    sheets: list[Sheet] = []
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            left = limits.rows
            for worksheet in book.worksheets:
                rows = _rows(book, worksheet, limits, left)
                left -= len(rows)
                sheets.append(Sheet(worksheet.title, rows, worksheet.sheet_state != "visible", book.epoch))
        finally:
            book.close()
    except Unreadable:
        raise
    except Exception:  # on a damaged workbook openpyxl raises nearly anything
        raise Unreadable("damaged") from None
    return sheets


def _measure(data: bytes, limits: Limits) -> None:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise Unreadable("damaged") from None
    names = {part.filename for part in parts}
    # Sizes as declared; zipfile reads no further than what a part declares.
    if len(parts) > PARTS or sum(part.file_size for part in parts) > limits.unpacked:
        raise Unreadable("unpacks_too_large", limit=limits.unpacked // MEGABYTE)
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("encrypted")
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Unreadable("save_as_xlsx")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("not_a_spreadsheet")


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's own, except that a formula without a saved result is told from an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["data_type"] == "e":
            cell["value"] = BadCell("cell_error", value=str(cell["value"])[:20])
        elif cell["value"] is None and element.find(FORMULA_TAG) is not None:
            # A formula whose result is the empty text is saved as text with an empty value.
            empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            cell["value"] = None if empty_text else BadCell("formula_without_result")
        return cell

    def parse_extensions(self, extLst: Any) -> None:  # noqa: N803
        pass

    def parse_formatting(self, element: Any) -> None:
        pass


def _rows(book: Any, worksheet: Any, limits: Limits, left: int) -> tuple[Row, ...]:
    table: dict[int, dict[int, Cell]] = {}
    with worksheet._get_source() as source:
        parser = _Parser(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for line, cells in parser.parse():
            kept: dict[int, Cell] = {
                cell["column"] - 1: value for cell in cells if (value := _value(cell["value"])) is not None
            }
            if not kept:
                continue
            if max(kept) >= limits.columns:
                raise Unreadable("too_many_columns", limit=limits.columns)
            if len(table) == left:
                raise Unreadable("too_many_rows", limit=limits.rows)
            table[line] = kept
    banners = _spread(table, parser.merged_cells.mergeCell if parser.merged_cells else ())
    return tuple(
        Row(line, tuple(cells.get(i) for i in range(max(cells) + 1)), max(cells) + 1, line in banners)
        for line, cells in sorted(table.items())
    )


def _value(value: Any) -> Cell:
    if isinstance(value, str):
        value = value.replace("_x000D_", "")  # how Excel writes the CR of a CRLF inside a cell
        return value if value.strip() else None
    if isinstance(value, float) and not math.isfinite(value):
        return BadCell("cell_error", value=str(value))
    return value  # type: ignore[no-any-return]


def _spread(table: dict[int, dict[int, Cell]], merged: Any) -> set[int]:
    """Copy down what is merged downwards, in place; answer which lines are banners."""
    lines = sorted(table)
    alone = {line: next(iter(cells)) for line, cells in table.items() if len(cells) == 1}
    banners = set()
    filled: dict[int, int] = {}  # last line done, a column: overlapping ranges must not cost their product
    for left, top, right, bottom in sorted((area.bounds for area in merged), key=lambda bounds: bounds[1]):
        if right > left and alone.get(top) == left - 1:
            banners.add(top)
        value = table.get(top, {}).get(left - 1)
        start = max(top, filled.get(left, 0)) + 1
        if value is None or bottom < start:
            continue
        filled[left] = bottom
        for line in lines[bisect_left(lines, start) :]:
            if line > bottom:
                break
            table[line].setdefault(left - 1, value)
    return banners

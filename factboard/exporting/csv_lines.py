"""CSV (RFC 4180) as a spreadsheet opens it with a double click: UTF-8 with its mark, the list separator of the
language, CRLF.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence

from factboard.domain.chain import Row
from factboard.exporting.safe import safe
from factboard.exporting.telling import Lines
from factboard.web.sentences import Teller

SEPARATORS = {"sv": ";", "en": ","}  # a comma is the decimal sign in Swedish, and Excel goes by that
MARK = "\ufeff"  # without it Excel takes UTF-8 for something else


async def csv_pages(lines: Lines, found: AsyncIterator[list[Row]]) -> AsyncIterator[bytes]:
    """The file, a page of the history at a time."""
    yield (MARK + csv_text([lines.header()], lines.language)).encode()
    async for rows in found:
        yield await asyncio.to_thread(_page, lines, await lines.teller(rows), rows)


def _page(lines: Lines, teller: Teller, rows: list[Row]) -> bytes:
    return csv_text((lines.line(teller, row).cells() for row in rows), lines.language).encode()


def csv_text(rows: Iterable[Sequence[int | str]], language: str) -> str:
    """Rows of a file for readers of this language, each cell made safe."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=SEPARATORS[language], lineterminator="\r\n")
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()

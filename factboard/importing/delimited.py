"""CSV as teams have it: comma, semicolon or tab; UTF-8, Windows-1252 or UTF-16; quoted line breaks."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from itertools import islice

from factboard.importing.headers import recognised
from factboard.importing.problems import Unreadable
from factboard.importing.table import Limits, Row, Sheet

DELIMITERS = (";", "\t", ",")
SAMPLE = 200  # records that decide on the delimiter
HEADER_WITHIN = 40


def read(data: bytes, name: str, limits: Limits) -> Sheet:
    """The one table of a text file. Raises `Unreadable`."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    delimiter, skipped = _delimiter(text), 0
    if text[:4].lower() == "sep=":  # a line for Excel, not for people
        delimiter, skipped = text[4:5], 1
        text = text.partition("\n")[2]
    if delimiter not in DELIMITERS:
        raise Unreadable("not_a_spreadsheet")
    rows: list[Row] = []
    for line, record in _records(text, delimiter):
        cells: list[str | None] = [cell if cell.strip() else None for cell in record]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if len(cells) > limits.columns:
            raise Unreadable("too_many_columns", limit=limits.columns)
        if len(rows) == limits.rows:
            raise Unreadable("too_many_rows", limit=limits.rows)
        rows.append(Row(line + skipped, tuple(cells), len(record)))
    return Sheet(name, tuple(rows))


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("windows-1252")
        except UnicodeDecodeError:
            raise Unreadable("not_a_spreadsheet") from None
    sample = text[:100_000]
    strange = sum(unicodedata.category(character) == "Cc" and character not in "\t\r\n" for character in sample)
    if "\0" in text or strange * 100 > len(sample):  # one stray character is told beside its cell instead
        raise Unreadable("not_a_spreadsheet")
    return text


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins on."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable("quotation_marks", line=line) from None


def _delimiter(text: str) -> str:
    """The delimiter under which a header is found and the lines below are as wide as it is."""
    return max(DELIMITERS, key=lambda delimiter: _likeness(text, delimiter))


def _likeness(text: str, delimiter: str) -> tuple[int, float, int]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        records = [record for record in islice(reader, SAMPLE) if any(record)]
    except csv.Error:
        return (-1, 0.0, 0)
    if not records:
        return (-1, 0.0, 0)
    found = [(recognised(record), len(record)) for record in records[:HEADER_WITHIN]]
    header = found.index(max(found))
    known, width = found[header]
    below = records[header + 1 :]
    alike = sum(len(record) == width for record in below) / len(below) if below else 0.0
    return (known, alike, width)

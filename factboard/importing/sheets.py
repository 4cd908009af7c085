"""A file's bytes become sheets of cells, whatever the file calls itself: the content decides.

Everything is measured before it is opened, so that a huge or hostile file costs nothing.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from factboard.importing import delimited
from factboard.importing.problems import Unreadable
from factboard.importing.table import DEFAULT, MEGABYTE, Limits, Sheet


def load(path: Path, limits: Limits = DEFAULT) -> list[Sheet]:
    """Read a file from disk, refused by its size before it is read. Raises `Unreadable` or `OSError`."""
    _fits(path.stat().st_size, limits)
    return read_sheets(path.read_bytes(), path.name, limits)


def read_sheets(data: bytes, filename: str, limits: Limits = DEFAULT) -> list[Sheet]:
    """All sheets of an XLSX workbook, or the one table of a CSV file. Raises `Unreadable`, nothing else."""
    _fits(len(data), limits)
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(b"PK"):
        from factboard.importing import workbook  # openpyxl takes most of a second to import

        return workbook.read(data, limits)
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # the container of old Excel files and of encrypted new ones
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("encrypted" if locked else "save_as_xlsx")
    if _looks_foreign(data):
        raise Unreadable("not_a_spreadsheet")
    return [delimited.read(data, PurePath(filename).stem, limits)]


def _fits(size: int, limits: Limits) -> None:
    if size > limits.file:
        raise Unreadable("too_large", size=-(-size // MEGABYTE), limit=limits.file // MEGABYTE)


def _looks_foreign(data: bytes) -> bool:
    known = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1f\x8b", b"7z\xbc\xaf", b"{\\rtf", b"SQLite")
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return data.startswith(known) or start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table"))

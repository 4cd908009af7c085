"""What a file is read into: sheets of rows of cells, and how much of it is accepted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from factboard.importing.problems import BadCell

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta | BadCell | None

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is accepted. `file` and `unpacked` in bytes; rows and columns that hold something, a file."""

    file: int = 20 * MEGABYTE
    unpacked: int = 100 * MEGABYTE
    rows: int = 50_000
    columns: int = 200


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """A line that holds something. `width` counts its cells, empty ones too; a `banner` spans columns."""

    line: int
    cells: tuple[Cell, ...]
    width: int
    banner: bool = False

    def cell(self, index: int) -> Cell:
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the file. `epoch` is the day from which a workbook counts its dates; text has none."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    epoch: dt.datetime | None = None

"""Reading a team's file: bytes to a finished plan, beside only reading its cells with the library alone.

The file is made up here; the recorder's part (writing the facts) is not in these figures.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
import time
from collections.abc import Callable, Sequence

from openpyxl import Workbook, load_workbook
from rich.console import Console
from rich.table import Table
from stdnum import luhn

from factboard.importing.layout import choose
from factboard.importing.matching import Known
from factboard.importing.model import Team
from factboard.importing.plan import Plan, make_plan
from factboard.importing.rows import read_rows
from factboard.importing.sheets import read_sheets

TODAY = dt.date(2026, 11, 23)
TEAM = Team({"u1": ("anna", "Anna Ek")}, {"short_intensive": ("Kort intensiv", "Short intensive")}, TODAY)
HEADER = ("Namn", "Personnummer", "Case manager", "Adress", "Telefon", "Skyddad", "Anteckningar")
BOARD = ("Kategori", "Orsak", "På tavlan sedan", "Ny bedömning senast")


def line(number: int) -> tuple[str, ...]:
    born = (dt.date(1950, 1, 1) + dt.timedelta(days=number)).strftime("%Y%m%d")
    serial = f"{number % 900 + 100}"
    person = f"{born}-{serial}{luhn.calc_check_digit(born[2:] + serial)}"
    board = ("Kort intensiv", "Sover inte", "2026-11-02", "2026-11-30") if number % 7 == 0 else ("",) * 4
    return (f"Prov{number}, Test", person, "Anna Ek", f"Påhittsgatan {number}", "070", "nej", "Ring först " * 3, *board)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Klienter")
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def bare_csv(data: bytes) -> int:
    return sum(len(row) for row in csv.reader(io.StringIO(data.decode()), delimiter=";"))


def bare_xlsx(data: bytes) -> int:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def whole(data: bytes, known: Sequence[Known] = ()) -> Plan:
    return make_plan(read_rows(choose(read_sheets(data, "klienter")), TEAM), known)


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main() -> int:
    count = 1_000 if "--quick" in sys.argv else 10_000
    rows = [HEADER + BOARD, *map(line, range(count))]
    shown = Table(title=f"Import: {count:,} lines from bytes to plan")
    for title in ("file", "MB", "library alone", "whole", "same file again", "whole / library"):
        shown.add_column(title, justify="left" if title == "file" else "right")
    fits = True
    for kind, make, bare in (("CSV", as_csv, bare_csv), ("XLSX", as_xlsx, bare_xlsx)):
        data = make(rows)
        plan = whole(data)
        team = [Known(f"c{row.row.line}", row.details, row.put_on is not None) for row in plan.rows if row.details]
        again = whole(data, team)
        alone, took = seconds(lambda data=data, bare=bare: bare(data)), seconds(lambda data=data: whole(data))
        repeat = seconds(lambda data=data, team=team: whole(data, team))
        size = f"{len(data) / 1e6:.1f}"
        shown.add_row(kind, size, f"{alone:.2f} s", f"{took:.2f} s", f"{repeat:.2f} s", f"{took / alone:.1f}")
        fits &= plan.ok and again.changes_nothing
    Console().print(shown)
    return 0 if fits else 1


if __name__ == "__main__":
    sys.exit(main())

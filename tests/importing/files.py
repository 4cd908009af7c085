"""Files as teams have them, written by the tests themselves; everybody in them is made up."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.xml.constants import SHEET_MAIN_NS
from stdnum import luhn

from factboard.domain.events import Details
from factboard.importing.layout import Layout, choose
from factboard.importing.matching import Known
from factboard.importing.model import Reading, Team
from factboard.importing.plan import Plan, make_plan
from factboard.importing.problems import Problem
from factboard.importing.rows import read_rows
from factboard.importing.sheets import read_sheets

TODAY = dt.date(2026, 11, 23)
TEAM = Team(
    staff={"u1": ("anna", "Anna Ek"), "u2": ("bo", "Bo Lund"), "u3": ("bo2", "Bo Lund")},
    categories={
        "short_intensive": ("Kort intensiv", "Short intensive"),
        "crisis_prevention": ("Krisprevention", "Crisis prevention"),
    },
    today=TODAY,
)
HEADER = (
    *("Namn", "Kortnamn", "Födelsedatum", "Personnummer", "Case manager", "Adress", "Telefon", "Skyddad"),
    *("Anteckningar", "Kategori", "Orsak", "På tavlan sedan", "Ny bedömning senast"),
)
NOT_ON_BOARD = ("", "", "", "")
ON_BOARD = ("Kort intensiv", "Sover inte", "2026-11-02", "2026-11-30")
ROWS = (
    ("Exempel, Åsa", "Åsa E", "1980-01-01", "", "Anna Ek", "Påhittsgatan 1", "070-000 00 01", "nej", "", *ON_BOARD),
    ("Prov, Örjan", "", "1975-06-30", "", "anna", "", "", "", "Hund; två katter", *NOT_ON_BOARD),
    ("Test, Zoë", "", "1990-12-24", "", "", "Övergränd 3", "", "ja", "Rad ett\nrad två", *NOT_ON_BOARD),
)


def swedish(day: str, serial: str = "238") -> str:
    """A made-up personal number for a birth date written YYYYMMDD."""
    return f"{day}-{serial}{luhn.calc_check_digit(day[2:] + serial)}"


def delimited(rows: Iterable[Sequence[object]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]], merge: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets; `merge` are ranges in the first one."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merge:
        book.worksheets[0].merge_cells(area)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def layout(data: bytes, mapping: Mapping[str, str] | None = None, sheet: str | None = None) -> Layout:
    return choose(read_sheets(data, "lista.csv"), mapping, sheet)


def as_excel(data: bytes) -> bytes:
    """The same workbook with its texts in a shared table, as Excel itself writes it."""
    texts: list[str] = []

    def shared(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c r="{match[1]}" t="s"><v>{len(texts) - 1}</v></c>'

    def part(name: str, xml: str) -> str:
        if "worksheets/" in name:
            return re.sub(r'<c r="(\w+)"(?: s="\d+")? t="inlineStr"><is>(.*?)</is></c>', shared, xml, flags=re.DOTALL)
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            return xml.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>')
        return xml

    changed = with_parts(data, part)
    table = "".join(f"<si>{text}</si>" for text in texts)
    out = io.BytesIO(changed)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET_MAIN_NS}">{table}</sst>')
    return out.getvalue()


def with_parts(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """The same archive, each part's XML changed by `change(name, xml)`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name).decode()))
    return out.getvalue()


def reading(data: bytes, mapping: Mapping[str, str] | None = None, team: Team = TEAM) -> Reading:
    return read_rows(layout(data, mapping), team)


def table(*rows: Sequence[object], header: Sequence[str] = HEADER, team: Team = TEAM) -> Reading:
    """Lines under a header, read from a semicolon file."""
    return reading(delimited([header, *rows]), team=team)


def problems(*rows: Sequence[object], header: Sequence[str], team: Team = TEAM) -> list[Problem]:
    return [problem for row in table(*rows, header=header, team=team).rows for problem in row.problems]


def one_problem(cell: object, title: str) -> Problem:
    """The one problem of a line whose only doubtful cell is this one."""
    (problem,) = problems(("Exempel, Åsa", cell), header=("Namn", title))
    return problem


def people(*rows: Sequence[object], header: Sequence[str], known: Iterable[Known] = ()) -> Plan:
    return make_plan(table(*rows, header=header), known)


def known(client: str, surname: str, first_name: str, **details: Any) -> Known:
    on_board = details.pop("on_board", False)
    stays, ended = details.pop("stays", ()), details.pop("ended", False)
    return Known(client, Details(surname, first_name, **details), on_board, stays, ended)


def carried_out(plan: Plan) -> list[Known]:
    """What the team has once a plan is done."""
    return [
        Known(
            client=row.client or f"c{row.row.line}",
            details=row.details,
            on_board=row.put_on is not None,
            stays=((row.put_on.since or TODAY, None),) if row.put_on else (),
        )
        for row in plan.rows
        if row.details is not None
    ]

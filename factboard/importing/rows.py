"""A line of the sheet becomes an `ImportRow`: typed values, or every problem that it has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from factboard.domain.enrolment import EARLIEST_BIRTH
from factboard.domain.placement import LONGEST_REVIEW
from factboard.importing import values
from factboard.importing.dates import DateReader, day_first
from factboard.importing.headers import JOINED, comma_promised, surname_first
from factboard.importing.layout import Layout
from factboard.importing.model import ImportRow, OnBoard, Reading, Team
from factboard.importing.national_id import national_id
from factboard.importing.problems import BadCell, Problem, Unreadable, listed, shown
from factboard.importing.table import Cell, Row

EARLIEST_SINCE = dt.date(2000, 1, 1)
DATES = ("birth_date", "since", "review_by")
LEADING_ZEROS = {"SE": 10, "NO": 11, "DK": 10, "NL": 9}  # a spreadsheet's number has lost them

Progress = Callable[[int, int], None]
T = TypeVar("T")
D = TypeVar("D")


def read_rows(layout: Layout, team: Team, progress: Progress | None = None) -> Reading:
    """Read every line. `progress(done, total)` is called as it goes.

    Raises `Unreadable` when no column holds the name, or no line stands under the header.
    """
    if not layout.has_name:
        titles = listed(column.title for column in layout.columns)
        raise Unreadable("no_name_column", line=layout.header_line, columns=titles)
    if not layout.rows:
        raise Unreadable("no_rows")
    reader = _Reader(layout, team)
    rows = []
    for done, row in enumerate(layout.rows, 1):
        rows.append(reader.read(row))
        if progress and (done % 100 == 0 or done == len(layout.rows)):
            progress(done, len(layout.rows))
    return Reading(tuple(rows), reader.titles)


@dataclass(slots=True)
class _Line:
    """What is gathered while one line is read: its problems, each at its column."""

    row: Row
    titles: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def attempt(self, name: str, otherwise: D, make: Callable[..., T], *args: object) -> T | D:
        try:
            return make(*args)
        except BadCell as bad:
            self.problem(name, bad.key, bad.params)
            return otherwise

    def problem(self, name: str, key: str, params: Mapping[str, str | int] | None = None) -> None:
        self.problems.append(Problem(self.row.line, self.titles.get(name, ""), key, params or {}))


class _Reader:
    def __init__(self, layout: Layout, team: Team) -> None:
        self.team = team
        self.titles: dict[str, str] = {}
        self.columns: dict[str, list[int]] = {}
        for column in layout.columns:
            if column.field:
                self.titles.setdefault(column.field, column.title)
                self.columns.setdefault(column.field, []).append(column.index)
        if {"surname", "first_name"} <= self.columns.keys():
            self.columns.pop("full_name", None)
        else:
            self.titles |= dict.fromkeys(("surname", "first_name"), self.titles["full_name"])
        name = self.titles.get("full_name", "")
        self.order = surname_first(name), comma_promised(name)
        self.staff = values.Choices({user: (name, login) for user, (login, name) in team.staff.items()})
        self.categories = values.Choices({code: (*names, code) for code, names in team.categories.items()})
        self.dates = self._date_readers(layout)
        is_text = layout.sheet.epoch is None
        header = next(row.width for row in layout.sheet.rows if row.line == layout.header_line)
        # A comma in a text without quotation marks pushes everything after it into the wrong column.
        self.width = max(header, min(row.width for row in layout.rows)) if is_text and layout.rows else None

    def _date_readers(self, layout: Layout) -> dict[str, DateReader]:
        own: dict[str, list[Cell]] = {
            name: [row.cell(i) for row in layout.rows for i in self.columns.get(name, [])] for name in DATES
        }
        sheet = day_first(cell for cells in own.values() for cell in cells)
        readers = {}
        for name, cells in own.items():
            order = day_first(cells)
            order = sheet if order is None else order
            readers[name] = DateReader(self.team.today, order, layout.sheet.epoch, birth=name == "birth_date")
        return readers

    def read(self, row: Row) -> ImportRow:
        line = _Line(row, self.titles)
        if self.width is not None and row.width > self.width:
            line.problem("", "too_many_cells", {"cells": row.width, "columns": self.width})
            return ImportRow(row.line, problems=tuple(line.problems))
        surname, first_name = self._name(line)
        born, number = self._born(line)
        answer = self._text(line, "protected")
        protected = line.attempt("protected", None, values.yes_or_no, answer) if answer else None
        return ImportRow(
            line=row.line,
            surname=surname,
            first_name=first_name,
            short_name=self._text(line, "short_name"),
            birth_date=born,
            national_id=number,
            case_manager=self._case_manager(line),
            address=self._text(line, "address"),
            phone=self._text(line, "phone"),
            protected=protected,
            notes=self._text(line, "notes"),
            on_board=self._on_board(line, born),
            problems=tuple(line.problems),
        )

    def _text(self, line: _Line, name: str) -> str:
        cells = [line.row.cell(index) for index in self.columns.get(name, ())]
        parts = [line.attempt(name, "", values.text, cell, name) for cell in cells]
        joined = JOINED.get(name, "").join(filter(None, parts))
        return line.attempt(name, "", values.text, joined, name) if len(parts) > 1 else joined

    def _name(self, line: _Line) -> tuple[str, str]:
        before = len(line.problems)
        if "full_name" in self.columns:
            whole = self._text(line, "full_name")
            parts = ("", "")
            if whole:
                parts = line.attempt("full_name", parts, values.full_name, whole, *self.order)
        else:
            parts = self._text(line, "surname"), self._text(line, "first_name")
        for name, part in zip(("surname", "first_name"), parts, strict=True):
            line.attempt(name, "", values.check_name, part)
            if not part and len(line.problems) == before:
                line.problem(name, "name_missing")
        return parts

    def _date(self, line: _Line, name: str, low: dt.date, high: dt.date) -> dt.date | None:
        index = next(iter(self.columns.get(name, ())), None)
        cell = None if index is None else line.row.cell(index)
        if isinstance(cell, (str, BadCell)):
            cell = self._text(line, name) or None
        return None if cell is None else line.attempt(name, None, _day, self.dates[name], cell, low, high)

    def _born(self, line: _Line) -> tuple[dt.date | None, str]:
        today = self.team.today
        born = self._date(line, "birth_date", EARLIEST_BIRTH, today)
        written = self._text(line, "national_id")
        if not written:
            return born, ""
        cell = line.row.cell(self.columns["national_id"][0])
        if isinstance(cell, (int, float)):
            written = written.zfill(LEADING_ZEROS.get(self.team.country.upper(), 0))
        number, held = line.attempt("national_id", ("", None), national_id, written, self.team.country, today, born)
        if born and held and born != held:
            params = {"value": shown(number), "born": born.isoformat()}
            line.problem("national_id", "birth_dates_differ", params)
        return born or held, number

    def _case_manager(self, line: _Line) -> str | None:
        name = self._text(line, "case_manager")
        return line.attempt("case_manager", None, self.staff.find, name, "unknown_case_manager") if name else None

    def _on_board(self, line: _Line, born: dt.date | None) -> OnBoard | None:
        today, before = self.team.today, len(line.problems)
        category, reason = self._text(line, "category"), self._text(line, "reason")
        since = self._date(line, "since", max(EARLIEST_SINCE, born or EARLIEST_SINCE), today)
        review_by = self._date(line, "review_by", since or EARLIEST_SINCE, today + LONGEST_REVIEW)
        if len(line.problems) == before and not (category or reason or since or review_by):
            return None
        code = line.attempt("category", "", self.categories.find, category, "unknown_category") if category else ""
        if len(line.problems) == before:  # what a bad cell would have said is not missing
            for name, said in (("category", category), ("reason", reason)):
                if not said:
                    line.problem(name, f"{name}_missing")
        return OnBoard(code, reason, since, review_by)


def _day(reader: DateReader, cell: Cell, low: dt.date, high: dt.date) -> dt.date:
    day = reader.read(cell)
    if low <= day <= high:
        return day
    key, limit = ("date_too_early", low) if day < low else ("date_too_late", high)
    raise BadCell(key, value=day.isoformat(), limit=limit.isoformat())

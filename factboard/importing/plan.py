"""What a file would do, line by line, before anything is done; all of it comes in, or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from factboard.domain.events import Details
from factboard.importing.matching import Caseload, Earlier, Known
from factboard.importing.model import ImportRow, OnBoard, Reading
from factboard.importing.problems import BadCell, Problem

NAMES = ("surname", "first_name")
ROW = {field.name for field in fields(ImportRow)}
FIELDS = tuple(field.name for field in fields(Details) if field.name in ROW)  # what helps is not for a list


class Outcome(StrEnum):
    """What becomes of the client that a line names. `ENDED`: no longer enrolled, and not brought back."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    ENDED = "ended"
    PROBLEM = "problem"


class OnBoardOutcome(StrEnum):
    """What becomes of the time on the board that a line names."""

    PUT_ON = "put_on"
    ALREADY_ON_BOARD = "already_on_board"  # the board's own category, reason and dates are kept
    WAS_RETURNED = "was_returned"  # that time has ended meanwhile; an old file does not undo it


@dataclass(frozen=True, slots=True)
class Change:
    """One field of `Details`, from what is kept to what the file says."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Planned:
    """One line and what it does. `client` is None for a new one; `details` is what is kept afterwards."""

    row: ImportRow
    outcome: Outcome
    client: str | None = None
    details: Details | None = None
    changes: tuple[Change, ...] = ()
    board: OnBoardOutcome | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def born(self) -> dt.date | None:
        """The birth date in the file, else the one that is known; a protected identity's only from the file."""
        known = self.details if self.details and not self.details.protected else None
        return self.row.birth_date or (known.birth_date if known else None)

    @property
    def put_on(self) -> OnBoard | None:
        return self.row.on_board if self.board is OnBoardOutcome.PUT_ON else None


@dataclass(frozen=True, slots=True)
class Plan:
    rows: tuple[Planned, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for row in self.rows for problem in row.problems)

    @property
    def ok(self) -> bool:
        """May it be carried out? One bad line keeps the whole file out."""
        return not any(row.problems for row in self.rows)

    @property
    def changes_nothing(self) -> bool:
        return self.ok and not any(row.changes or row.put_on or row.outcome is Outcome.NEW for row in self.rows)

    @property
    def counts(self) -> Counter[Outcome | OnBoardOutcome]:
        """How many lines have each outcome."""
        return Counter(outcome for row in self.rows for outcome in (row.outcome, row.board) if outcome is not None)


def make_plan(reading: Reading, known: Iterable[Known]) -> Plan:
    """Hold every line against what the team has. The same file a second time changes nothing."""
    caseload, earlier, taken = Caseload(known), Earlier(), dict[str, int]()
    return Plan(tuple(_planned(row, reading, caseload, earlier, taken) for row in reading.rows))


def _planned(row: ImportRow, reading: Reading, caseload: Caseload, earlier: Earlier, taken: dict[str, int]) -> Planned:
    if row.problems:
        return Planned(row, Outcome.PROBLEM, problems=row.problems)
    try:
        known = caseload.find(row)
        first = earlier.line_of(row) or (taken.setdefault(known.client, row.line) if known else row.line)
        if first != row.line:
            raise BadCell("same_person_twice", first=first, second=row.line)
    except BadCell as bad:
        column = reading.titles.get("national_id" if "id" in bad.key.split("_") else "surname", "")
        problem = Problem(row.line, column, bad.key, bad.params)
        return Planned(row, Outcome.PROBLEM, problems=(problem,))
    if known is None:
        details = _merged(Details(row.surname, row.first_name), row)
        return Planned(row, Outcome.NEW, None, details, board=OnBoardOutcome.PUT_ON if row.on_board else None)
    if known.ended:
        return Planned(row, Outcome.ENDED, known.client, known.details)
    details = _merged(known.details, row)
    changes = _changes(known.details, details)
    outcome = Outcome.CORRECTED if changes else Outcome.UNCHANGED
    return Planned(row, outcome, known.client, details, changes, _board(row.on_board, known))


def _merged(kept: Details, row: ImportRow) -> Details:
    """What the file says goes over what is kept; an empty cell, or a name in other capitals, says nothing."""
    said = {name: value for name in FIELDS if (value := getattr(row, name)) not in ("", None)}
    for name in NAMES:
        if said[name].casefold() == getattr(kept, name).casefold():
            del said[name]
    return replace(kept, **said)


def _changes(old: Details, new: Details) -> tuple[Change, ...]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in FIELDS)
    return tuple(Change(name, before, after) for name, before, after in pairs if before != after)


def _board(said: OnBoard | None, known: Known) -> OnBoardOutcome | None:
    if said is None:
        return None
    if known.on_board:
        return OnBoardOutcome.ALREADY_ON_BOARD
    if any(_is_over(stay, said.since) for stay in known.stays):
        return OnBoardOutcome.WAS_RETURNED
    return OnBoardOutcome.PUT_ON


def _is_over(stay: tuple[dt.date, dt.date | None], since: dt.date | None) -> bool:
    """Is the time that the file speaks of one that has ended? A file without a date may mean any."""
    began, ended = stay
    return ended is not None and (since is None or began >= since or ended > since)

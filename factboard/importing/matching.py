"""Is this line somebody the team has, and has this file named them before? Rather ask than guess (hazard H6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from factboard.domain.events import Details
from factboard.domain.text import folded
from factboard.importing.model import ImportRow
from factboard.importing.problems import BadCell

Person = Details | ImportRow


@dataclass(frozen=True, slots=True)
class Known:
    """A client the team has, or had (`ended`). `stays`: local days on the board, from and to (None: still)."""

    client: str
    details: Details
    on_board: bool = False
    stays: tuple[tuple[dt.date, dt.date | None], ...] = ()
    ended: bool = False


class Caseload:
    """The team's clients, to be found by national id, else by name and birth date, else by a name alone."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_id: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = {}
        for client in known:
            if client.details.national_id:
                self._by_id[client.details.national_id] = client
            self._by_name.setdefault(_name(client.details), []).append(client)

    def find(self, row: ImportRow) -> Known | None:
        """The client a line is about; None: somebody new. Raises `BadCell` where it could be either."""
        if row.national_id and (holder := self._by_id.get(row.national_id)):
            same = folded(holder.details.surname) == folded(row.surname)
            if not same and folded(holder.details.first_name) != folded(row.first_name):
                raise BadCell("id_of_somebody_else", value=row.national_id)
            return holder
        named = self._by_name.get(_name(row), [])
        born = [known for known in named if row.birth_date and known.details.birth_date == row.birth_date]
        if any(_ids_differ(known.details, row) for known in born):
            raise BadCell("same_person_other_id", value=row.name)
        if len(born) == 1:
            return born[0]
        alike = born or [known for known in named if _could_be_one(known.details, row)]
        if not alike:
            return None
        if len(named) > 1 or _spelled(alike[0].details) != _spelled(row):
            raise BadCell("several_clients_match", value=row.name)
        return alike[0]


class Earlier:
    """The lines that this file has had so far."""

    def __init__(self) -> None:
        self._by_id: dict[str, int] = {}
        self._dated: dict[str, dict[dt.date, list[ImportRow]]] = {}
        self._undated: dict[str, list[ImportRow]] = {}

    def line_of(self, row: ImportRow) -> int | None:
        """The earlier line about the same person, if there is one; remembers this one."""
        name = _name(row)
        dated, undated = self._dated.setdefault(name, {}), self._undated.setdefault(name, [])
        if row.birth_date:
            alike = [*dated.get(row.birth_date, ()), *undated]
        else:
            alike = [*undated, *(other for rows in dated.values() for other in rows)]
        line = self._by_id.get(row.national_id) if row.national_id else None
        if line is None:
            line = next((other.line for other in alike if _could_be_one(other, row)), None)
        if row.national_id:
            self._by_id.setdefault(row.national_id, row.line)
        (dated.setdefault(row.birth_date, []) if row.birth_date else undated).append(row)
        return line


def _could_be_one(one: Person, other: Person) -> bool:
    """Two people of one name, of whom neither birth date nor national id says that they are two."""
    dates = {one.birth_date, other.birth_date} - {None}
    return len(dates) < 2 and not _ids_differ(one, other)


def _ids_differ(one: Person, other: Person) -> bool:
    return bool(one.national_id and other.national_id and one.national_id != other.national_id)


def _name(person: Person) -> str:
    return f"{folded(person.surname)}\n{folded(person.first_name)}"


def _spelled(person: Person) -> tuple[str, str]:
    return person.surname.casefold(), person.first_name.casefold()

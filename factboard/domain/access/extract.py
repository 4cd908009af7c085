"""The extract that a client may ask for: who looked, when and how, in lines that they can judge.

Staff are told apart by numbers, in the order in which they come: the extract gives offices, not names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from factboard.domain.access.looks import STREAMS, Row


@dataclass(slots=True)
class Line:
    """One person's looks of one kind on one local day. `times` are UTC, the oldest first."""

    day: date
    number: int
    actor: str
    action: str
    view: str
    times: list[datetime] = field(default_factory=list)


class Numbered:
    """Gives each person a number the first time they come up."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, actor: str) -> int:
        return self._numbers.setdefault(actor, len(self._numbers) + 1)


def lines(rows: Iterable[Row], day_of: Callable[[datetime], date]) -> list[Line]:
    """The rows about one client, the oldest first, a line for each person and kind of look on a day."""
    number, found = Numbered(), dict[tuple[date, str, str, str], Line]()
    for row in rows:
        if row.action in STREAMS:
            continue
        day = day_of(row.at)
        key = day, row.actor, row.action, row.view
        line = found.setdefault(key, Line(day, number(row.actor), row.actor, row.action, row.view))
        line.times.append(row.at)
    return list(found.values())

"""The extract that a client may ask for: who looked, when and how, in lines that they can judge.

Staff are told apart by numbers, in the order in which they come: the extract gives offices, not names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from factboard.domain.access.looks import STREAMS, WATCHING, Row

SAME = timedelta(minutes=1)  # looks at the same thing closer than this are one to whoever was looked at


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
    """The rows about one client, the oldest first, a line for each person and kind of look on a day.

    That a page stood open is the look that opened it; looks at the same within a minute are one.
    """
    number, found = Numbered(), dict[tuple[date, str, str, str], Line]()
    for row in rows:
        if row.action in STREAMS:
            continue
        day, action = day_of(row.at), "read" if row.action == WATCHING else row.action
        key = day, row.actor, action, row.view
        line = found.setdefault(key, Line(day, number(row.actor), row.actor, action, row.view))
        if not line.times or row.at - line.times[-1] >= SAME:
            line.times.append(row.at)
    return list(found.values())

"""A look as a person makes it: a page, a search, a file, with everybody on it. The log keeps a row for each client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

EXPORTS = frozenset({"export", "exported"})  # what leaves the screen: a file, a print, a copy
WATCHING = "stream"  # a live page that stood open
STREAMS = frozenset({"stream_opened", "stream_closed"})  # about the live page itself, whoever was on it


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the log. `at` is UTC; `client` is None where it is about a view as a whole."""

    id: int
    at: datetime
    actor: str
    action: str
    view: str
    client: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Who did what with whom, at one moment (UTC). `id` is its first row's, `last` its last one's."""

    id: int
    at: datetime
    actor: str
    action: str
    view: str
    clients: tuple[str, ...] = ()
    detail: str = ""
    last: int = 0


def gathered(rows: Iterable[Row]) -> Iterator[Look]:
    """The looks that these rows are of, in the rows' order: what one look shows is noted at one instant."""
    for (at, actor, action, view, detail), group in groupby(rows, _one_look):
        of_it = list(group)
        ids = [row.id for row in of_it]
        clients = tuple(dict.fromkeys(row.client for row in of_it if row.client))
        yield Look(min(ids), at, actor, action, view, clients, detail, max(ids))


def _one_look(row: Row) -> tuple[datetime, str, str, str, str]:
    return row.at, row.actor, row.action, row.view, row.detail

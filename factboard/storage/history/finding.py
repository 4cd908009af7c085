"""Facts found: what a reader of the history, an export or a case pack asks for.

A `Filter` is what is asked; `find` gives a page, newest first, for people; `onward` a page in order, and `select` all
of them page by page, for files. Pages go by the facts' numbers, so the ten-thousandth is as quick as the first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists
from sqlalchemy import select as query
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.chain import Row
from factboard.domain.people import SYSTEM
from factboard.storage.codec import instant_to_text
from factboard.storage.tables import history, mark

PAGE = 1_000  # rows read at a time


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of a team's facts; what is left empty asks for nothing.

    `since` and `until` (UTC, half-open) are when a fact was written; `actor` who wrote it; `automatic` whether nobody
    clicked. `category`: about a client on the board in it at that time. `words`: as people type them, see `said`.
    """

    since: datetime | None = None
    until: datetime | None = None
    client: str | None = None
    actor: str | None = None
    kinds: tuple[str, ...] = ()
    category: str | None = None
    automatic: bool | None = None
    meeting: str | None = None
    words: str = ""


async def find(
    connection: AsyncConnection, team: str, filter: Filter, *, before: int | None = None, limit: int = 100
) -> list[Row]:
    """The facts asked for, newest first, older than the fact `before`: one page of what people read."""
    asked = _asked(team, filter).order_by(history.c.seq.desc()).limit(limit)
    return await _read(connection, asked if before is None else asked.where(history.c.seq < before))


async def onward(
    connection: AsyncConnection, team: str, filter: Filter, *, after: int = 0, limit: int = PAGE
) -> list[Row]:
    """The facts asked for in order, from the one after `after` on: one page of a file."""
    return await _read(
        connection, _asked(team, filter).where(history.c.seq > after).order_by(history.c.seq).limit(limit)
    )


async def select(connection: AsyncConnection, team: str, filter: Filter) -> AsyncIterator[Row]:
    """All the facts asked for in order, read page by page."""
    seq = 0
    while found := await onward(connection, team, filter, after=seq):
        for row in found:
            yield row
        seq = found[-1].seq


def _asked(team: str, filter: Filter) -> Select[Any]:
    c = history.c
    asked = query(history).where(c.team == team)
    if filter.since:
        asked = asked.where(c.at >= instant_to_text(filter.since))
    if filter.until:
        asked = asked.where(c.at < instant_to_text(filter.until))
    if filter.client:
        asked = asked.where(c.client == filter.client)
    if filter.actor:
        asked = asked.where(c.actor == filter.actor)
    if filter.automatic is not None:
        asked = asked.where(c.actor == SYSTEM if filter.automatic else c.actor != SYSTEM)
    if filter.kinds:
        asked = asked.where(c.kind.in_(filter.kinds))
    for name in ("category", "meeting"):
        if value := getattr(filter, name):
            asked = asked.where(_marked(name, value))
    return asked


def _marked(name: str, value: str) -> ColumnElement[bool]:
    m = mark.c
    return exists().where(and_(m.team == history.c.team, m.name == name, m.value == value, m.seq == history.c.seq))


async def _read(connection: AsyncConnection, asked: Select[Any]) -> list[Row]:
    return [Row(*row) for row in await connection.execute(asked)]

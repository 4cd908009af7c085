"""The access log's table: who saw which client, in which view, of which team, when.

Rows are found by time and, within an instant, by number: what waited in memory while the database was away is stored
late, with the time at which it was seen.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.access import Row
from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.tables import access_log

PAGE = 1_000  # rows read at a time
OF_THE_LOG = ("access_log", "access_check")  # views by which the log itself is read


@dataclass(frozen=True, slots=True)
class Look:
    """One row to be written. `at` is UTC text; `client` is None for a row about a view or about the log itself."""

    at: str
    team: str | None
    actor: str | None
    action: str
    view: str
    client: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked of the log; what is empty is not asked. Instants are UTC; `until` is outside.

    Of `clients`, `views` and `actions` any may be it. `but` are actions to leave out, `without` whose looks at the log
    itself.
    """

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""
    clients: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    without: str = ""


async def append(connection: AsyncConnection, looks: Sequence[Look]) -> None:
    if looks:
        await connection.execute(insert(access_log), [asdict(look) for look in looks])


@dataclass(frozen=True, slots=True)
class Old:
    """So many rows, the oldest and the newest of them (UTC)."""

    rows: int
    first: datetime
    last: datetime


async def older(connection: AsyncConnection, team: str, before: datetime, held: Collection[str]) -> Old | None:
    """The team's rows before an instant (UTC), but those about the clients in `held`; None: there are none."""
    c = access_log.c
    query = select(func.count(), func.min(c.at), func.max(c.at)).where(c.team == team, c.at < instant_to_text(before))
    query = query.where(or_(c.client.is_(None), c.client.not_in(held)))
    rows, first, last = (await connection.execute(query)).one()
    return Old(rows, instant_from_text(first), instant_from_text(last)) if rows else None


async def read(connection: AsyncConnection, team: str | None, limit: int = 1_000) -> list[Look]:
    """The newest rows of a team as they were written, newest first."""
    c = access_log.c
    query = select(c.at, c.team, c.actor, c.action, c.view, c.client, c.detail)
    query = query.where(c.team == team).order_by(c.id.desc()).limit(limit)
    return [Look(*row) for row in await connection.execute(query)]


async def find(
    connection: AsyncConnection, team: str, asked: Filter, before: int | None = None, limit: int = PAGE
) -> list[Row]:
    """A page of rows, newest first; with `before`, those older than this row of the same team."""
    if len(asked.actions) > 1:  # each in its own index: together they would be looked for in all that was ever done
        each = [replace(asked, actions=(one,)) for one in asked.actions]
    elif len(asked.views) > 1:
        each = [replace(asked, views=(one,)) for one in asked.views]
    else:
        each = []
    if each:
        parts = [await find(connection, team, one, before, limit) for one in each]
        return sorted((row for part in parts for row in part), key=lambda row: (row.at, row.id), reverse=True)[:limit]
    c = access_log.c
    query = _asked(team, asked).order_by(c.at.desc(), c.id.desc()).limit(limit)
    if before is not None:
        at = await connection.scalar(select(c.at).where(c.id == before, c.team == team))
        if at is None:
            return []
        query = query.where(c.at <= at, or_(c.at < at, c.id < before))  # a range of the index, and its edge
    return [_row(row) for row in await connection.execute(query)]


async def oldest(connection: AsyncConnection, team: str, asked: Filter, limit: int) -> list[Row]:
    """The first rows of what is asked for, oldest first."""
    query = _asked(team, asked).order_by(access_log.c.at, access_log.c.id).limit(limit)
    return [_row(row) for row in await connection.execute(query)]


async def through(connection: AsyncConnection, team: str, asked: Filter) -> AsyncIterator[Row]:
    """All rows, oldest first, read page by page."""
    c, query = access_log.c, _asked(team, asked)
    page = query
    while True:
        rows = (await connection.execute(page.order_by(c.at, c.id).limit(PAGE))).all()
        for row in rows:
            yield _row(row)
        if len(rows) < PAGE:
            return
        at, id = rows[-1].at, rows[-1].id
        page = query.where(c.at >= at, or_(c.at > at, c.id > id))


def _asked(team: str, asked: Filter) -> Select[Any]:
    c = access_log.c
    query = select(c.id, c.at, c.actor, c.action, c.view, c.client, c.detail).where(c.team == team)
    if asked.since:
        query = query.where(c.at >= instant_to_text(asked.since))
    if asked.until:
        query = query.where(c.at < instant_to_text(asked.until))
    if asked.actor:
        query = query.where(c.actor == asked.actor)
    if asked.clients:
        query = query.where(c.client.in_(asked.clients))
    if asked.views:
        query = query.where(c.view.in_(asked.views))
    if asked.actions:
        query = query.where(c.action.in_(asked.actions))
    if asked.without:
        query = query.where(or_(c.actor.is_(None), c.actor != asked.without, c.view.not_in(OF_THE_LOG)))
    if asked.but:
        query = query.where(c.action.not_in(asked.but))
    return query


def _row(row: Any) -> Row:
    at = instant_from_text(row.at)
    return Row(row.id, at, row.actor or "", row.action, row.view, row.client, row.detail or "")

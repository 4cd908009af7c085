"""The checkpoints that were made: append-only, as the history is. Their copies elsewhere are what proves anything."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.checkpoint import FIELDS, Checkpoint
from factboard.storage.tables import checkpoint, stream

_COLUMNS = tuple(checkpoint.c[name] for name in FIELDS)


async def add(connection: AsyncConnection, new: Checkpoint) -> None:
    await connection.execute(insert(checkpoint).values({name: getattr(new, name) for name in FIELDS}))


async def newest(
    connection: AsyncConnection, team: str, *, before: int | None = None, limit: int = 1
) -> list[Checkpoint]:
    """A team's checkpoints, the newest first, of facts older than `before`."""
    query = select(*_COLUMNS).where(checkpoint.c.team == team).order_by(checkpoint.c.seq.desc()).limit(limit)
    return await _read(connection, query if before is None else query.where(checkpoint.c.seq < before))


async def covering(connection: AsyncConnection, team: str, seq: int) -> Checkpoint | None:
    """The first checkpoint that a fact was in; None while there is none."""
    query = select(*_COLUMNS).where(checkpoint.c.team == team, checkpoint.c.seq >= seq)
    return next(iter(await _read(connection, query.order_by(checkpoint.c.seq).limit(1))), None)


async def all_of(connection: AsyncConnection, team: str) -> list[Checkpoint]:
    """Every checkpoint of a team, the oldest first."""
    return await _read(connection, select(*_COLUMNS).where(checkpoint.c.team == team).order_by(checkpoint.c.seq))


async def waiting(connection: AsyncConnection, before: str, now: str) -> list[tuple[str, str | None]]:
    """The histories that have gone on since their newest checkpoint, where that was made before this instant (both UTC,
    as text), or after now, by a clock that went wrong; and when it was. None: there is none yet.
    """
    c = checkpoint.c
    newest = select(c.team, func.max(c.seq).label("seq")).group_by(c.team).subquery()
    last = stream.outerjoin(newest, newest.c.team == stream.c.team).outerjoin(
        checkpoint, and_(c.team == newest.c.team, c.seq == newest.c.seq)
    )
    gone_on = or_(c.seq.is_(None), and_(stream.c.seq > c.seq, or_(c.at < before, c.at > now)))
    query = select(stream.c.team, c.at).select_from(last).where(gone_on)
    return [(row.team, row.at) for row in await connection.execute(query.order_by(stream.c.team))]


async def _read(connection: AsyncConnection, query: Select[Any]) -> list[Checkpoint]:
    return [Checkpoint(*row) for row in await connection.execute(query)]

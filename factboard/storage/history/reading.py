"""The history read: one client's story, what a page or a rule asks for, a whole chain."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.chain import Row
from factboard.domain.events import PutOnBoard, Recorded, Undone
from factboard.storage.codec import instant_to_text, recorded
from factboard.storage.history.asking import Filter
from factboard.storage.history.finding import find
from factboard.storage.tables import history, stream

PAGE = 1_000  # rows read at a time


async def story(connection: AsyncConnection, team: str, *records: str, after: int = 0) -> list[Recorded]:
    """All facts after a seq in these records, in order, but for those that were redacted: `*client.records` is all
    that stands about a client.
    """
    about = (history.c.client.in_(records), history.c.payload.is_not(None))
    query = _rows(team).where(*about, history.c.seq > after).order_by(history.c.seq)
    return [recorded(row) for row in await _read(connection, query)]


async def about(connection: AsyncConnection, team: str, *records: str) -> list[Row]:
    """All rows in these records in order, those whose content was taken away too."""
    return await _read(connection, _rows(team).where(history.c.client.in_(records)).order_by(history.c.seq))


async def whose(connection: AsyncConnection, team: str, placement: str) -> str | None:
    """The client of a time on the board, None for one that the team has not."""
    c = history.c
    query = select(c.client).where(c.team == team, c.kind == PutOnBoard.kind, c.placement == placement)
    found: str | None = await connection.scalar(query)
    return found


async def between(
    connection: AsyncConnection, team: str, first: int, last: int | None, until: datetime
) -> list[Recorded]:
    """The facts from `first` to `last` (None: to the newest), and what was undone after that, before `until`.

    What was taken away by redaction is left out.
    """
    c = history.c
    query = _rows(team).where(c.seq >= first, c.payload.is_not(None)).order_by(c.seq)
    if last is not None:
        later = and_(c.kind == Undone.kind, c.at < instant_to_text(until))
        query = query.where(or_(c.seq <= last, later))
    return [recorded(row) for row in await _read(connection, query)]


async def of_kind(
    connection: AsyncConnection,
    team: str,
    kind: str,
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    actor: str | None = None,
    limit: int = 100,
) -> list[Recorded]:
    """So many of a team's facts of one kind, written in this time (UTC), or by this actor, newest first; of them, those
    that were not redacted.
    """
    found = await find(connection, team, Filter(since, before, actor=actor, kinds=(kind,)), limit=limit)
    return [recorded(row) for row in found if row.payload is not None]


async def rows(connection: AsyncConnection, team: str) -> AsyncIterator[Row]:
    """A team's whole chain in order, read page by page."""
    seq = 0
    while found := await after(connection, team, seq):
        for row in found:
            yield row
        seq = found[-1].seq


async def after(connection: AsyncConnection, team: str, seq: int) -> list[Row]:
    """The next page of a team's chain: `PAGE` rows after `seq`, fewer at its end."""
    return await _read(connection, _rows(team).where(history.c.seq > seq).order_by(history.c.seq).limit(PAGE))


async def newest(
    connection: AsyncConnection,
    team: str,
    *,
    before: int | None = None,
    clients: Collection[str] = (),
    limit: int = 100,
) -> list[Row]:
    """Rows newest first, older than `before`: one page of what an auditor reads."""
    query = _rows(team).order_by(history.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(history.c.seq < before)
    if clients:
        query = query.where(history.c.client.in_(clients))
    return await _read(connection, query)


async def row(connection: AsyncConnection, team: str, seq: int) -> Row | None:
    return next(iter(await _read(connection, _rows(team).where(history.c.seq == seq))), None)


async def some(connection: AsyncConnection, team: str, seqs: Collection[int]) -> dict[int, Row]:
    """Rows by their numbers, in one go; those that there are."""
    found = await _read(connection, _rows(team).where(history.c.seq.in_(seqs))) if seqs else []
    return {one.seq: one for one in found}


async def teams(connection: AsyncConnection) -> list[str]:
    """Every chain there is, the system's own included."""
    return list(await connection.scalars(select(stream.c.team).order_by(stream.c.team)))


def _rows(team: str) -> Select[Any]:
    return select(history).where(history.c.team == team)


async def _read(connection: AsyncConnection, query: Select[Any]) -> list[Row]:
    return [Row(*row) for row in await connection.execute(query)]


async def undoing(connection: AsyncConnection, team: str, row: Row) -> int | None:
    """The number of the fact by which this one was undone; None: it counts."""
    if row.client is None:
        return None
    c = history.c
    query = _rows(team).where(c.client == row.client, c.seq > row.seq, c.kind == Undone.kind, c.payload.is_not(None))
    found = [recorded(one) for one in await _read(connection, query.order_by(c.seq))]
    return next((one.seq for one in found if isinstance(one.fact, Undone) and one.fact.seq == row.seq), None)

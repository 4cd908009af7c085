"""The history: append to a team's chain, and read it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.chain import GENESIS, Row, linked
from factboard.domain.events import Entry, HistoryStarted, Recorded, Undone
from factboard.storage.codec import fact_to_text, instant_to_text, recorded
from factboard.storage.tables import history, stream

SYSTEM = "system"  # the stream of facts that belong to no team
PAGE = 1_000  # rows read at a time


async def begin(connection: AsyncConnection, team: str, actor: str, at: datetime, name: str) -> Recorded:
    """Start a team's chain with its genesis row."""
    await connection.execute(insert(stream).values(team=team, seq=0, hash=GENESIS))
    return (await append(connection, team, actor, at, [Entry(HistoryStarted(name))]))[0]


async def head(connection: AsyncConnection, team: str) -> tuple[int, str] | None:
    """The (seq, hash) of the team's last row; None for no such team."""
    return await _end(connection, select(stream.c.seq, stream.c.hash).where(stream.c.team == team))


async def hold(connection: AsyncConnection, team: str) -> tuple[int, str] | None:
    """The head, locked until the transaction ends: who holds it decides on the newest state, others wait."""
    return await _end(connection, select(stream.c.seq, stream.c.hash).where(stream.c.team == team).with_for_update())


async def _end(connection: AsyncConnection, query: Select[Any]) -> tuple[int, str] | None:
    row = (await connection.execute(query)).first()
    return (row.seq, row.hash) if row else None


async def heads(connection: AsyncConnection, teams: Sequence[str]) -> dict[str, int]:
    """The newest seq of each of these teams."""
    found = await connection.execute(select(stream.c.team, stream.c.seq).where(stream.c.team.in_(teams)))
    return {row.team: row.seq for row in found}


class End:
    """The end of a team's chain in one transaction: facts are linked to it as they come, and written in one go."""

    def __init__(self, team: str, seq: int, hash: str) -> None:
        self.team, self.seq, self.hash = team, seq, hash
        self._unwritten: list[Row] = []

    def link(self, actor: str, at: datetime, entries: Sequence[Entry]) -> list[Recorded]:
        """The facts in their place; they are in the history when `write` has come back."""
        written = instant_to_text(at)
        found = []
        for entry in entries:
            row = linked(
                self.hash,
                team=self.team,
                seq=self.seq + 1,
                at=written,
                actor=actor,
                kind=entry.fact.kind,
                version=entry.fact.version,
                client=entry.client,
                placement=entry.placement,
                payload=fact_to_text(entry.fact),
                salt=secrets.token_hex(16),
            )
            self.seq, self.hash = row.seq, row.hash
            self._unwritten.append(row)
            found.append(Recorded(row.seq, at, actor, entry.fact, entry.client, entry.placement))
        return found

    async def write(self, connection: AsyncConnection) -> None:
        if not self._unwritten:
            return
        await connection.execute(insert(history), [_columns(row) for row in self._unwritten])
        await connection.execute(update(stream).where(stream.c.team == self.team).values(seq=self.seq, hash=self.hash))
        self._unwritten = []


async def end(connection: AsyncConnection, team: str) -> End:
    """Where the team's chain goes on, locked until the transaction ends. For the recorder alone."""
    last = await hold(connection, team)
    if last is None:
        raise LookupError(team)
    return End(team, *last)


async def append(
    connection: AsyncConnection, team: str, actor: str, at: datetime, entries: Sequence[Entry]
) -> list[Recorded]:
    """Write the facts at the end of the team's chain. For the recorder alone."""
    chain = await end(connection, team)
    found = chain.link(actor, at, entries)
    await chain.write(connection)
    return found


async def story(connection: AsyncConnection, team: str, client: str, after: int = 0) -> list[Recorded]:
    """All facts about a client after a seq, in order."""
    query = _rows(team).where(history.c.client == client, history.c.seq > after).order_by(history.c.seq)
    return [recorded(row) for row in await _read(connection, query)]


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
    """A team's facts of one kind written in this time (UTC), or by this actor, newest first."""
    query = _rows(team).where(history.c.kind == kind, history.c.payload.is_not(None))
    if actor:
        query = query.where(history.c.actor == actor)
    if since:
        query = query.where(history.c.at >= instant_to_text(since))
    if before:
        query = query.where(history.c.at < instant_to_text(before))
    return [recorded(row) for row in await _read(connection, query.order_by(history.c.seq.desc()).limit(limit))]


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
    connection: AsyncConnection, team: str, *, before: int | None = None, client: str | None = None, limit: int = 100
) -> list[Row]:
    """Rows newest first, older than `before`: one page of what an auditor reads."""
    query = _rows(team).order_by(history.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(history.c.seq < before)
    if client is not None:
        query = query.where(history.c.client == client)
    return await _read(connection, query)


async def row(connection: AsyncConnection, team: str, seq: int) -> Row | None:
    return next(iter(await _read(connection, _rows(team).where(history.c.seq == seq))), None)


async def teams(connection: AsyncConnection) -> list[str]:
    """Every chain there is, the system's own included."""
    return list(await connection.scalars(select(stream.c.team).order_by(stream.c.team)))


def _rows(team: str) -> Select[Any]:
    return select(history).where(history.c.team == team)


async def _read(connection: AsyncConnection, query: Select[Any]) -> list[Row]:
    return [Row(*row) for row in await connection.execute(query)]


def _columns(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in Row.__slots__}

"""The history written: facts linked to the end of a team's chain. For the recorder alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.chain import GENESIS, Row, linked
from factboard.domain.events import Entry, HistoryStarted, Recorded
from factboard.domain.finding import Mark, days
from factboard.storage.codec import fact_to_text, instant_from_text, instant_to_text
from factboard.storage.tables import history, mark, stream

SYSTEM = "system"  # the stream of facts that belong to no team


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

    def __init__(self, team: str, seq: int, hash: str, last: datetime | None = None) -> None:
        self.team, self.seq, self.hash, self._last = team, seq, hash, last
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
        ats = [(row.seq, instant_from_text(row.at)) for row in self._unwritten]
        if self.team != SYSTEM and (begun := days(ats, self._last)):
            await connection.execute(insert(mark), mark_columns(self.team, begun))
        self._last, self._unwritten = ats[-1][1], []


async def end(connection: AsyncConnection, team: str) -> End:
    """Where the team's chain goes on, locked until the transaction ends. For the recorder alone."""
    last = await hold(connection, team)
    if last is None:
        raise LookupError(team)
    at = await connection.scalar(select(history.c.at).where(history.c.team == team, history.c.seq == last[0]))
    return End(team, *last, instant_from_text(at) if at else None)


async def append(
    connection: AsyncConnection, team: str, actor: str, at: datetime, entries: Sequence[Entry]
) -> list[Recorded]:
    """Write the facts at the end of the team's chain. For the recorder alone."""
    chain = await end(connection, team)
    found = chain.link(actor, at, entries)
    await chain.write(connection)
    return found


def mark_columns(team: str, marks: Iterable[Mark]) -> list[dict[str, object]]:
    return [{"team": team, "name": one.name.value, "value": one.value, "seq": one.seq} for one in marks]


def _columns(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in Row.__slots__}

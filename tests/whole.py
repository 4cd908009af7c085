"""Is a team's database whole? The chain verifies, and what is shown is exactly what the history adds up to."""

from __future__ import annotations

from sqlalchemy import select

from factboard.domain import chain
from factboard.domain.notices import Notice
from factboard.domain.projection import rebuild
from factboard.storage import history, projections, tables
from factboard.storage.codec import recorded
from factboard.storage.engine import Store


async def check_whole(store: Store, team: str) -> list[chain.Row]:
    """The team's rows, after everything shown was compared with what they add up to. Fails where it differs."""
    async with store.reading() as connection:
        rows = [row async for row in history.rows(connection, team)]
        [head] = await connection.execute(select(tables.stream).where(tables.stream.c.team == team))
        assert chain.verify(rows, (head.seq, head.hash)) is None

        rebuilt = rebuild(team, [recorded(row) for row in rows])
        assert rebuilt.team is not None
        assert await projections.team(connection, team) == rebuilt.team
        live = await projections.caseload(connection, team, ended=True)
        assert {client.id: client for client in live} == rebuilt.clients

        async def stored(table: object) -> list[dict[str, object]]:
            found = await connection.execute(select(table).where(table.c.team == team))  # type: ignore[call-overload, attr-defined]
            return [dict(row._mapping) for row in found]

        by_id = sorted(await stored(tables.client), key=lambda row: str(row["id"]))
        assert by_id == [projections.client_columns(team, rebuilt.clients[id]) for id in sorted(rebuilt.clients)]
        by_user = sorted(await stored(tables.membership), key=lambda row: str(row["user"]))
        assert by_user == sorted(projections.membership_columns(rebuilt.team), key=lambda row: str(row["user"]))
        notices = {Notice(row["user"], row["seq"], row["client"]): row["read"] for row in await stored(tables.notice)}  # type: ignore[arg-type]
        assert notices == rebuilt.notices
    return rows

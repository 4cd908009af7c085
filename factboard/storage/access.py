"""The access log's table: who saw which client, in which view, of which team, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.storage.tables import access_log


@dataclass(frozen=True, slots=True)
class Look:
    """One row. `at` is UTC text; `client` is None for a row about a view or about the log itself."""

    at: str
    team: str | None
    actor: str | None
    action: str
    view: str
    client: str | None = None
    detail: str | None = None


async def append(connection: AsyncConnection, looks: Sequence[Look]) -> None:
    if looks:
        await connection.execute(insert(access_log), [asdict(look) for look in looks])


async def read(connection: AsyncConnection, team: str | None, limit: int = 1_000) -> list[Look]:
    """The newest rows of a team, newest first."""
    c = access_log.c
    query = select(c.at, c.team, c.actor, c.action, c.view, c.client, c.detail)
    query = query.where(c.team == team).order_by(c.id.desc()).limit(limit)
    return [Look(*row) for row in await connection.execute(query)]

"""Whose content may be taken away by a team's rule: read from indexed columns, never from all states."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.state import Client
from factboard.storage.codec import CLIENT, instant_to_text
from factboard.storage.tables import client, team


async def rules(connection: AsyncConnection) -> list[tuple[str, int]]:
    """The teams that have such a rule, with its years."""
    query = select(team.c.id, team.c.retention_years).where(team.c.retention_years.is_not(None)).order_by(team.c.id)
    return [(row.id, row.retention_years) for row in await connection.execute(query)]


async def ended(connection: AsyncConnection, of: str, before: datetime) -> list[Client]:
    """The team's clients whose enrolment ended before this instant (UTC), the first to leave first."""
    left = client.c.ended <= instant_to_text(before)
    query = select(client.c.state).where(client.c.team == of, left).order_by(client.c.ended, client.c.id)
    return [CLIENT.validate_json(state) for state in await connection.scalars(query)]

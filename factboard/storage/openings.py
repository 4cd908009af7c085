"""Clients opened in an emergency: each by one session, for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.storage.codec import instant_to_text
from factboard.storage.tables import opening


async def add(connection: AsyncConnection, session: str, client: str, until: datetime) -> None:
    """This session sees the client whole until then (UTC)."""
    c = opening.c
    await connection.execute(delete(opening).where(c.session == session, c.client == client))
    await connection.execute(insert(opening).values(session=session, client=client, until=instant_to_text(until)))


async def of_session(connection: AsyncConnection, session: str, now: datetime) -> frozenset[str]:
    """The ids of the clients that this session has opened, and still may see."""
    c = opening.c
    found = await connection.scalars(select(c.client).where(c.session == session, c.until > instant_to_text(now)))
    return frozenset(found)

"""Clients found by their names and codes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.people import code, full_name
from factboard.domain.state import Client
from factboard.domain.text import LINE, folded
from factboard.storage import tables
from factboard.storage.codec import CLIENT
from factboard.storage.projections.reading import caseload

MOST_WORDS = 12  # of a search; a database refuses a condition without end
MANY_NAMES = 100  # where asking for each costs more than reading all


async def search(
    connection: AsyncConnection, team: str, text: str, *, limit: int | None = None, ended: bool = False
) -> list[Client]:
    """Clients in whose names (or birth date, or as the code on their card) every word of `text` occurs: the first
    `limit` of them by name, or all.
    """
    c = tables.client.c
    query = select(c.state).where(c.team == team).order_by(c.search).limit(limit)
    if not ended:
        query = query.where(c.enrolled)
    for word in folded(text[:LINE]).split()[:MOST_WORDS]:
        named = c.search.contains(word, autoescape=True)
        coded = c.code.startswith(word.upper(), autoescape=True)
        query = query.where(or_(named, coded) if len(word) >= len(code("")) else named)
    found = [CLIENT.validate_json(state) for state in await connection.scalars(query)]
    return [one for one in found if not one.merged_into]


async def coded(connection: AsyncConnection, team: str, text: str) -> list[str]:
    """The ids of those whose code this is, or begins with it."""
    c = tables.client.c
    if len(text) < len(code("")) or not text.isalnum():
        return []
    query = select(c.id).where(c.team == team, c.code.startswith(text.upper(), autoescape=True)).order_by(c.id)
    return list(await connection.scalars(query))


async def namesakes(connection: AsyncConnection, team: str, clients: Sequence[Client]) -> list[Client]:
    """Everyone else enrolled who has the same full name as one of these: what a label must tell apart."""
    c = tables.client.c
    names, ids = {folded(full_name(known.details)) for known in clients}, {known.id for known in clients}
    if len(names) > MANY_NAMES:
        return [known for known in await caseload(connection, team) if known.id not in ids]
    query = select(c.state).where(c.team == team, c.enrolled, c.name.in_(names), c.id.not_in(ids))
    return [CLIENT.validate_json(state) for state in await connection.scalars(query)]

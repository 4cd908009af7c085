"""How clients are named on a page: told apart from every other client of the team who shares the name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from factboard.domain.people import Label, labels
from factboard.domain.state import Client
from factboard.storage import projections


async def labels_of(connection: AsyncConnection, team: str, clients: Sequence[Client]) -> dict[str, Label]:
    """A label for each of these clients, against all namesakes in the team's care."""
    known = {client.id: client for client in [*await projections.namesakes(connection, team, clients), *clients]}
    named = labels((client.id, client.details) for client in known.values())
    return {client.id: named[client.id] for client in clients}


async def label_of(request: Request, client: Client) -> Label:
    async with request.app.state.store.reading() as connection:
        return (await labels_of(connection, request.state.who.team, [client]))[client.id]

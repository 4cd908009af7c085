"""What a reader of the log may call a client: by code as long as they are masked, by name otherwise."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from factboard.storage import projections
from factboard.web.labels import labels_of
from factboard.web.sentences import Teller


async def teller_of(request: Request, connection: AsyncConnection, clients: Collection[str]) -> Teller:
    """Who names these clients as this reader may know them."""
    who = request.state.who
    if who.masked:
        return Teller(request.state.language, who.here)
    known = await projections.clients(connection, who.team, clients)
    return Teller(request.state.language, who.here, await labels_of(connection, who.team, known))

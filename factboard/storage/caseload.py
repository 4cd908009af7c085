"""Everyone in a team's care, as pages need them that choose from all: only states that are new are read again."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.state import Client
from factboard.storage import projections


class Caseload:
    """One a process. What it holds is what was true at the last look; each look asks what has changed since."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Client]] = {}  # of each team

    async def of(self, connection: AsyncConnection, team: str) -> list[Client]:
        clients = await projections.in_care(connection, team, self._known.get(team))
        self._known[team] = {client.id: client for client in clients}
        return clients

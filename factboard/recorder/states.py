"""The states that one transaction knows: read once, and since then as its own facts have made them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.meeting.agenda import is_up
from factboard.domain.refusal import Conflict, Unknown
from factboard.domain.state import Client, Meeting, Team
from factboard.domain.versions import Version
from factboard.storage import documents, projections


class States:
    """A team's states inside one transaction: nobody else writes its history meanwhile."""

    def __init__(self, connection: AsyncConnection, team: str) -> None:
        self.connection, self.team = connection, team
        self._team: Team | None = None
        self._clients: dict[str, Client | None] = {}
        self._meetings: dict[str, Meeting | None] = {}
        self._documents: dict[tuple[str, str], Version | None] = {}
        self._has_all = False

    async def state(self) -> Team:
        """The team as it stands in this transaction."""
        if self._team is None:
            self._team = await projections.team(self.connection, self.team)
        if self._team is None:
            raise Unknown("unknown_team")
        return self._team

    async def client(self, id: str) -> Client | None:
        """The client as they stand in this transaction."""
        if id not in self._clients:
            self._clients[id] = await projections.client(self.connection, self.team, id)
        return self._clients[id]

    async def person(self, id: str) -> Client | None:
        """The client of this id, in the record in which they go on."""
        known = await self.client(id)
        while known and known.merged_into:
            known = await self.client(known.merged_into)
        return known

    async def meeting(self, id: str) -> Meeting | None:
        """The meeting as it stands in this transaction."""
        if id not in self._meetings:
            self._meetings[id] = await projections.meeting(self.connection, self.team, id)
        return self._meetings[id]

    async def document(self, client: str, ref: str) -> Version | None:
        """The newest version of a client's document, as it stands in this transaction.

        Raises `Conflict` for one that was taken away: it is not written again, another one is.
        """
        if (client, ref) not in self._documents:
            newest = await documents.newest(self.connection, self.team, client, ref)
            if newest is None and await documents.version(self.connection, self.team, client, ref, 1):
                raise Conflict("document_withdrawn")
            self._documents[client, ref] = newest
        return self._documents[client, ref]

    async def everyone(self, meeting: Meeting | None = None) -> tuple[Client, ...]:
        """All who are on the board or wait for a follow-up, and those on this meeting's agenda, as they stand in this
        transaction.
        """
        if not self._has_all:  # nobody else writes this team's history meanwhile: once is enough
            read = {id: one for id, one in self._clients.items() if one}
            self.know({one.id: one for one in await projections.on_agenda(self.connection, self.team, read)})
            self._has_all = True
        agenda = {item.client for item in meeting.agenda} if meeting else set()
        others = agenda - self._clients.keys()  # who has left the board since the meeting began
        if others:
            self.know({one.id: one for one in await projections.states(self.connection, self.team, others)})
        found = sorted(filter(None, self._clients.values()), key=lambda one: one.id)
        return tuple(one for one in found if is_up(one) or one.id in agenda)

    def know(self, clients: Mapping[str, Client]) -> None:
        """States read in one go, so that a large file does not ask for them one by one."""
        self._clients = {**clients, **self._clients}

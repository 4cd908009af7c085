"""Is a team's database whole? The chain verifies, and what is shown is exactly what the history adds up to."""

from __future__ import annotations

from factboard.domain import chain
from factboard.storage import documents, history, projections, rebuilding
from factboard.storage.engine import Store
from factboard.storage.verifying import verdict


async def check_whole(store: Store, team: str) -> list[chain.Row]:
    """The team's rows, after everything shown was compared with what they add up to. Fails where it differs."""
    async with store.reading() as connection:
        rows = [row async for row in history.rows(connection, team)]
        assert (await verdict(connection, team)).broken is None
        rebuilt = await rebuilding.rebuilt(connection, team)
        assert rebuilt.team is not None
        assert await rebuilding.difference(connection, team, rebuilt) is None
        assert await projections.team(connection, team) == rebuilt.team
        live = [client async for client in projections.everyone(connection, team)]
        assert {client.id: client for client in live} == rebuilt.clients
        for (client, ref), versions in rebuilt.documents.items():
            assert await documents.versions(connection, team, client, ref) == versions[::-1]
            newest = None if (client, ref) in rebuilt.taken_away else versions[-1]
            assert await documents.newest(connection, team, client, ref) == newest
        met = await projections.meetings(connection, team, limit=10_000)
        assert {meeting.id: meeting for meeting in met} == rebuilt.meetings
        told = {(notice.user, notice.seq) for notice, read in rebuilt.notices.items() if not read}
        for user in rebuilt.team.members:
            unread = await projections.unread(connection, team, user)
            assert {notice.seq for notice in unread} == {seq for to, seq in told if to == user}
    return rows

"""Is a team's database whole? The chain verifies, and what is shown is exactly what the history adds up to."""

from __future__ import annotations

from factboard.domain import chain, planned_care
from factboard.domain import events as e
from factboard.domain.events.contents import Kind
from factboard.domain.versions import digest
from factboard.storage import documents, history, projections, rebuilding
from factboard.storage.codec import recorded
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
    names_the_plans_in_force(rows)
    return rows


def names_the_plans_in_force(rows: list[chain.Row]) -> int:
    """Does each time on the board name the plans over which it lies, and each return exactly those that are in force?
    How many returns that had a plan were looked at; what two records of one person had is another matter.
    """
    plans: dict[str, dict[Kind, e.PlanVersion]] = {}
    mixed: set[str] = set()
    returns = 0
    for row in rows:
        fact = recorded(row).fact if row.payload is not None and row.client else None
        mine = plans.setdefault(row.client or "", {})
        match fact:
            case e.DocumentWritten(document=kind) if kind in planned_care.PLANS:
                mine[kind] = e.PlanVersion(kind, fact.number, digest(fact.content))
            case e.DocumentWithdrawn(document=kind):
                mine.pop(kind, None)
            case e.Merged() | e.MergedInto():
                mixed.add(row.client or "")
            case e.PutOnBoard(plans=named) | e.Returned(plans=named) if row.client not in mixed:
                assert {one.document: one for one in named} == mine, row.seq
                returns += isinstance(fact, e.Returned) and bool(mine)
    return returns

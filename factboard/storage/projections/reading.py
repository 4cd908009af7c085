"""The read tables as all read them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.events import Role
from factboard.domain.notices import Notice
from factboard.domain.state import Client, Meeting, Team
from factboard.storage import tables
from factboard.storage.codec import CLIENT, MEETING, TEAM, instant_from_text, instant_to_text

AT_ONCE = 500  # rows in one statement


async def team(connection: AsyncConnection, id: str) -> Team | None:
    state = await connection.scalar(select(tables.team.c.state).where(tables.team.c.id == id))
    return TEAM.validate_json(state) if state else None


async def teams(connection: AsyncConnection) -> list[Team]:
    found = await connection.scalars(select(tables.team.c.state).order_by(tables.team.c.name))
    return [TEAM.validate_json(state) for state in found]


async def client(connection: AsyncConnection, team: str, id: str) -> Client | None:
    if not id.isprintable():
        return None  # nobody's, and PostgreSQL would not even look
    c = tables.client.c
    state = await connection.scalar(select(c.state).where(c.team == team, c.id == id))
    return CLIENT.validate_json(state) if state else None


async def person(connection: AsyncConnection, team: str, id: str) -> Client | None:
    """The client of this id; of one whose record was merged into another, the person as they go on there."""
    known = await client(connection, team, id)
    while known and known.merged_into:
        known = await client(connection, team, known.merged_into)
    return known


async def clients(connection: AsyncConnection, team: str, ids: Collection[str]) -> list[Client]:
    """Those of the team's clients who have these ids; a few at a time, a page's worth. Of a record that was merged into
    another, what is locked, and agreed to, is what stands of the person now.
    """
    found = await states(connection, team, ids)
    return [await _as_the_person(connection, team, one) if one.merged_into else one for one in found]


async def states(connection: AsyncConnection, team: str, ids: Collection[str]) -> list[Client]:
    """The states of these ids as they are kept."""
    c = tables.client.c
    found = await connection.scalars(select(c.state).where(c.team == team, c.id.in_(ids)))
    return [CLIENT.validate_json(state) for state in found]


async def _as_the_person(connection: AsyncConnection, team: str, record: Client) -> Client:
    known = await person(connection, team, record.id)
    return replace(record, shared=known.shared) if known else record


async def on_board(connection: AsyncConnection, team: str, known: Mapping[str, Client] | None = None) -> list[Client]:
    """Everyone on the team's board. States in `known` that are still the newest are not read again."""
    return await _newest(connection, team, tables.client.c.on_board, known)


async def _newest(
    connection: AsyncConnection, team: str, wanted: ColumnElement[bool], known: Mapping[str, Client] | None
) -> list[Client]:
    c = tables.client.c
    found = await connection.execute(select(c.id, c.seq).where(c.team == team, wanted))
    present = {row.id: row.seq for row in found}
    have = {id: state for id, state in (known or {}).items() if present.get(id) == state.seq}
    missing = [id for id in present if id not in have]
    if missing:
        states = await connection.scalars(select(c.state).where(c.team == team, c.id.in_(missing)))
        have |= {state.id: state for state in map(CLIENT.validate_json, states)}
    return [have[id] for id in present]


async def on_wall(
    connection: AsyncConnection, team: str, since: datetime, known: Mapping[str, Client] | None = None
) -> list[Client]:
    """Whom a wall shows: everyone on the board, admitted, under a legal measure, or off the board since then (UTC)."""
    c = tables.client.c
    wanted = or_(c.on_board, and_(c.enrolled, or_(c.in_sight, c.left_board >= instant_to_text(since), c.waits)))
    return await _newest(connection, team, wanted, known)


async def on_agenda(connection: AsyncConnection, team: str, known: Mapping[str, Client] | None = None) -> list[Client]:
    """Whom a meeting has to think of: everyone on the board, and whoever waits for the follow-up of a return."""
    c = tables.client.c
    return await _newest(connection, team, or_(c.on_board, c.waits), known)


async def on_board_page(
    connection: AsyncConnection, team: str, since: datetime, known: Mapping[str, Client] | None = None
) -> list[Client]:
    """Whom the board's page shows: everyone on it, and who left it since then (UTC) or waits for the follow-up."""
    c = tables.client.c
    wanted = or_(c.on_board, and_(c.enrolled, or_(c.left_board >= instant_to_text(since), c.waits)))
    return await _newest(connection, team, wanted, known)


async def due_clients(connection: AsyncConnection, now: datetime) -> list[tuple[str, str, str, str]]:
    """(instant, team, client, clock) of every client's clock that has fallen due by now (UTC), the oldest first.

    Each clock is asked for in its own index: what is not due is not read.
    """
    c, until = tables.client.c, instant_to_text(now)
    found: list[tuple[str, str, str, str]] = []
    for clock in tables.CLOCKS:
        at = c[f"{clock}_due"]
        rows = await connection.execute(select(at, c.team, c.id).where(at <= until))
        found += [(row[0], row.team, row.id, clock) for row in rows]
    return sorted(found)


async def due_teams(connection: AsyncConnection, now: datetime, *, sheets: bool) -> list[str]:
    """The ids of the teams of which something of their own may have fallen due by now (UTC)."""
    c, until = tables.team.c, instant_to_text(now)
    found = {*await connection.scalars(select(c.id).where(c.due <= until))}
    if sheets:
        found |= {*await connection.scalars(select(c.id).where(c.sheet_due <= until))}
    return sorted(found)


async def in_care(connection: AsyncConnection, team: str, known: Mapping[str, Client] | None = None) -> list[Client]:
    """Everyone in the team's care, on the board or not. States in `known` that are the newest are not read again."""
    return await _newest(connection, team, tables.client.c.enrolled, known)


async def locked(connection: AsyncConnection, team: str) -> list[Client]:
    """Everyone under an inner lock; they are few."""
    c = tables.client.c
    found = await connection.scalars(select(c.state).where(c.team == team, c.locked))
    return [CLIENT.validate_json(state) for state in found]


async def caseload(connection: AsyncConnection, team: str, *, ended: bool = False) -> list[Client]:
    """Everyone in the team's care by name, once each; with `ended`, those who have left it too."""
    c = tables.client.c
    query = select(c.state).where(c.team == team).order_by(c.search)
    if not ended:
        query = query.where(c.enrolled)
    found = [CLIENT.validate_json(state) for state in await connection.scalars(query)]
    return [one for one in found if not one.merged_into]


async def everyone(connection: AsyncConnection, team: str) -> AsyncIterator[Client]:
    """All whom the team has or had in its care, read page by page."""
    c, last = tables.client.c, ""
    while True:
        query = select(c.id, c.state).where(c.team == team, c.id > last).order_by(c.id).limit(AT_ONCE)
        rows = (await connection.execute(query)).all()
        for row in rows:
            yield CLIENT.validate_json(row.state)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


async def meeting(connection: AsyncConnection, team: str, id: str) -> Meeting | None:
    c = tables.meeting.c
    state = await connection.scalar(select(c.state).where(c.team == team, c.id == id))
    return MEETING.validate_json(state) if state else None


async def meetings(
    connection: AsyncConnection, team: str, *, before: datetime | None = None, limit: int = 50
) -> list[Meeting]:
    """A team's meetings, newest first; with `before` (UTC), those opened earlier."""
    c = tables.meeting.c
    query = select(c.state).where(c.team == team).order_by(c.opened.desc()).limit(limit)
    if before:
        query = query.where(c.opened < instant_to_text(before))
    return [MEETING.validate_json(state) for state in await connection.scalars(query)]


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """A meeting to choose from; `opened` is UTC."""

    id: str
    opened: datetime
    held: bool


async def meeting_times(
    connection: AsyncConnection,
    team: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    only: str | None = None,
    limit: int = 60,
) -> list[MeetingTime]:
    """When the team met, newest first; within a period (UTC), or of one meeting only."""
    c = tables.meeting.c
    query = select(c.id, c.opened, c.held).where(c.team == team).order_by(c.opened.desc()).limit(limit)
    if since:
        query = query.where(c.opened >= instant_to_text(since))
    if until:
        query = query.where(c.opened < instant_to_text(until))
    if only:
        query = query.where(c.id == only)
    return [MeetingTime(row.id, instant_from_text(row.opened), row.held) for row in await connection.execute(query)]


async def memberships(connection: AsyncConnection, user: str) -> list[tuple[str, Role]]:
    """The teams that a person works in, with the role there."""
    c = tables.membership.c
    found = await connection.execute(select(c.team, c.role).where(c.user == user).order_by(c.team))
    return [(row.team, Role(row.role)) for row in found]


async def teams_of(connection: AsyncConnection, user: str) -> list[tuple[str, str]]:
    """The (id, name) of the teams that a person works in, by name."""
    t, m = tables.team.c, tables.membership.c
    query = select(t.id, t.name).join_from(tables.team, tables.membership, t.id == m.team)
    found = await connection.execute(query.where(m.user == user).order_by(t.name, t.id))
    return [(row.id, row.name) for row in found]


async def unread(connection: AsyncConnection, team: str, user: str) -> list[Notice]:
    """A person's unread notices, newest first."""
    c = tables.notice.c
    query = select(c.user, c.seq, c.client).where(c.team == team, c.user == user, ~c.read).order_by(c.seq.desc())
    return [Notice(*row) for row in await connection.execute(query)]


async def count_unread(connection: AsyncConnection, team: str, user: str) -> int:
    c = tables.notice.c
    query = select(func.count()).where(c.team == team, c.user == user, ~c.read)
    return await connection.scalar(query) or 0

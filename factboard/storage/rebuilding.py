"""The read tables made anew from the history: what stands in them must be what the facts add up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.finding import days
from factboard.domain.projection import Rebuilt, rebuild
from factboard.storage import history, tables
from factboard.storage.codec import instant_from_text, recorded
from factboard.storage.documents import version_columns
from factboard.storage.episodes import contact_columns, episode_columns
from factboard.storage.history import mark_columns
from factboard.storage.projections import (
    AT_ONCE,
    client_columns,
    keyframe_columns,
    meeting_columns,
    membership_columns,
    team_columns,
)

Rows = dict[tuple[Any, ...], dict[str, Any]]  # by primary key

READ_TABLES = {  # and the column that says whose a row is
    tables.team: tables.team.c.id,
    tables.membership: tables.membership.c.team,
    tables.client: tables.client.c.team,
    tables.meeting: tables.meeting.c.team,
    tables.notice: tables.notice.c.team,
    tables.keyframe: tables.keyframe.c.team,
    tables.episode: tables.episode.c.team,
    tables.contact: tables.contact.c.team,
    tables.mark: tables.mark.c.team,
    tables.document: tables.document.c.team,
    tables.said: tables.said.c.team,
}

BY = {tables.said: ("team", "seq")}  # a row is known by these where its key is a number of no meaning


async def rebuilt(connection: AsyncConnection, team: str) -> Rebuilt:
    """A team's whole history, folded. Raises `UnknownFact` where a newer release wrote it."""
    rows = [row async for row in history.rows(connection, team)]
    found = rebuild(team, [recorded(row) for row in rows if row.payload is not None])  # the others are redacted
    found.marks += days([(row.seq, instant_from_text(row.at)) for row in rows], None)
    return found


async def difference(connection: AsyncConnection, team: str, found: Rebuilt) -> str | None:
    """The first row that is not what the history says, by its key, or None. Names no client."""
    for table, expected in _rows(team, found).items():
        stored = await _stored(connection, table, team)
        for key in sorted(expected.keys() | stored.keys(), key=str):
            wrong = _wrong(expected.get(key), stored.get(key))
            if wrong:
                return f"{table.name} {' '.join(map(str, key[1:])) or team}: {wrong}"
    return None


async def rewrite(connection: AsyncConnection, team: str, found: Rebuilt) -> None:
    """Put what the history says in place of what stands there."""
    for table, expected in _rows(team, found).items():
        await connection.execute(delete(table).where(READ_TABLES[table] == team))
        values = list(expected.values())
        for start in range(0, len(values), AT_ONCE):
            await connection.execute(insert(table), values[start : start + AT_ONCE])


def _rows(team: str, found: Rebuilt) -> Mapping[Table, Rows]:
    members = membership_columns(found.team) if found.team else []
    notices = [
        {"team": team, "user": one.user, "seq": one.seq, "client": one.client, "read": read}
        for one, read in found.notices.items()
    ]
    episodes = [one for course in found.courses.values() for one in course.changed.values()]
    values = {
        tables.team: [team_columns(found.team)] if found.team else [],
        tables.membership: members,
        tables.client: [client_columns(found.team, one) for one in found.clients.values()] if found.team else [],
        tables.meeting: [meeting_columns(team, meeting) for meeting in found.meetings.values()],
        tables.notice: notices,
        tables.keyframe: [keyframe_columns(team, state) for state in found.keyframes],
        tables.episode: [episode_columns(team, one) for one in episodes],
        tables.contact: [contact_columns(team, seq, one) for seq, one in found.contacts.items()],
        tables.mark: mark_columns(team, found.marks),
        tables.document: [
            version_columns(team, one, newest=one is versions[-1] and key not in found.taken_away)
            for key, versions in found.documents.items()
            for one in versions
        ],
        tables.said: [{"team": team, "seq": seq, "text": text} for seq, text in found.said.items()],
    }
    return {table: {_key(table, row): row for row in rows} for table, rows in values.items()}


async def _stored(connection: AsyncConnection, table: Table, team: str) -> Rows:
    result = await connection.execute(select(table).where(READ_TABLES[table] == team))
    return {_key(table, row): dict(row) for row in result.mappings()}


def _key(table: Table, row: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in BY.get(table, [column.name for column in table.primary_key]))


def _wrong(expected: Mapping[str, Any] | None, stored: Mapping[str, Any] | None) -> str | None:
    if stored is None:
        return "it is missing"
    if expected is None:
        return "it should not be there"
    return next((f"{name} differs" for name in expected if expected[name] != stored[name]), None)

"""The read tables as the recorder and the rebuild write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import due, stepdown
from factboard.domain.notices import Notice
from factboard.domain.people import code, full_name
from factboard.domain.planned_care import waits_for_follow_up
from factboard.domain.state import Client, Meeting, Team
from factboard.domain.text import folded
from factboard.storage import tables
from factboard.storage.codec import CLIENT, MEETING, TEAM, instant_to_text

AT_ONCE = 500  # rows in one statement


def client_columns(team: Team, state: Client) -> dict[str, object]:
    """A client's row. When its clocks fall due depends on the team's policies, calendar and people too."""
    details, dues = state.details, stepdown.dues(team, state)
    born = details.birth_date.isoformat() if details.birth_date else ""
    words = (full_name(details), details.surname, details.first_name, details.short_name, born, *state.known_as)
    return {
        "team": team.id,
        "id": state.id,
        "seq": state.seq,
        "search": folded(" ".join(words)),
        "code": code(state.id, 8),
        "enrolled": state.enrolled,
        "on_board": state.stay is not None and state.enrolled,
        "in_sight": state.enrolled and bool(state.admission or state.legal),
        "left_board": instant_to_text(state.left_board) if state.left_board else None,
        "waits": waits_for_follow_up(state) is not None,
        "locked": bool(state.shared.locks),
        "ended": _or_null(state.ended),
        **{f"{clock}_due": _or_null(getattr(dues, clock)) for clock in tables.CLOCKS},
        "name": folded(full_name(details)),
        "state": CLIENT.dump_json(state).decode(),
    }


def _or_null(at: datetime | None) -> str | None:
    return instant_to_text(at) if at else None


async def save_clients(connection: AsyncConnection, team: Team, states: Sequence[Client]) -> None:
    """Replace these clients' rows; by and by, so that a large file leaves room for others to be answered."""
    for start in range(0, len(states), AT_ONCE):
        values = [client_columns(team, state) for state in states[start : start + AT_ONCE]]
        await forget_clients(connection, team.id, [str(row["id"]) for row in values])
        await connection.execute(insert(tables.client), values)


async def forget_clients(connection: AsyncConnection, team: str, ids: Sequence[str]) -> None:
    c = tables.client.c
    for start in range(0, len(ids), AT_ONCE):
        await connection.execute(delete(tables.client).where(c.team == team, c.id.in_(ids[start : start + AT_ONCE])))


def membership_columns(state: Team) -> list[dict[str, object]]:
    return [
        {"team": state.id, "user": member.user, "role": member.role.value}
        for member in state.members.values()
        if not member.left
    ]


def team_columns(state: Team) -> dict[str, object]:
    return {
        "id": state.id,
        "name": state.settings.name,
        "state": TEAM.dump_json(state).decode(),
        "due": _or_null(due.next_due(state)),
        "sheet_due": _or_null(due.next_sheet(state)),
        "retention_years": state.settings.retention_years or None,
    }


async def save_team(connection: AsyncConnection, state: Team) -> None:
    """Replace the team's row and its memberships."""
    await connection.execute(delete(tables.team).where(tables.team.c.id == state.id))
    await connection.execute(insert(tables.team).values(team_columns(state)))
    await connection.execute(delete(tables.membership).where(tables.membership.c.team == state.id))
    members = membership_columns(state)
    if members:
        await connection.execute(insert(tables.membership), members)


def meeting_columns(team: str, state: Meeting) -> dict[str, object]:
    return {
        "team": team,
        "id": state.id,
        "opened": instant_to_text(state.opened),
        "closed": instant_to_text(state.closed) if state.closed else None,
        "held": state.held,
        "state": MEETING.dump_json(state).decode(),
    }


async def save_meeting(connection: AsyncConnection, team: str, state: Meeting) -> None:
    """Replace the meeting's row."""
    c = tables.meeting.c
    await connection.execute(delete(tables.meeting).where(c.team == team, c.id == state.id))
    await connection.execute(insert(tables.meeting), meeting_columns(team, state))


def keyframe_columns(team: str, state: Client | Team) -> dict[str, object]:
    if isinstance(state, Client):
        subject, enrolled, kept = state.id, state.enrolled, CLIENT.dump_json(state)
    else:
        subject, enrolled, kept = "", True, TEAM.dump_json(state)
    return {"team": team, "subject": subject, "seq": state.seq, "enrolled": enrolled, "state": kept.decode()}


async def add_keyframes(connection: AsyncConnection, team: str, states: Sequence[Client | Team]) -> None:
    """Keep these states as they are now: the past begins at them."""
    for start in range(0, len(states), AT_ONCE):
        rows = [keyframe_columns(team, state) for state in states[start : start + AT_ONCE]]
        await connection.execute(insert(tables.keyframe), rows)


async def add_notices(connection: AsyncConnection, team: str, new: Sequence[Notice]) -> None:
    if new:
        rows = [{"team": team, "user": n.user, "seq": n.seq, "client": n.client, "read": False} for n in new]
        await connection.execute(insert(tables.notice), rows)


async def mark_read(connection: AsyncConnection, team: str, notice: Notice) -> None:
    c = tables.notice.c
    this = (c.team == team, c.user == notice.user, c.seq == notice.seq, c.client == notice.client)
    await connection.execute(update(tables.notice).where(*this).values(read=True))


async def withdraw_notices(connection: AsyncConnection, team: str, seq: int) -> None:
    """The fact was undone: nobody is told of it any more."""
    await connection.execute(delete(tables.notice).where(tables.notice.c.team == team, tables.notice.c.seq == seq))

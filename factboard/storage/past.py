"""A team as it was: its states after any fact of its history, folded from the kept ones (`domain/keyframes`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import calendar
from factboard.domain.chain import Row
from factboard.domain.events import ClientEnrolled, EnrolmentEnded, MeetingOpened, Recorded, Redacted
from factboard.domain.projection import meeting_of
from factboard.domain.state import Client, Meeting, Team, evolve_client, evolve_meeting, evolve_team
from factboard.storage.codec import CLIENT, TEAM, instant_from_text, instant_to_text, readable
from factboard.storage.tables import history, keyframe

SET_BACK = timedelta(days=31)  # by more no clock is set back: what is older has a lower number, and is not looked at
h, k = history.c, keyframe.c


@dataclass(frozen=True, slots=True)
class Past:
    """A team after the fact `seq`: everyone in its care then, and the meeting that was open.

    `team` None: its history had not begun. `gone` were in its care too, and have been redacted since; `unreadable`
    facts are as nobody here wrote them, and left out.
    """

    seq: int
    team: Team | None
    clients: tuple[Client, ...]
    meeting: Meeting | None
    gone: int = 0
    unreadable: int = 0


async def last_before(connection: AsyncConnection, team: str, at: datetime) -> int:
    """The number of the newest fact written by then (UTC); 0 for none.

    The newest by number: where a clock was set back, a later fact has an earlier time, and what stood in the history
    was shown.
    """
    by_then = select(func.max(h.seq)).where(h.team == team, h.at <= instant_to_text(at))
    of_late = by_then.where(h.at > instant_to_text(max(at, calendar.FIRST + SET_BACK) - SET_BACK))
    return await connection.scalar(of_late) or await connection.scalar(by_then) or 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A fact that one can step to: its number, when it was written (UTC), whom it is about, its kind."""

    seq: int
    at: datetime
    client: str | None
    kind: str


async def neighbour(
    connection: AsyncConnection, team: str, seq: int, newer: bool, kinds: Collection[str] = ()
) -> Neighbour | None:
    """The next fact after `seq` (`newer`), or the newest up to it; of these kinds, where some are named."""
    query = select(h.seq, h.at, h.client, h.kind).where(h.team == team, h.seq > seq if newer else h.seq <= seq)
    query = query.order_by(h.seq if newer else h.seq.desc()).limit(1)
    asked = [query.where(h.kind == kind) for kind in kinds] or [query]
    found = [(await connection.execute(one)).first() for one in asked]
    rows = [Neighbour(row.seq, instant_from_text(row.at), row.client, row.kind) for row in found if row]
    return (min if newer else max)(rows, key=lambda one: one.seq, default=None)


async def past(connection: AsyncConnection, team: str, seq: int) -> Past:
    """The team as the facts up to `seq` made it. What was taken away by redaction is not there any more."""
    state = await team_then(connection, team, seq)
    states, unreadable = await _in_care(connection, team, seq)
    clients = tuple(states.values())
    meeting = await _meeting(connection, team, seq) if state and state.meeting else None
    if meeting and meeting.focus and all(one.id != meeting.focus for one in clients):
        away = await client_then(connection, team, meeting.focus, seq)  # who has left the team's care while in focus
        clients += (away,) if away else ()
    return Past(seq, state, clients, meeting, await _gone(connection, team, seq), unreadable)


async def team_then(connection: AsyncConnection, team: str, seq: int) -> Team | None:
    """The team itself, without anybody in its care."""
    kept = _newest(team, seq).where(k.subject == "").subquery()
    found = (await connection.execute(_states(team, kept))).first()
    if found is None:
        return None
    state: Team | None = TEAM.validate_json(found.state)
    query = _facts(team, seq).where(h.client.is_(None), h.seq > found.seq).order_by(h.seq)
    for row in readable(Row(*row) for row in await connection.execute(query)):
        state = evolve_team(team, state, row)
    return state


async def _in_care(connection: AsyncConnection, team: str, seq: int) -> tuple[dict[str, Client], int]:
    """Whoever was enrolled, which turns at a kept state only; and how many of their facts cannot be read.

    An outer join, because SQLite then goes from client to client: by itself it would read the whole chain up to then.
    """
    kept = _newest(team, seq).where(k.subject != "").subquery()
    states = await connection.execute(_states(team, kept).where(k.enrolled))
    found = {row.subject: CLIENT.validate_json(row.state) for row in states}
    theirs = (h.team == team, h.client == kept.c.subject, h.seq > kept.c.seq, h.seq <= seq)
    since = kept.join(keyframe, _same(team, kept)).outerjoin(history, and_(*theirs))
    facts = await connection.execute(select(history).select_from(since).where(k.enrolled))
    rows = [Row(*row) for row in facts if row.seq]
    read = readable(rows)
    return _folded(found, read), len(rows) - len(read)


async def _gone(connection: AsyncConnection, team: str, seq: int) -> int:
    """How many were in the team's care then whose facts have been redacted since: that they came stands, and that they
    left.
    """
    if await neighbour(connection, team, 0, True, [Redacted.kind]) is None:
        return 0
    turns = h.kind.in_((ClientEnrolled.kind, EnrolmentEnded.kind))
    query = select(h.client, h.kind).where(h.team == team, turns, h.seq <= seq, h.payload.is_(None)).order_by(h.seq)
    last = {row.client: row.kind for row in await connection.execute(query)}
    return sum(kind == ClientEnrolled.kind for kind in last.values())


async def client_then(connection: AsyncConnection, team: str, id: str, seq: int) -> Client | None:
    """A client as the facts up to `seq` made them; None before they came to the team."""
    kept = _newest(team, seq).where(k.subject == id).subquery()
    found = (await connection.execute(_states(team, kept))).first()
    if found is None:
        return None
    facts = await connection.execute(_facts(team, seq).where(h.client == id, h.seq > found.seq))
    return _folded({id: CLIENT.validate_json(found.state)}, readable(Row(*row) for row in facts))[id]


def _folded(states: dict[str, Client], rows: Iterable[Recorded]) -> dict[str, Client]:
    for row in sorted(rows, key=lambda one: one.seq):
        if row.client in states:
            after = evolve_client(row.client, states[row.client], row)
            states |= {row.client: after} if after else {}
    return states


async def _meeting(connection: AsyncConnection, team: str, seq: int) -> Meeting | None:
    """The newest meeting, which is the one that was open: from its first fact on."""
    opened = select(func.max(h.seq)).where(h.team == team, h.kind == MeetingOpened.kind, h.seq <= seq)
    first = await connection.scalar(opened)
    facts = await connection.execute(_facts(team, seq).where(h.seq >= first).order_by(h.seq))
    state: Meeting | None = None
    for row in readable(Row(*row) for row in facts):
        if state is None or meeting_of(row.fact) == state.id:
            state = evolve_meeting(state, row)
    return state


def _newest(team: str, seq: int) -> Any:
    """Of each subject, the newest kept state."""
    query = select(k.subject, func.max(k.seq).label("seq"))
    return query.where(k.team == team, k.seq <= seq).group_by(k.subject)


def _states(team: str, kept: Subquery) -> Any:
    return select(k.subject, k.seq, k.state).join_from(kept, keyframe, _same(team, kept))


def _same(team: str, kept: Subquery) -> ColumnElement[bool]:
    return and_(k.team == team, k.subject == kept.c.subject, k.seq == kept.c.seq)


def _facts(team: str, seq: int) -> Any:
    return select(history).where(h.team == team, h.seq <= seq)

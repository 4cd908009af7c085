"""Plays the days of a demo team, and its way to the next meeting morning."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from factboard.demo import agenda, meeting
from factboard.demo.clock import NOW, DemoClock, Hands
from factboard.demo.day import Day, working_day
from factboard.demo.falling import Falling
from factboard.demo.staff import TEAMS, VISITORS
from factboard.domain import calendar
from factboard.domain.notices import Notice
from factboard.domain.people import SYSTEM
from factboard.domain.state import Team
from factboard.recorder import Desk, Recorder
from factboard.storage import projections
from factboard.storage.codec import instant_from_text
from factboard.storage.tables import history, meta, notice

AFTER_IT_BEGAN = timedelta(minutes=10)  # where the clock is left, counted from the meeting's beginning

Scene = Callable[[Day], Awaitable[None]]


async def play(
    desk: Desk,
    hands: Hands,
    seed: int,
    clients: list[str],
    start: datetime,
    end: datetime,
    scene: Scene | None = None,
    touched: frozenset[str] = frozenset(),
) -> None:
    """All that the team does between two instants (UTC); `scene` may put something more on a day's agenda. Whom a
    visitor has `touched` is left as they are where only an opinion would change that.
    """
    settings = (await desk.state()).settings
    falling = Falling(desk, hands)
    await falling.watch(clients)
    day, last = calendar.local_day(start, settings), calendar.local_day(end, settings)
    while day <= last:
        one = Day(desk, hands, seed, await desk.state(), day, clients, end, falling, touched=touched)
        if scene:
            await scene(one)
        await agenda.fill(one, start, await _unread(desk))
        await meeting.fill(one, start)
        await one.play(start)
        day += timedelta(days=1)
    hands.now = end


async def next_morning(recorder: Recorder, clock: DemoClock, team: str, seed: int = 1) -> None:
    """Play every demo team's days until `team` meets next, and leave the clock ten minutes into that meeting.

    The meeting is open then, the lead has the chair, a third of its clients are done. Whoever looks may take over and
    close it; else the staff do, when the day is played on. The people at the screens count as staff too: what they
    have done stands, a meeting that they have opened goes on, and the day goes on from there.
    """
    async with recorder.store.reading() as connection:
        asked = await projections.team(connection, team)
        known = {one.id for one in await projections.teams(connection)}
        left_at = await connection.scalar(select(meta.c.value).where(meta.c.key == NOW))
    if asked is None:
        return
    start = clock()
    end = _next_meeting(asked, start) + AFTER_IT_BEGAN
    for id in sorted((demo.id for demo in TEAMS if demo.id in known), key=lambda id: id != team):
        hands = Hands(start)
        own = Recorder(recorder.store, hands, recorder.changed, recorder.ids)
        async with own.together(id, SYSTEM) as desk:
            newest = await _newest(desk)
            caseload = await projections.caseload(desk.connection, id, ended=True)
            desk.know({client.id: client for client in caseload})
            ids = sorted(client.id for client in caseload)
            touched = await _touched(desk, left_at or "")
            await play(desk, hands, seed, ids, max(start, newest), end, touched=touched)
            await clock.jump(end, desk.connection)  # with the first team's days, so that no click falls in between
    await clock.jump(end)


def _next_meeting(team: Team, now: datetime) -> datetime:
    """The next one by the team's days; a team without meeting days gets its next working morning."""
    planned = calendar.next_meeting(now, team.settings)
    if planned:
        return planned
    day = working_day(calendar.local_day(now, team.settings), 1, team.settings)
    return calendar.instant(day, time(8, 30), team.settings)


async def _newest(desk: Desk) -> datetime:
    """The instant of the team's newest fact: nothing is played before it."""
    c = history.c
    found = await desk.connection.scalar(select(func.max(c.at)).where(c.team == desk.team))
    return instant_from_text(found)


async def _touched(desk: Desk, left_at: str) -> frozenset[str]:
    """About whom a visitor has written since the clock was left at this stored instant."""
    c = history.c
    query = select(c.client).where(c.team == desk.team, c.at > left_at, c.actor.in_(VISITORS), c.client.is_not(None))
    return frozenset(await desk.connection.scalars(query))


async def _unread(desk: Desk) -> list[Notice]:
    c = notice.c
    query = select(c.user, c.seq, c.client).where(c.team == desk.team, ~c.read).order_by(c.seq, c.user)
    return [Notice(*row) for row in await desk.connection.execute(query)]

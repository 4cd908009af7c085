"""The morning meeting of the demo: opened, gone through client by client, closed; now and then not held at all.

A meeting that is open when playing stops is gone on with when it starts again, whoever has the chair by then. Of the
older ones only what came of them is written down, not the way of the screens from client to client.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from factboard.demo.day import Day
from factboard.demo.meeting.closing import close, led
from factboard.demo.meeting.talking import talk
from factboard.domain import calendar, roster
from factboard.domain import events as e
from factboard.domain import meeting as rules
from factboard.domain.case import Case
from factboard.domain.meeting.agenda import is_up

IN_DETAIL = timedelta(days=10)  # before now
NOT_OPENED, ALONE, OUT_OF_TIME = 0.02, 0.01, 0.08  # of all meetings
TO_GO_ON = timedelta(seconds=20)
EACH = timedelta(seconds=20)  # for a client, when a meeting that was left open is gone on with


async def fill(day: Day, start: datetime) -> None:
    """Put the day's meeting on its agenda, and what is left of one that is open."""
    if day.team.meeting:
        day.put(start + TO_GO_ON, partial(_go_on, day, day.team.meeting))
    if not calendar.is_meeting_day(day.day, day.team.settings):
        return
    planned = day.instant(day.team.settings.meeting_time)
    lasts = timedelta(minutes=day.team.settings.meeting_minutes)
    if planned < day.until < planned + 2 * lasts:  # it will be under way: a third of it over
        day.put(max(day.until - lasts / 3, planned), partial(_open, day, shown=True))
    else:
        day.put(planned + timedelta(seconds=day.chance.randint(10, 120)), partial(_open, day))


async def _open(day: Day, *, shown: bool = False) -> None:
    here = [user for user in day.here() if roster.works(day.team, user, day.day)]
    if day.team.meeting or not here or (not day.must_meet and not shown and day.share(NOT_OPENED)):
        return
    chair = here[day.day.toordinal() % len(here)]
    if shown:
        chair = next((user for user in here if day.team.members[user].role is e.Role.LEAD), chair)
    others = [user for user in here if user != chair and day.share(0.95)]
    if not day.must_meet and not shown and day.share(ALONE):
        others = []
    recorder = day.chance.choice(others) if others else None
    await day.do(chair, rules.open_meeting, with_all=True, chair=chair, recorder=recorder, present=(chair, *others))
    meeting = await day.desk.meeting(day.team.meeting or "")
    if meeting is None:
        return
    day.falls.met.append(meeting)
    agenda = [item.client for item in meeting.agenda]
    if day.share(OUT_OF_TIME) and not day.must_meet and not shown:
        agenda = agenda[: max(1, round(len(agenda) * day.chance.uniform(0.7, 0.9)))]
    each = timedelta(seconds=(meeting.ends - day.hands.now) // timedelta(seconds=len(agenda) + 1))
    if day.until - day.hands.now > IN_DETAIL:
        day.put(meeting.ends, partial(_in_short, day, meeting.id, agenda))
    else:
        _one_by_one(day, meeting.id, agenda, each)


async def _go_on(day: Day, id: str) -> None:
    meeting = await day.desk.meeting(id)
    left = [item.client for item in meeting.agenda if not meeting.discussed(item.client)] if meeting else []
    _one_by_one(day, id, left, EACH)


def _one_by_one(day: Day, id: str, clients: Sequence[str], each: timedelta) -> None:
    for place, client in enumerate(clients, 1):
        day.put(day.hands.now + place * each, partial(_turn, day, id, client))
    day.put(day.hands.now + (len(clients) + 1) * each, partial(close, day, id))


async def _turn(day: Day, id: str, client: str) -> None:
    """What the team says of one client, and does about it."""
    meeting, known = await led(day, id), await day.state(client)
    if meeting is None or known is None or not is_up(known) or meeting.discussed(client):
        return
    if meeting.focus != client:
        await day.do(meeting.chair, rules.move_focus, of_meeting=id, with_all=True, to=client)
    rule = rules.discuss if await talk(day, meeting, known) else rules.no_change
    await day.do(meeting.chair, rule, of_meeting=id, with_all=True, of=client)


async def _in_short(day: Day, id: str, clients: Sequence[str]) -> None:
    """The whole meeting at once, at its end."""
    meeting = await led(day, id)
    if meeting is None:
        return
    changed = {client for client in clients if (known := await day.state(client)) and await talk(day, meeting, known)}
    up = {client: client in changed for client in clients}
    await day.do(meeting.chair, _gone_through, of_meeting=id, with_all=True, up=up)
    await close(day, id)


def _gone_through(case: Case, *, up: dict[str, bool]) -> list[e.Entry]:
    """What the rules say of each client `up` in turn, whether something changes or not."""
    found = []
    for client, changes in up.items():
        rule = rules.discuss if changes else rules.no_change
        turn = replace(case, meeting=replace(case.open_meeting(), focus=client))
        found += [entry for entry in rule(turn, of=client) if isinstance(entry.fact, e.ClientDiscussed)]
    return found

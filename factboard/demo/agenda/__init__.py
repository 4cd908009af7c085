"""What a day of the demo team has in store, drawn in the morning from the board as it stands."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from factboard.demo import acts, caseload, roster
from factboard.demo.agenda import flags, off_board, on_board, way_back
from factboard.demo.agenda.flags import some_category
from factboard.demo.day import Day
from factboard.domain.notices import Notice
from factboard.domain.state import Client

ANSWERED = 0.6  # of the questions to a case manager, on the first day that they are here

__all__ = ["fill", "some_category"]


async def fill(day: Day, start: datetime, unread: list[Notice]) -> None:
    """Put on the day's agenda all that comes after `start`, or after six in the morning."""
    start = max(start, day.instant(time(6)))
    known = [one for id in day.clients if id not in day.left_alone and (one := await day.state(id))]
    there = [client for client in known if client.stay]
    away = [client for client in known if client.stay is None]
    others = [one for id in day.left_alone if (one := await day.state(id)) and one.stay]
    flags.fill(day, len(there) + len(others), away)
    if not day.working:
        return
    roster.fill(day)
    for client in there:
        if client.stay:
            on_board.fill(day, client, client.stay, start)
            way_back.fill(day, client, client.stay, start)
    for client in away:
        off_board.fill(day, client)
    for client in known:
        off_board.hospital_and_law(day, client)
    caseload.fill(day, away)
    if day.team.paused:
        day.put(max(day.between(9.0, 11.0), start + timedelta(minutes=20)), partial(acts.release, day))
    _answers(day, known, start)
    chance = Random(f"{day.seed} {day.team.id} {day.day} notices")  # its own: whom a team tells moves nothing else
    for notice in unread:
        if notice.user in day.here() and chance.random() < 0.7:
            read = day.instant(time(8)) + timedelta(minutes=chance.uniform(0, 150))
            day.put(read, partial(acts.read, day, notice))


def _answers(day: Day, clients: list[Client], start: datetime) -> None:
    """What waits for somebody who is here is mostly answered in the course of the day."""
    chance = Random(f"{day.seed} {day.team.id} {day.day} answers")  # its own, like that of the notices
    for client in clients:
        manager = client.details.case_manager
        for one in client.anchorings:
            if one.waits and manager in day.here() and chance.random() < ANSWERED:
                at = max(start, day.instant(time(8))) + timedelta(minutes=chance.uniform(5, 400))
                day.put(at, partial(acts.answer, day, client.id, one, manager))

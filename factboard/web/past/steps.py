"""From one moment of the past to its neighbours: the fact, the meeting and the day before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import calendar
from factboard.domain.events import MeetingClosed, MeetingOpened
from factboard.domain.state import Team
from factboard.storage.past import neighbour
from factboard.web.past.asking import Moment

MEETINGS = (MeetingOpened.kind, MeetingClosed.kind)


@dataclass(frozen=True, slots=True)
class Step:
    """Another moment: `to` is what an address asks for it by, `at` (UTC) when it is, `client` whom its fact is about,
    `kind` what kind of fact it is.
    """

    to: str
    at: datetime
    client: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """None: there is no such neighbour."""

    fact: tuple[Step | None, Step | None]
    meeting: tuple[Step | None, Step | None]
    day: tuple[Step | None, Step | None]


async def steps(connection: AsyncConnection, team: Team, asked: Moment, seq: int, at: datetime, now: datetime) -> Steps:
    """The neighbours of this moment, at which `seq` was the newest fact.

    Between two facts, the one before is the newest: what the board came to be like this by.
    """
    last = seq if asked.seq is None else seq - 1

    async def to(newer: bool, *kinds: str) -> Step | None:
        row = await neighbour(connection, team.id, seq if newer else last, newer, kinds)
        return Step(str(row.seq), row.at, row.client or "", row.kind) if row else None

    return Steps(
        fact=(await to(False), await to(True)),
        meeting=(await to(False, *MEETINGS), await to(True, *MEETINGS)),
        day=(_day(at, -1, team, now), _day(at, 1, team, now)),
    )


def _day(at: datetime, by: int, team: Team, now: datetime) -> Step | None:
    """The same time on the day before or after."""
    local = at.astimezone(ZoneInfo(team.settings.time_zone))
    day = local.date() + by * calendar.DAY
    to = calendar.instant(day, local.time(), team.settings)
    there = (team.began or calendar.FIRST) <= to <= now
    return Step(f"{day.isoformat()}T{local.time().isoformat('seconds')}", to) if there else None

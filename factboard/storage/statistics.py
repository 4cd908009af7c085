"""What the statistics of a period are made of, read from the read tables: what the period needs, and no history."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.events import ContactKind
from factboard.domain.state import Team
from factboard.domain.statistics import Kind, Material, Period, Words
from factboard.domain.statistics.episodes import Admission, Contact, InCare, InTeam, Meeting, Stay
from factboard.storage.codec import EPISODES, instant_to_text
from factboard.storage.tables import contact, episode

DAY = timedelta(days=1)
AGAIN = 92 * DAY  # past the period: who came again within 90 days of its last
ANSWERED = 31 * DAY  # past the period: a contact is waited for 30 days
KINDS = {kind.value: kind for kind in ContactKind}
STAFF = 2 * 366 * DAY  # before the period's end: turnover looks at two years


async def material(connection: AsyncConnection, team: Team, period: Period, now: datetime, words: Words) -> Material:
    """For `domain.statistics.figures`. `now` is UTC; `words` are the team's ready reasons and warning signs."""
    bare = Material(team.settings, (), period, now)
    first, until = bare.begins, bare.until
    of = _Reading(connection, team.id)
    return Material(
        team.settings,
        tuple(one.code for one in sorted(team.categories.values(), key=lambda one: (one.order, one.code))),
        period,
        now,
        stays=await of.episodes(Stay, until + AGAIN, first),
        admissions=await of.episodes(Admission, until + DAY, first - DAY),
        in_care=await of.episodes(InCare, until, min(first, until - STAFF)),
        meetings=await of.episodes(Meeting, until + DAY, first - DAY),
        in_team=await of.episodes(InTeam, until, min(first, until - STAFF)),
        contacts=await of.contacts(first, until + ANSWERED),
        last_contacts=await of.last_contacts(until),
        words=words,
        known_since=team.began,
    )


class _Reading:
    """What a team's read tables hold; instants are UTC."""

    def __init__(self, connection: AsyncConnection, team: str) -> None:
        self.connection, self.team = connection, team

    async def episodes(self, shape: type[Any], until: datetime, since: datetime) -> tuple[Any, ...]:
        """Those that began before `until` and had not ended by `since`, in order."""
        c = episode.c
        query = select(c.state).where(self._of(shape.kind), c.began < instant_to_text(until))
        query = query.where(or_(c.ended.is_(None), c.ended >= instant_to_text(since))).order_by(c.began, c.id)
        return tuple(map(EPISODES[shape.kind].validate_json, await self.connection.scalars(query)))

    async def contacts(self, first: datetime, until: datetime) -> tuple[Contact, ...]:
        c = contact.c
        query = select(c.client, c.happened, c.kind, c.staff).where(c.team == self.team)
        query = query.where(c.happened >= instant_to_text(first), c.happened < instant_to_text(until))
        staff = cache(lambda text: tuple(json.loads(text)))  # the same few people again and again
        rows = (await self.connection.execute(query.order_by(c.happened, c.seq))).all()
        return tuple(
            Contact(client, datetime.fromisoformat(happened), KINDS[kind], staff(there))
            for client, happened, kind, there in rows
        )

    async def last_contacts(self, until: datetime) -> dict[str, datetime]:
        """When each client in care at `until` was last met or spoken with before it: one look in an index for each."""
        c, k, at = episode.c, contact.c, instant_to_text(until)
        mine = (k.team == self.team, k.client == c.client, k.kind != ContactKind.TRIED.value, k.happened < at)
        last = select(k.happened).where(*mine).order_by(k.happened.desc()).limit(1).scalar_subquery()
        there = (self._of(Kind.IN_CARE), c.began < at, or_(c.ended.is_(None), c.ended >= at))
        rows = await self.connection.execute(select(c.client, last).where(*there))
        return {client: datetime.fromisoformat(happened) for client, happened in rows if happened}

    def _of(self, kind: Kind) -> ColumnElement[bool]:
        return (episode.c.team == self.team) & (episode.c.kind == kind.value)

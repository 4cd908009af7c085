"""Is a message still worth sending? Looked at before each try, as much may have happened since it was written: read in
the meantime, taken, undone, the person gone from the team, the phone signed out of, the hour a quiet one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import telling
from factboard.domain.events import News
from factboard.domain.state import Client, Team
from factboard.pushing import outcomes
from factboard.pushing.words import TEST
from factboard.storage import phones, projections, pushes
from factboard.storage.phones import Reader
from factboard.storage.pushes import Push


@dataclass(frozen=True, slots=True)
class Known:
    """What is so now of what some messages tell of. `unread`: the notices, as (user, team, seq)."""

    readers: dict[str, Reader]
    unread: set[tuple[str, str, int]]
    teams: dict[str, Team]
    clients: dict[tuple[str, str], Client]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Sent where it has neither: `why` it never is, `rests` (UTC) until when it waits."""

    why: str = ""
    rests: datetime | None = None


async def known(connection: AsyncConnection, some: Sequence[Push], now: datetime) -> Known:
    readers = await phones.readers(connection, {one.subscription for one in some}, now)
    unread = await pushes.unread(connection, some)
    found = {id: await projections.team(connection, id) for id in {one.team for one in some}}
    teams = {id: team for id, team in found.items() if team}
    clients: dict[tuple[str, str], Client] = {}
    for id in teams:
        about = {one.client for one in some if one.team == id and one.client}
        clients |= {(id, one.id): one for one in await projections.clients(connection, id, about)}
    return Known(readers, unread, teams, clients)


def weigh(one: Push, known: Known, now: datetime) -> Verdict:
    reader, team = known.readers.get(one.subscription), known.teams.get(one.team)
    if reader is None or team is None or one.team not in reader.teams:
        return Verdict("not_theirs")
    if one.until <= now:
        return Verdict(outcomes.GIVEN_UP)
    if one.kind == TEST:
        return Verdict()
    user, what = reader.subscription.user, News(one.kind)
    if (user, one.team, one.seq) not in known.unread:
        return Verdict("read")
    if not telling.still_so(what, known.clients.get((one.team, one.client or ""))):
        return Verdict("over")
    rests = telling.rests_until(what, reader.quiet, user, now, team)
    return Verdict("quiet") if rests and rests >= one.until else Verdict(rests=rests)

"""What a routine check of the access log draws from: the looks of some days, and what was so when they were made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.access import Look, gathered
from factboard.domain.access.checking import opened
from factboard.domain.access.known import Known, course
from factboard.domain.events import Checked
from factboard.domain.state import Team
from factboard.storage import access, history
from factboard.storage.codec import instant_to_text
from factboard.storage.past import last_before, past
from factboard.storage.tables import access_log


async def looks(connection: AsyncConnection, team: str, since: datetime, until: datetime) -> list[Look]:
    """Every look between two instants (UTC), the oldest first."""
    rows = [row async for row in access.through(connection, team, access.Filter(since, until))]
    return list(gathered(rows))


async def whom(connection: AsyncConnection, team: str, drawn: Sequence[Checked]) -> dict[int, tuple[str, ...]]:
    """The clients of each look that a check has drawn, by its number; none of a look that the log no longer has."""
    found: dict[int, tuple[str, ...]] = {}
    c = access_log.c
    for one in drawn:
        rows = select(c.client).where(c.team == team, c.at == instant_to_text(one.at), c.id >= one.look)
        rows = rows.where(c.actor == one.actor, c.action == one.action, c.view == one.view, c.client.is_not(None))
        found[one.look] = tuple(dict.fromkeys(await connection.scalars(rows.order_by(c.id))))
    return found


async def known(connection: AsyncConnection, now: Team, looks: Sequence[Look], until: datetime) -> Known:
    """The team as it was at `until` (UTC), and the course of everybody who was opened by one of these looks."""
    then = await past(connection, now.id, await last_before(connection, now.id, until))
    ids = sorted({client for look in looks if opened(look) for client in look.clients})
    courses = {id: course(now.id, await history.story(connection, now.id, id)) for id in ids}
    return Known(then.team or now, courses)

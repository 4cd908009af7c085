"""The keys of wall screens: which device holds one, its code while it waits to be paired, and the screen it became.

What a screen is called and may show stands in the team's history; a revoked one's key is deleted with the same fact.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.tables import device


@dataclass(frozen=True, slots=True)
class Device:
    """`id` is the keyed digest of its token. `code` is None once it is paired; `team` and `screen` are None until then.

    `made` is UTC: a code is good for a while only.
    """

    id: str
    code: str | None
    made: datetime
    team: str | None
    screen: str | None


async def add(connection: AsyncConnection, id: str, code: str, now: datetime) -> None:
    """A device that waits to be paired."""
    await connection.execute(insert(device).values(id=id, code=code, made=instant_to_text(now)))


async def by_id(connection: AsyncConnection, id: str) -> Device | None:
    return await _one(connection, device.c.id == id)


async def by_code(connection: AsyncConnection, code: str) -> Device | None:
    return await _one(connection, device.c.code == code)


async def pair(connection: AsyncConnection, id: str, team: str, screen: str) -> bool:
    """It is this team's screen from now on; its code is gone. False where another team was quicker."""
    still = update(device).where(device.c.id == id, device.c.code.is_not(None))
    return (await connection.execute(still.values(code=None, team=team, screen=screen))).rowcount == 1


async def revoke(connection: AsyncConnection, team: str, screen: str) -> None:
    await connection.execute(delete(device).where(device.c.team == team, device.c.screen == screen))


async def forget_waiting(connection: AsyncConnection, before: datetime) -> None:
    """Whoever has not been paired in time starts again."""
    made = device.c.made < instant_to_text(before)
    await connection.execute(delete(device).where(device.c.code.is_not(None), made))


async def count_waiting(connection: AsyncConnection) -> int:
    return await connection.scalar(select(func.count()).where(device.c.code.is_not(None))) or 0


async def paired(connection: AsyncConnection, ids: Collection[str]) -> list[tuple[str, str]]:
    """Those of these devices that are some team's screen, each with its team."""
    c = device.c
    found = await connection.execute(select(c.id, c.team).where(c.id.in_(ids), c.screen.is_not(None)))
    return [(row.id, row.team) for row in found]


async def _one(connection: AsyncConnection, which: object) -> Device | None:
    row = (await connection.execute(select(device).where(which))).first()  # type: ignore[arg-type]
    return Device(row.id, row.code, instant_from_text(row.made), row.team, row.screen) if row else None

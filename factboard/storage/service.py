"""What the service remembers of itself: when it last was at work, by which clocks; and when it was not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.events import ServiceWasDown
from factboard.storage import history
from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.tables import meta

AT_WORK = "at_work"  # in `meta`


@dataclass(frozen=True, slots=True)
class AtWork:
    """The service was at work at `at` (UTC), when `boot` seconds had passed since the start `since` of the machine."""

    at: datetime
    boot: float
    since: str


async def at_work(connection: AsyncConnection) -> AtWork | None:
    """The last sign of work that was left, by whichever process."""
    kept = await connection.scalar(select(meta.c.value).where(meta.c.key == AT_WORK))
    known = json.loads(kept) if kept else None
    return AtWork(instant_from_text(known["at"]), known["boot"], known["since"]) if known else None


async def leave_sign(connection: AsyncConnection, now: AtWork) -> None:
    value = json.dumps({"at": instant_to_text(now.at), "boot": now.boot, "since": now.since})
    # Two processes may leave their first sign at once; both engines know this sentence.
    put = "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    await connection.execute(text(put), {"key": AT_WORK, "value": value})


async def down_since(connection: AsyncConnection, since: datetime) -> list[tuple[datetime, datetime]]:
    """The intervals (UTC) noted since then in which nobody was served."""
    rows = await history.of_kind(connection, history.SYSTEM, ServiceWasDown.kind, since=since)
    return [(row.fact.since, row.fact.until) for row in rows if isinstance(row.fact, ServiceWasDown)]

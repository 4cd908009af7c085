"""What is to be pushed to people's phones, and the key that the service signs with. Beside the history: not rebuilt.

A row is one message to one phone. Whoever sends it first moves on when it is due, in the statement that finds it, so
that of several processes one sends it; a process that dies while sending leaves it to be sent again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, insert, literal, not_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.tables import meta, notice, push, push_subscription

KEY = "push_key"  # in `meta`


@dataclass(frozen=True, slots=True)
class Push:
    """A message that waits to be pushed to one phone. `until` (UTC) is when it is of no use any more.

    `seq` is the number of the fact that it tells of, 0 for a test.
    """

    id: int
    subscription: str
    team: str
    seq: int
    client: str | None
    kind: str
    until: datetime
    tries: int


async def put(
    connection: AsyncConnection,
    users: Collection[str],
    kind: str,
    now: datetime,
    of_use: timedelta,
    *,
    team: str,
    seq: int = 0,
    client: str | None = None,
    phone: str | None = None,
) -> int:
    """A message for each phone of these people, or for one of them; how many that is."""
    at = instant_to_text(now)
    values = {"team": team, "seq": seq, "client": client, "kind": kind, "made": at, "due": at, "tries": 0}
    values["until"] = instant_to_text(now + of_use)
    found = select(push_subscription.c.id, *(literal(value, push.c[name].type) for name, value in values.items()))
    found = found.where(push_subscription.c.user.in_(users))
    if phone:
        found = found.where(push_subscription.c.id == phone)
    return (await connection.execute(insert(push).from_select(["subscription", *values], found))).rowcount


async def withdraw(connection: AsyncConnection, team: str, seq: int) -> None:
    """The fact was undone: nobody is told of it any more."""
    await connection.execute(delete(push).where(push.c.team == team, push.c.seq == seq))


async def any_due(connection: AsyncConnection, now: datetime) -> bool:
    return await connection.scalar(select(push.c.id).where(push.c.due <= instant_to_text(now)).limit(1)) is not None


async def claim(connection: AsyncConnection, now: datetime, lease: timedelta, most: int) -> list[Push]:
    """Messages that are due, for this process to send; until `lease` is over nobody else does."""
    at, c = instant_to_text(now), push.c
    oldest = select(c.id).where(c.due <= at).order_by(c.due, c.id).limit(most)
    # The second condition is asked again of a row that another process has changed meanwhile.
    mine = update(push).where(c.id.in_(oldest), c.due <= at)
    mine = mine.values(due=instant_to_text(now + lease), tries=c.tries + 1)
    columns = (c.id, c.subscription, c.team, c.seq, c.client, c.kind, c.until, c.tries)
    rows = await connection.execute(mine.returning(*columns))
    found = [Push(**{**row, "until": instant_from_text(row["until"])}) for row in rows.mappings()]
    return sorted(found, key=lambda one: one.id)


async def unread(connection: AsyncConnection, some: Sequence[Push]) -> set[tuple[str, str, int]]:
    """Of the facts that these messages tell of: which notices are there and unread, as (user, team, seq)."""
    c = notice.c
    found = await connection.execute(
        select(c.user, c.team, c.seq).where(c.seq.in_({one.seq for one in some}), not_(c.read))
    )
    return {(row.user, row.team, row.seq) for row in found}


async def settle(
    connection: AsyncConnection, done: Collection[int], later: Mapping[int, datetime], resting: Mapping[int, datetime]
) -> None:
    """What became of some: `done` are gone, the others due then (UTC). What rests was not a try."""
    c = push.c
    if done:
        await connection.execute(delete(push).where(c.id.in_(done)))
    for id, at in later.items():
        await connection.execute(update(push).where(c.id == id).values(due=instant_to_text(at)))
    for id, at in resting.items():
        await connection.execute(update(push).where(c.id == id).values(due=instant_to_text(at), tries=c.tries - 1))


async def waiting(connection: AsyncConnection, now: datetime) -> tuple[int, float]:
    """How many messages wait, and for how many seconds the oldest of those that do not rest on purpose has."""
    c = push.c
    tried = not_(and_(c.tries == 0, c.due > instant_to_text(now)))
    row = (await connection.execute(select(func.count(), func.min(c.made).filter(tried)).select_from(push))).one()
    oldest = instant_from_text(row[1]) if row[1] else now
    return row[0], max((now - oldest).total_seconds(), 0.0)


# --- the key ----------------------------------------------------------------------------------------------------


async def key(connection: AsyncConnection) -> dict[str, str] | None:
    """The key pair that the service signs with, base64url: `private` and `public`; None before it was made."""
    kept = await connection.scalar(select(meta.c.value).where(meta.c.key == KEY))
    return dict(json.loads(kept)) if kept else None


async def keep_key(connection: AsyncConnection, pair: Mapping[str, str]) -> None:
    """Keep this one, unless another process was quicker."""
    keep = "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING"
    await connection.execute(text(keep), {"key": KEY, "value": json.dumps(dict(pair))})

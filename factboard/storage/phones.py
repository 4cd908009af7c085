"""Where people's phones are reached.

A phone is reached for as long as its person has not signed out there: a session that nobody clicked in for an hour, or
that is over for the day, still says whose phone it is. It ends with signing out (there or everywhere), with a closed
account, with leaving the team, and after `HEARD_OF` without a click.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import RowMapping, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.roster import CLINICAL
from factboard.domain.telling import Quiet
from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.tables import membership, push, push_subscription, session, user

HEARD_OF = timedelta(days=14)  # the longest time off after which a phone is still its person's
MOST = 10  # phones of one person; one more, and the oldest is forgotten


@dataclass(frozen=True, slots=True)
class Subscription:
    """A person's phone, or another browser of theirs. Times are UTC; `reached` is when it was last sent a message."""

    id: str
    user: str
    endpoint: str
    p256dh: str
    auth: str
    device: str
    language: str
    made: datetime
    reached: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose phone it is, as things stand now: still signed in there, still in these teams."""

    subscription: Subscription
    language: str
    teams: frozenset[str]
    quiet: Quiet | None


async def subscribe(connection: AsyncConnection, new: Subscription, session_id: str) -> None:
    """This phone is this person's from now on, whoever's it was."""
    c = push_subscription.c
    await connection.execute(delete(push_subscription).where(or_(c.id == new.id, c.endpoint == new.endpoint)))
    values = {name: getattr(new, name) for name in ("id", "user", "endpoint", "p256dh", "auth", "device", "language")}
    values |= {"session": session_id, "made": instant_to_text(new.made)}
    await connection.execute(insert(push_subscription).values(values))
    await forget(connection, [known.id for known in (await of_user(connection, new.user))[MOST:]])


async def rebind(connection: AsyncConnection, id: str, who: str, session_id: str) -> None:
    """Somebody has signed in on this phone: it goes on being theirs, or is nobody's."""
    c = push_subscription.c
    own = update(push_subscription).where(c.id == id, c.user == who)
    if not (await connection.execute(own.values(session=session_id))).rowcount:
        await forget(connection, [id])


async def of_user(connection: AsyncConnection, who: str) -> list[Subscription]:
    """A person's phones, the newest first."""
    c = push_subscription.c
    found = await connection.execute(select(push_subscription).where(c.user == who).order_by(c.made.desc(), c.id))
    return [_subscription(row) for row in found.mappings()]


async def forget(connection: AsyncConnection, ids: Collection[str]) -> None:
    """These phones are told nothing any more."""
    await connection.execute(delete(push).where(push.c.subscription.in_(ids)))
    await connection.execute(delete(push_subscription).where(push_subscription.c.id.in_(ids)))


async def readers(connection: AsyncConnection, ids: Collection[str], now: datetime) -> dict[str, Reader]:
    """Those of these phones whose person may be told there now, by the phone's id."""
    c = push_subscription.c
    query = (
        select(push_subscription, user.c.language.label("own"), user.c.quiet_from, user.c.quiet_to, membership.c.team)
        .join(session, and_(session.c.id == c.session, session.c.user == c.user))
        .join(user, user.c.id == c.user)
        .join(membership, membership.c.user == c.user)
        .where(c.id.in_(ids), ~session.c.ended, ~user.c.closed, ~user.c.admin, membership.c.role.in_(CLINICAL))
        .where(session.c.seen > instant_to_text(now - HEARD_OF))
    )
    found: dict[str, Reader] = {}
    for row in (await connection.execute(query)).mappings():
        teams = found[row["id"]].teams if row["id"] in found else frozenset()
        wish = quiet_hours(row["quiet_from"], row["quiet_to"])
        language = row["own"] or row["language"]
        found[row["id"]] = Reader(_subscription(row), language, teams | {row["team"]}, wish)
    return found


async def reached(connection: AsyncConnection, ids: Collection[str], now: datetime) -> None:
    c = push_subscription.c
    await connection.execute(update(push_subscription).where(c.id.in_(ids)).values(reached=instant_to_text(now)))


async def any_phone(connection: AsyncConnection) -> bool:
    return await connection.scalar(select(push_subscription.c.id).limit(1)) is not None


async def unused(connection: AsyncConnection, now: datetime) -> list[str]:
    """Phones on which nobody has been signed in for long: to be forgotten."""
    c = push_subscription.c
    heard = select(session.c.id).where(session.c.seen > instant_to_text(now - HEARD_OF))
    return [row.id for row in await connection.execute(select(c.id).where(c.session.not_in(heard)))]


def quiet_hours(begins: str | None, ends: str | None) -> Quiet | None:
    return Quiet(time.fromisoformat(begins), time.fromisoformat(ends)) if begins and ends else None


def _subscription(row: RowMapping) -> Subscription:
    names = ("id", "user", "endpoint", "p256dh", "auth", "device", "language")
    last = instant_from_text(row["reached"]) if row["reached"] else None
    return Subscription(**{name: row[name] for name in names}, made=instant_from_text(row["made"]), reached=last)

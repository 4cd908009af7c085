"""Who can sign in, and who is signed in: users and server-side sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.events import Role
from factboard.storage.codec import instant_to_text
from factboard.storage.tables import membership, session, user


@dataclass(frozen=True, slots=True)
class User:
    id: str
    username: str
    name: str
    password: str
    admin: bool
    closed: bool
    language: str | None
    quiet_from: str | None = None  # HH:MM in the team's zone: between the two nothing is pushed to them
    quiet_to: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds, and what its person is in the team it is for. `role` None: in no team.

    `teams` is in how many teams they work. Until `unmasked` (UTC text), an auditor sees clients by name.
    """

    session: str
    user: str
    username: str
    name: str
    language: str | None
    team: str | None
    role: Role | None
    seen: str
    teams: int
    unmasked: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session holds without a click, and in any case."""

    idle: timedelta
    absolute: timedelta


async def add(
    connection: AsyncConnection,
    id: str,
    username: str,
    name: str,
    password: str,
    admin: bool = False,
    language: str | None = None,
) -> None:
    """A new account; `password` is already hashed."""
    await connection.execute(
        insert(user).values(
            id=id, username=username, name=name, password=password, admin=admin, closed=False, language=language
        )
    )


async def by_username(connection: AsyncConnection, username: str) -> User | None:
    found = (await connection.execute(select(user).where(user.c.username == username.strip().lower()))).first()
    return User(*found) if found else None


async def by_id(connection: AsyncConnection, id: str) -> User | None:
    found = (await connection.execute(select(user).where(user.c.id == id))).first()
    return User(*found) if found else None


async def everyone(connection: AsyncConnection) -> list[User]:
    return [User(*row) for row in await connection.execute(select(user).order_by(user.c.username))]


async def names(connection: AsyncConnection, ids: Collection[str]) -> dict[str, str]:
    """What these users are called; ids that are no user's are left out."""
    found = await connection.execute(select(user.c.id, user.c.name).where(user.c.id.in_(ids)))
    return {row.id: row.name for row in found}


async def count(connection: AsyncConnection) -> int:
    return await connection.scalar(select(func.count()).select_from(user)) or 0


async def change(connection: AsyncConnection, id: str, **values: object) -> None:
    await connection.execute(update(user).where(user.c.id == id).values(**values))


# --- sessions ---------------------------------------------------------------------------------------------


async def sign_in(connection: AsyncConnection, id: str, who: str, team: str | None, now: datetime) -> None:
    at = instant_to_text(now)
    await connection.execute(insert(session).values(id=id, user=who, team=team, created=at, seen=at, ended=False))


async def touch(connection: AsyncConnection, id: str, now: datetime) -> None:
    """The person clicked: the idle limit starts again."""
    await connection.execute(update(session).where(session.c.id == id).values(seen=instant_to_text(now)))


async def move(connection: AsyncConnection, id: str, team: str) -> None:
    """The person works in another of their teams from now on."""
    await connection.execute(update(session).where(session.c.id == id).values(team=team, unmasked=None))


async def unmask(connection: AsyncConnection, id: str, until: datetime | None) -> None:
    """From now until then (UTC) this session sees clients by name; None: by their codes again."""
    values = {"unmasked": instant_to_text(until) if until else None}
    await connection.execute(update(session).where(session.c.id == id).values(**values))


async def sign_out(connection: AsyncConnection, id: str) -> None:
    await connection.execute(update(session).where(session.c.id == id).values(ended=True))


async def sign_out_everywhere(connection: AsyncConnection, who: str, *, but: str | None = None) -> None:
    """End all sessions of a person; the one called `but` goes on."""
    own = update(session).where(session.c.user == who)
    await connection.execute((own.where(session.c.id != but) if but else own).values(ended=True))


async def signed_in(
    connection: AsyncConnection, sessions: Collection[str], now: datetime, limits: Limits
) -> list[SignedIn]:
    """Which of these sessions hold now, each with the person's role in its team as it is now.

    An administrator's account is that and nothing else: it sees no client, whatever a team may say.
    """
    elsewhere = membership.alias()
    teams = select(func.count()).where(elsewhere.c.user == user.c.id).scalar_subquery()
    query = (
        select(
            session.c.id,
            user.c.id.label("user"),
            user.c.username,
            user.c.name,
            user.c.language,
            user.c.admin,
            session.c.team,
            membership.c.role,
            session.c.seen,
            session.c.unmasked,
            teams.label("teams"),
        )
        .join(user, user.c.id == session.c.user)
        .outerjoin(membership, and_(membership.c.team == session.c.team, membership.c.user == session.c.user))
        .where(
            session.c.id.in_(sessions),
            ~session.c.ended,
            ~user.c.closed,
            session.c.seen > instant_to_text(now - limits.idle),
            session.c.created > instant_to_text(now - limits.absolute),
        )
    )
    return [
        SignedIn(
            session=row.id,
            user=row.user,
            username=row.username,
            name=row.name,
            language=row.language,
            team=None if row.admin or row.role is None else row.team,
            role=Role.ADMIN if row.admin else Role(row.role) if row.role else None,
            seen=row.seen,
            teams=row.teams,
            unmasked=row.unmasked,
        )
        for row in await connection.execute(query)
    ]


async def working_in(connection: AsyncConnection, person: SignedIn, team: str) -> SignedIn:
    """The same person in another team, with what they are there now; in no team, where they do not work there."""
    if person.role is Role.ADMIN:
        return person
    c = membership.c
    role = await connection.scalar(select(c.role).where(c.team == team, c.user == person.user))
    return replace(person, team=team if role else None, role=Role(role) if role else None)

"""What people have typed in a document and not saved yet: kept on the server as they go, each person's own."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.storage import tables
from factboard.storage.codec import instant_from_text, instant_to_text

BUSY = timedelta(minutes=30)  # whoever typed longer ago is no longer said to be at it

Fields = list[tuple[str, str]]  # a form's fields in their order, as they were sent
_c = tables.draft.c


@dataclass(frozen=True, slots=True)
class Draft:
    """`based_on` is the version that it changes (0: none yet); times are UTC.

    `page` is the opened form that wrote it last, and `turn` which of that form's sendings it was: they may arrive in
    another order than they left.
    """

    user: str
    based_on: int
    began: datetime
    saved: datetime
    typed: Fields
    page: str = ""
    turn: int = 0


async def draft(
    connection: AsyncConnection, team: str, client: str, ref: str, user: str, *, to_change: bool = False
) -> Draft | None:
    """A person's draft of a document; `to_change` where it is written anew in the same transaction."""
    asked = select(tables.draft).where(*_this(team, client, ref, user))
    row = (await connection.execute(asked.with_for_update() if to_change else asked)).first()
    return _draft(row) if row else None


async def others(
    connection: AsyncConnection, team: str, client: str, ref: str, user: str, now: datetime
) -> list[Draft]:
    """Who else is changing this document now (UTC), the first one first."""
    where = (_c.team == team, _c.client == client, _c.ref == ref, _c.user != user)
    recent = _c.saved >= instant_to_text(now - BUSY)
    rows = await connection.execute(select(tables.draft).where(*where, recent).order_by(_c.began))
    return [_draft(row) for row in rows]


async def of_user(connection: AsyncConnection, team: str, client: str, user: str) -> dict[str, datetime]:
    """The documents of a client that this person has begun to change, and when they last did (UTC)."""
    where = (_c.team == team, _c.client == client, _c.user == user)
    rows = await connection.execute(select(_c.ref, _c.saved).where(*where))
    return {ref: instant_from_text(saved) for ref, saved in rows}


async def keep(connection: AsyncConnection, team: str, client: str, ref: str, draft: Draft) -> None:
    """Keep what was typed in place of what was kept before."""
    await forget(connection, team, client, ref, draft.user)
    values = {
        "team": team,
        "client": client,
        "ref": ref,
        "user": draft.user,
        "based_on": draft.based_on,
        "began": instant_to_text(draft.began),
        "saved": instant_to_text(draft.saved),
        "typed": json.dumps(draft.typed, ensure_ascii=False),
        "page": draft.page,
        "turn": draft.turn,
    }
    await connection.execute(insert(tables.draft).values(values))


async def forget(connection: AsyncConnection, team: str, client: str, ref: str, user: str) -> None:
    await connection.execute(delete(tables.draft).where(*_this(team, client, ref, user)))


def _this(team: str, client: str, ref: str, user: str) -> tuple[ColumnElement[bool], ...]:
    return _c.team == team, _c.client == client, _c.ref == ref, _c.user == user


def _draft(row: Row[tuple[object, ...]]) -> Draft:
    known = row._mapping
    typed = [(name, value) for name, value in json.loads(known["typed"])]
    began, saved = instant_from_text(known["began"]), instant_from_text(known["saved"])
    return Draft(known["user"], known["based_on"], began, saved, typed, known["page"], known["turn"])


async def give(connection: AsyncConnection, team: str, client: str, to: str) -> None:
    """What is typed about a record that goes on in another goes there, and changes none of its versions; but where the
    same person has begun the same document there: then it stays, as it is.
    """
    begun = tables.draft.alias()
    there = exists().where(begun.c.team == team, begun.c.client == to, begun.c.ref == _c.ref, begun.c.user == _c.user)
    these = (_c.team == team, _c.client == client, ~there)
    await connection.execute(update(tables.draft).where(*these).values(client=to, based_on=0))


async def forget_of(connection: AsyncConnection, team: str, clients: Collection[str]) -> None:
    """All drafts about these clients, whoever's: what is known of them has been taken away."""
    if clients:
        await connection.execute(delete(tables.draft).where(_c.team == team, _c.client.in_(clients)))

"""Whose database is it? The demo plays only in one that it made itself."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, inspect, select

from factboard.storage.engine import WORDS, Store
from factboard.storage.tables import meta

SECRET = "demo_secret"  # in `meta`: what the demo's sessions and screens are keyed with
BESIDE = ("alembic", WORDS)  # tables that come with ours: of the migrations, of the index of words
DEMO = "demo"  # in `meta`: the seed that this database was made from


class NotADemo(Exception):
    """The database holds something that the demo did not make; nothing in it was touched."""


async def made_by_demo(store: Store) -> bool:
    """Is a whole demo in there? False where there is nothing at all. Raises `NotADemo` for anything else."""

    def look(connection: Connection) -> bool:
        found = set(inspect(connection).get_table_names())
        if meta.name in found and connection.scalar(select(meta.c.value).where(meta.c.key == DEMO)):
            return True
        ours = meta.metadata.tables
        if any(name not in ours and not name.startswith(BESIDE) for name in found):
            raise NotADemo
        if any(connection.execute(select(ours[name]).limit(1)).first() for name in found if name in ours):
            raise NotADemo
        return False

    async with store.reading() as connection:
        return await connection.run_sync(look)


async def secret_of(store: Store) -> str:
    """The secret of this demo, made when first asked for: a restart keeps people signed in and screens paired."""
    async with store.writing() as connection:
        known = await connection.scalar(select(meta.c.value).where(meta.c.key == SECRET))
        if known is None:
            known = secrets.token_urlsafe(32)
            await connection.execute(insert(meta).values(key=SECRET, value=known))
    return str(known)


async def seed_of(store: Store) -> int:
    """What this demo was made from."""
    async with store.reading() as connection:
        return int(await connection.scalar(select(meta.c.value).where(meta.c.key == DEMO)) or 1)

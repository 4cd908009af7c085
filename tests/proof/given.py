"""A service's own checkpoints, a second place for them, and a hand in its database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factboard.checkpoints import Checkpoints
from factboard.settings import Settings
from factboard.storage.engine import Store, database_file
from factboard.storage.verifying import Verdict, verdict
from tests.conftest import TEAM, Clock

SECRET = "s" * 40


def checkpoints(store: Store, clock: Clock, folder: Path | str = "", secret: str = SECRET) -> Checkpoints:
    return Checkpoints(store, clock, Settings(_env_file=None, secret_key=secret, checkpoints=str(folder)))  # type: ignore[arg-type, call-arg]


@contextmanager
def hand_in(store: Store) -> Iterator[sqlite3.Connection]:
    """The database file open to somebody who may do anything in it: no trigger of the history's is left."""
    file = database_file(store.url.render_as_string(hide_password=False))
    assert file
    connection = sqlite3.connect(file, isolation_level=None)
    rules = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in rules:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()


async def found(store: Store, *known: object, team: str = TEAM) -> Verdict:
    async with store.reading() as connection:
        return await verdict(connection, team, known)  # type: ignore[arg-type]

"""How the tables came to be: Alembic's versions, run by `factboard migrate`."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from factboard.storage import history, rebuilding
from factboard.storage.engine import WORDS, Store
from factboard.storage.tables import metadata


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


async def migrate(store: Store) -> None:
    """Bring the tables, and the states in them, to this release's. Already there, it does nothing."""

    def upgrade(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    def current(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with store.engine.begin() as connection:
        before = await connection.run_sync(current)
        await connection.run_sync(upgrade)
        if before and before != await connection.run_sync(current):  # new columns, new fields in the states
            for team in set(await history.teams(connection)) - {history.SYSTEM}:  # which has no read tables
                await rebuilding.rewrite(connection, team, await rebuilding.rebuilt(connection, team))


async def at_head(store: Store) -> bool:
    """Has the database this release's tables?"""

    def current(connection: Connection) -> bool:
        wanted = ScriptDirectory.from_config(_config()).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() == wanted

    async with store.reading() as connection:
        return await connection.run_sync(current)


async def differences(store: Store) -> list[object]:
    """Where the migrated tables differ from `tables`: for the test that keeps both the same."""

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"include_name": ours}), metadata))

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        """Not the words' index, which is the engine's own and stands in no table of ours."""
        return not (name or "").startswith(WORDS)

    async with store.reading() as connection:
        return await connection.run_sync(compare)

"""How the tables came to be: Alembic's versions, run by `factboard migrate`."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from factboard.storage.engine import Store
from factboard.storage.tables import metadata


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


async def migrate(store: Store) -> None:
    """Bring the database to this release's tables. Already there, it does nothing."""

    def upgrade(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    async with store.engine.begin() as connection:
        await connection.run_sync(upgrade)


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
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with store.reading() as connection:
        return await connection.run_sync(compare)

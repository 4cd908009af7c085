"""Alembic's entry: the connection comes from `migrate`, the tables from `tables`."""

from alembic import context

from factboard.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

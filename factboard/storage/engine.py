"""The two engines, and all that differs between them, but for what each refuses (`triggers`).

SQLite (default): WAL, synchronous=FULL, one write connection whose transactions begin with BEGIN IMMEDIATE, so
that writers queue in Python and none reads what it will not be allowed to write; readers apart; one serving
process a file. PostgreSQL: the same code; whoever appends locks the team's row in `stream`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "synchronous=FULL",
    "secure_delete=ON",  # what is redacted is overwritten in the file, too
)
WORDS = "said_words"  # the index of the words that people wrote
LEADS = "·"  # between a word and the team that leads it; no sign of either
WORDS_OF_POSTGRESQL = (
    f"array_to_tsvector(string_to_array(team || '{LEADS}' || replace(text, ' ', ' ' || team || '{LEADS}'), ' '))"
)


class Serving(Exception):
    """Another process already serves this SQLite file."""


class Store:
    """The database, opened: `reading()` and `writing()` give a connection in a transaction."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite:
            if database_file(url) is None:
                raise ValueError(
                    "A database in memory cannot be shared: name a file, as sqlite+aiosqlite:///factboard.db."
                )
            self._writer = _sqlite(self.url, "BEGIN IMMEDIATE", 1)
            self._reader = _sqlite(self.url, "BEGIN", 8, "query_only=ON")
        else:
            self._writer = create_async_engine(self.url, pool_pre_ping=True)
            # One snapshot a look, as on SQLite: a board and the seq it shows must be of the same moment.
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A consistent look; changes nothing."""
        async with self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self._writer.begin() as connection:
            yield connection

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    @property
    def engine(self) -> AsyncEngine:
        """The write engine, for migrations."""
        return self._writer

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Hold the right to serve this database; raises `Serving` where another process on SQLite has it.

        A lock of SQLite's own on a file beside the database: it ends with the process, however that ends.
        """
        if not self.sqlite:
            yield
            return
        lock = sqlite3.connect(f"{self.url.database}-serving", timeout=0, isolation_level=None)
        try:
            lock.execute("PRAGMA locking_mode=EXCLUSIVE")
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise Serving(str(self.url.database)) from None
        try:
            yield
        finally:
            lock.close()


class _Connection(sqlite3.Connection):
    """Ends its transaction when it is closed.

    SQLite keeps a closed connection, and its write lock, for as long as anything refers to one of its cursors: a
    cancelled request's traceback does, and every other writer would wait for the garbage collector.
    """

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.rollback()
        super().close()


def _sqlite(url: URL, begin: str, connections: int, *more: str) -> AsyncEngine:
    engine = create_async_engine(
        url, pool_size=connections, max_overflow=0, pool_timeout=30, connect_args={"factory": _Connection}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _settle(dbapi: DBAPIConnection, _record: object) -> None:
        dbapi.isolation_level = None  # SQLAlchemy says BEGIN itself, below
        cursor = dbapi.cursor()
        for pragma in (*PRAGMAS, *more):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: object) -> None:
        connection.exec_driver_sql(begin)  # type: ignore[attr-defined]

    return engine


def words_index(dialect: str) -> list[str]:
    """The statements that index the words of `said`: each led by its team, so that a common word of the others costs a
    team nothing. What leaves `said` leaves the index.
    """
    if dialect != "sqlite":
        return [f"CREATE INDEX {WORDS} ON said USING gin ({WORDS_OF_POSTGRESQL})"]
    led = "replace(' ' || {0}.text, ' ', ' ' || {0}.team || '" + LEADS + "')"
    add = f"INSERT INTO {WORDS} (rowid, text) VALUES (NEW.id, {led.format('NEW')});"
    take = f"INSERT INTO {WORDS} ({WORDS}, rowid, text) VALUES ('delete', OLD.id, {led.format('OLD')});"
    options = "content='', detail='none', columnsize=0, tokenize=\"ascii tokenchars '-'\""
    return [
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5 (text, {options})",
        f"CREATE TRIGGER said_added AFTER INSERT ON said BEGIN {add} END",
        f"CREATE TRIGGER said_taken AFTER DELETE ON said BEGIN {take} END",
        f"CREATE TRIGGER said_changed AFTER UPDATE ON said BEGIN {take} {add} END",
    ]


def words_settled(dialect: str) -> list[str]:
    """The statements after which the index holds no word of what was taken away. PostgreSQL tidies by itself."""
    return [f"INSERT INTO {WORDS} ({WORDS}) VALUES ('optimize')"] if dialect == "sqlite" else []


def words_asked(dialect: str, team: str, words: Sequence[str], down: bool) -> tuple[str, str]:
    """The statement that finds the team's facts in which people wrote these words, and how it is asked for them; the
    last one perhaps not to its end. Its parameters besides: `team`, `low` and `high` (facts' numbers), `limit`.
    """
    order = "DESC" if down else "ASC"
    if dialect == "sqlite":
        asked = " AND ".join(f'"{team}{LEADS}{word}"' for word in words) + "*"
        edge = "(SELECT id FROM said WHERE team = :team AND seq {} ORDER BY seq {} LIMIT 1)"
        return (
            f"SELECT said.seq FROM {WORDS} CROSS JOIN said ON said.id = {WORDS}.rowid WHERE {WORDS} MATCH :wanted "
            f"AND {WORDS}.rowid BETWEEN {edge.format('>= :low', 'ASC')} AND {edge.format('<= :high', 'DESC')} "
            f"ORDER BY {WORDS}.rowid {order} LIMIT :limit"
        ), asked
    asked = " & ".join(f"'{team}{LEADS}{word}'" for word in words) + ":*"
    return (
        f"SELECT seq FROM said WHERE team = :team AND {WORDS_OF_POSTGRESQL} @@ CAST(CAST(:wanted AS text) AS tsquery) "
        f"AND seq BETWEEN :low AND :high ORDER BY seq {order} LIMIT :limit"
    ), asked


def database_file(url: str) -> Path | None:
    """The file of a SQLite URL; None for memory and for PostgreSQL."""
    parsed = make_url(url)
    name = parsed.database
    return Path(name) if parsed.get_backend_name() == "sqlite" and name and name != ":memory:" else None

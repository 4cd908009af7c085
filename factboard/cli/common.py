"""What the commands share: which database, the people who run them, and how a failure becomes one clear line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from factboard.checkpoints import NotWhole
from factboard.domain.chain import Broken
from factboard.domain.events import UnknownFact
from factboard.domain.refusal import Refused
from factboard.recorder import Recorder
from factboard.settings import Settings
from factboard.signing import NoKey
from factboard.storage.engine import Serving, Store, database_file
from factboard.storage.migrations import at_head
from factboard.web.pages import NOBODYS
from factboard.web.words import words_for

DRIVERS = {"sqlite+aiosqlite", "postgresql+asyncpg"}

T = TypeVar("T")

Database = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Where everything is kept; else FACTBOARD_DATABASE_URL.", show_default=False),
]


class Stop(Exception):
    """The command cannot go on; `lines` say why, and what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def settings() -> Settings:
    """What the environment says. Raises `Stop` for what cannot be."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        raise Stop(f"The setting {first['loc'][0]} cannot be used: {first['msg']}.") from None


def store_at(database: str | None) -> Store:
    """The database that a command means. Raises `Stop` for an address that is none."""
    url = database or settings().database_url
    try:
        known = make_url(url).drivername in DRIVERS
    except ArgumentError:
        known = False
    if not known:
        raise Stop("The database's address must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://.")
    return Store(url)


def in_database(database: str | None, work: Callable[[Recorder], Awaitable[T]]) -> T:
    """Run `work` on a migrated database, through a recorder whose screens are another process's. Raises `Stop`."""

    async def go() -> T:
        store = store_at(database)
        try:
            await migrated(store)
            return await work(Recorder(store, lambda: datetime.now(UTC)))
        finally:
            await store.close()

    return asyncio.run(go())


async def migrated(store: Store) -> None:
    """Raises `Stop` where there is no database, or one of another release."""
    file = database_file(store.url.render_as_string(hide_password=False))
    if file is not None and not file.exists():
        raise Stop(f"There is no database at {file}. Make it with: factboard migrate")
    if not await at_head(store):
        raise Stop("The database has not this release's tables. Bring it up to date with: factboard migrate")


def bars() -> Progress:
    """Progress bars for somebody who watches; nothing at all in a pipe."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def broken_in_words(team: str, broken: Broken) -> str:
    """Where a history is wrong, and how."""
    how = words_for(NOBODYS, "en").term(broken.how)
    return f"The history of {team} is broken at no. {broken.seq} ({broken.how}). {how}"


def explained(error: Exception) -> Stop | None:
    """The error in one clear line; None for a fault of ours, which is shown whole."""
    match error:
        case Stop():
            return error
        case Refused():
            return Stop(words_for(NOBODYS, "en").refusal(error))
        case NotWhole():
            return Stop(broken_in_words(error.team, error.broken))
        case NoKey():
            return Stop(f"Nothing can be signed: {error}.")
        case Serving():
            return Stop(
                f"Another process already serves {error}. A SQLite file has one serving process, which tells all "
                "screens; stop that one first, or use PostgreSQL."
            )
        case UnknownFact():
            return Stop(str(error))
        case DBAPIError() | ConnectionError():
            return Stop(f"The database cannot be reached or written: {_reason(error)}.")
        case SQLAlchemyError():
            return Stop(f"The database cannot be used: {_reason(error)}.")
        case OSError() if error.filename:
            return Stop(f"{error.filename}: {error.strerror}.")
        case OSError():
            return Stop(f"{error.strerror or error}.")
    return None


def _reason(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0].rstrip(".") if str(cause).strip() else type(cause).__name__

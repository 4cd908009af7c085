"""`migrate`, `serve`, `demo`: bring the tables up to date, and answer."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from factboard import logs
from factboard.cli.common import Database, Stop, migrated, settings, store_at
from factboard.storage.migrations import migrate as bring_up_to_date

SHORTEST_SECRET = 32

Host = Annotated[str | None, typer.Option(help="The address to listen on; else FACTBOARD_HOST.", show_default=False)]
Port = Annotated[
    int | None, typer.Option(help="The port to listen on; else PORT.", min=1, max=65535, show_default=False)
]


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: factboard migrate --database sqlite+aiosqlite:///factboard.db")(migrate)
    app.command(epilog="Example: FACTBOARD_SECRET_KEY=... factboard serve --port 8000")(serve)
    app.command(epilog="Example: factboard demo --port 8080")(demo)


def migrate(database: Database = None) -> None:
    """Make the tables, or bring them to this release's."""

    async def go() -> None:
        store = store_at(database)
        try:
            await bring_up_to_date(store)
        finally:
            await store.close()

    asyncio.run(go())
    print("The database is up to date.")


def serve(host: Host = None, port: Port = None, database: Database = None) -> None:
    """Serve the board until a stop signal. Settings come from the environment: docs/settings.md."""
    from factboard.app import create_app
    from factboard.server import serve as answer

    known = settings()
    if len(known.secret_key.get_secret_value()) < SHORTEST_SECRET:
        raise Stop(
            f"FACTBOARD_SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters. "
            'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    store = store_at(database)

    async def check() -> None:
        try:
            await migrated(store)
        finally:
            await store.close()

    asyncio.run(check())
    known = known.model_copy(update={"host": host or known.host, "port": port or known.port})
    known.database_url = store.url.render_as_string(hide_password=False)
    logs.set_up(known.log_format, known.log_level)
    with store.serving():
        app = create_app(known, store=store)
        _listening(
            known.host,
            known.port,
            lambda: answer(app, known.host, known.port, forwarded_allow_ips=known.forwarded_allow_ips),
        )


def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew: what was done in the demo goes.")] = False,
    host: Host = None,
    port: Port = None,
) -> None:
    """Serve a synthetic team in mid-morning life, from factboard-demo.db in this folder."""
    from factboard.demo import PASSWORD, PEOPLE, NotADemo
    from factboard.demo.serve import FILE, run

    known = settings()
    host, port = host or known.host, port or known.port
    logs.set_up(known.log_format, known.log_level)
    accounts = Table("username", "password", "who", box=None)
    for person in PEOPLE:
        accounts.add_row(person.username, PASSWORD, person.good_for)
    console = Console()
    console.print(accounts)
    console.print(f"The demo team is at http://{host}:{port} (stop it with Ctrl+C).")
    try:
        _listening(host, port, lambda: run(FILE, host, port, fresh=fresh))
    except NotADemo:
        raise Stop(
            f"{Path(FILE)} was not made by the demo, so it was left alone. Run the demo in another folder."
        ) from None


def _listening(host: str, port: int, run: Callable[[], None]) -> None:
    try:
        with suppress(KeyboardInterrupt):  # Ctrl+C, once the streams have ended
            run()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(f"{host}:{port} is in use. Choose another with --port.") from None
        if error.errno in (errno.EACCES, errno.EADDRNOTAVAIL) or not error.filename:
            raise Stop(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from None
        raise

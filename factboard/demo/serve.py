"""`factboard demo`: the service on the demo's database, with the demo's clock and bar."""

from __future__ import annotations

import asyncio
import secrets
import time
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from starlette.applications import Starlette

from factboard.app import create_app
from factboard.demo.clock import DemoClock
from factboard.demo.database import secret_of, seed_of
from factboard.demo.file import prepared
from factboard.demo.playing import next_morning
from factboard.demo.staff import PEOPLE, TEAMS
from factboard.server import serve
from factboard.settings import Settings
from factboard.storage.engine import Store
from factboard.watchman import Watchman
from factboard.web.demo import Demo

FILE = Path("factboard-demo.db")


def run(path: Path, host: str, port: int, *, fresh: bool = False) -> None:
    """Serve the demo until a stop signal; makes its database first where it is missing or `fresh` is asked for.

    Raises `NotADemo`, `Serving`, and OSError where the address is taken.
    """
    url, now, seed, secret = asyncio.run(_ready(path, fresh))
    store = Store(url)
    with store.serving():
        serve(demo_app(store, DemoClock(store, now), seed, secret), host, port)


def demo_app(store: Store, clock: DemoClock, seed: int = 1, secret: str = "") -> Starlette:
    """The service as the demo runs it; its cookies go over plain http. Without `secret`, one for this process."""
    settings = Settings(
        database_url=store.url.render_as_string(),
        secret_key=SecretStr(secret or secrets.token_urlsafe(32)),
        secure_cookies=False,
    )

    async def play(team: str) -> None:
        async with app.state.scheduler.still:  # the clock jumps for all teams with the first one's days
            try:
                await next_morning(app.state.recorder, clock, team, seed)
            finally:  # whatever was played, the jump was meant
                await app.state.scheduler.watchman.leave_sign()

    bar = Demo([(person.username, person.name) for person in PEOPLE], TEAMS[0].id, play)
    app = create_app(settings, clock=clock, store=store, demo=bar)
    app.state.scheduler.watchman = Watchman(app.state.recorder, store, boot=time.monotonic)  # as the demo's clock goes
    return app


async def _ready(path: Path, fresh: bool) -> tuple[str, datetime, int, str]:
    url = await prepared(path, datetime.now().astimezone().date(), fresh=fresh)
    store = Store(url)
    try:
        return url, (await DemoClock.load(store))(), await seed_of(store), await secret_of(store)
    finally:
        await store.close()

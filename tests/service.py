"""The whole service on a free port, with two small synthetic teams and people who can sign in to it."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
from argon2 import PasswordHasher
from playwright.async_api import Page
from pydantic import SecretStr
from starlette.applications import Starlette

from factboard.app import create_app
from factboard.domain import enrolment, events, placement, team
from factboard.pushing.keys import own_key
from factboard.recorder import Clock, Receipt, Recorder
from factboard.settings import Settings
from factboard.storage import accounts
from factboard.storage.engine import Store
from tests.live.serving import PLAIN, LiveServer, serving

OWN, OTHER = "kusten", "skogen"
PASSWORD = "ett långt lösenord"
PEOPLE = {  # who works where, as what; admin belongs to no team
    "anna": (OWN, events.Role.CLINICIAN),
    "lars": (OWN, events.Role.LEAD),
    "maria": (OWN, events.Role.AUDITOR),
    "bo": (OTHER, events.Role.CLINICIAN),
    "ingrid": (OTHER, events.Role.LEAD),
    "gun": (OTHER, events.Role.AUDITOR),
    "monika": (OWN, events.Role.MANAGER),
}


@cache
def _hashed() -> str:
    """The password as it is kept, made to be checked quickly: hundreds of tests sign in."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


_FILLED: dict[datetime, tuple[bytes, dict[str, str]]] = {}  # a filled database and its clients, by the clock's time


def _copy(path: Path) -> bytes:
    """A SQLite database as one file, what is still in its write-ahead log included."""
    with tempfile.TemporaryDirectory() as folder, contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("VACUUM INTO ?", (f"{folder}/copy.db",))
        return Path(folder, "copy.db").read_bytes()


async def filled(store: Store, clock: Clock) -> dict[str, str]:
    """`fill`, done once for each time of the clock and copied after that. The store must be on SQLite.

    One that has a team already, as after a restart, is left as it is.
    """
    path, at = Path(str(store.url.database)), clock()
    with contextlib.closing(sqlite3.connect(path)) as plain:
        begun = plain.execute("SELECT 1 FROM stream").fetchone()
    if begun:
        return dict(_FILLED[at][1])
    if at in _FILLED:
        await asyncio.to_thread(path.write_bytes, _FILLED[at][0])
    else:
        clients = await fill(store, clock)
        _FILLED[at] = await asyncio.to_thread(_copy, path), clients
    return dict(_FILLED[at][1])


@dataclass
class Service:
    """Where it runs, what is behind it, and whom it knows: `clients` by "First Surname"."""

    url: str
    app: Starlette
    clients: dict[str, str] = field(default_factory=dict)
    server: LiveServer | None = None
    last_flag: int = 0

    @property
    def recorder(self) -> Recorder:
        recorder: Recorder = self.app.state.recorder
        return recorder

    async def put_on(self, name: str, actor: str = "lars", team: str = OWN, **what: Any) -> Receipt:
        given = {"category": "short_intensive", "reason": "Sover inte, ringer om nätterna"} | what
        change = self.recorder.change
        receipt = await change(team, actor, placement.put_on_board, client=self.clients[name], **given)
        self.last_flag = receipt.seq
        return receipt

    @contextlib.asynccontextmanager
    async def person(self, username: str | None, language: str = "sv") -> AsyncIterator[httpx2.AsyncClient]:
        """A browser without a screen, signed in as this person (None: signed out)."""
        cookies = {"lang": language}
        async with httpx2.AsyncClient(base_url=self.url, cookies=cookies, timeout=20, verify=PLAIN) as client:
            if username:
                answer = await client.post("/login", data={"username": username, "password": PASSWORD})
                assert answer.status_code == 303, answer.text
            yield client

    async def sign_in(self, page: Page, username: str) -> None:
        """Sign this page's browser in, without the form: a page with all its files is most of a short test."""
        async with self.person(username) as browser:
            sessions = {cookie.name: cookie.value or "" for cookie in browser.cookies.jar if cookie.name != "lang"}
        for name, value in sessions.items():
            cookie: Any = {"name": name, "value": value, "url": self.url, "httpOnly": True, "sameSite": "Lax"}
            await page.context.add_cookies([cookie])

    async def sign_in_by_form(self, page: Page, username: str) -> None:
        """Sign this page's browser in as people do."""
        await page.goto(f"{self.url}/login")
        await page.fill("[name=username]", username)
        await page.fill("[name=password]", PASSWORD)
        await page.click("main button[type=submit], main form button")
        await page.wait_for_url(lambda address: "/login" not in address)


async def fill(store: Store, clock: Clock) -> dict[str, str]:
    """Two teams and their people; a few clients, some with equal names, one protected."""
    recorder = Recorder(store, clock)
    for id, name in ((OWN, "Team Kusten"), (OTHER, "Team Skogen")):
        await recorder.found_team("command_line", id, events.Settings(name=name))
    for username in (*PEOPLE, "admin"):
        name, admin = f"{username.title()} Test", username == "admin"
        async with recorder.system("command_line", events.UserAdded(username, username, name, admin)) as connection:
            await accounts.add(connection, username, username, name, _hashed(), admin)
    for username, (where, role) in PEOPLE.items():
        member = events.Member(username, username, f"{username.title()} Test", role)
        await recorder.change(where, "command_line", team.set_member, member=member)
    clients = {}
    for where, details in (
        (OWN, events.Details("Exempel", "Stina", birth_date=date(1980, 5, 17), case_manager="lars")),
        (OWN, events.Details("Provström", "Åke", birth_date=date(1971, 2, 3), case_manager="anna")),
        (OWN, events.Details("Testberg", "Johan", birth_date=date(1975, 6, 30))),
        (OWN, events.Details("Testberg", "Johan", birth_date=date(1996, 1, 9))),
        (OWN, events.Details("Skyddsson", "Vilma", birth_date=date(1983, 5, 25), protected=True)),
        (OTHER, events.Details("Främling", "Olle", birth_date=date(1966, 6, 6))),
    ):
        receipt = await recorder.change(where, "command_line", enrolment.enrol, details=details)
        clients.setdefault(f"{details.first_name} {details.surname}", str(receipt.client))
    await own_key(store)  # what each start of the service would make anew
    return clients


@contextlib.asynccontextmanager
async def a_service(store: Store, clock: Clock, port: int = 0, **settings: Any) -> AsyncIterator[Service]:
    """The service on this database, filled with the two teams where it is empty."""
    given = Settings(
        database_url=store.url.render_as_string(hide_password=False),
        secret_key=SecretStr("x" * 40),
        secure_cookies=False,
        **settings,
    )
    clients = await filled(store, clock)
    # A test that moves its clock means that time has passed, not that the clock was set.
    app = create_app(given, clock=clock, store=store, boot=lambda: clock().timestamp())
    async with serving(app, port) as (url, server):
        yield Service(url, app, clients, server)

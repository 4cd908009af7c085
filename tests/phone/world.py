"""A server, a line to it that fails, and a phone on which somebody writes what must not be lost."""

from __future__ import annotations

import contextlib
import socket
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Error, Playwright
from pydantic import SecretStr

from factboard.app import create_app
from factboard.domain import enrolment, events, team
from factboard.settings import Settings
from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.live.serving import serving
from tests.phone.handset import Phone
from tests.phone.line import Line, on_the_line
from tests.phone.storm import Act
from tests.service import OTHER, OWN, Service, filled

NAMES = {OWN: ("Kvastlund", "Brunskär", "Ängelholt"), OTHER: ("Silverkvist", "Vitterlind")}

SHELLS = "() => Promise.all(['/waiting', '/offline'].map((one) => caches.match(one))).then((all) => all.every(Boolean))"
LOOKED_AT = "() => document.readyState === 'complete' && Boolean(self.outbox?.who)"


# The time that has passed, or by how much the clock was wrong, as if it had been: no test waits for a day.
SHIFTED = """async ([made, ahead]) => {
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const name = "factboard-outbox";
  const alone = ([first, ...others], job) =>
    first ? navigator.locks.request(first, () => alone(others, job)) : job();
  const ids = (await outbox.look()).map(({ id }) => `${name} ${id}`);
  await alone([name, ...ids], async () => { // not while something is on its way, its age already told
    const base = await answer(indexedDB.open(name));
    const changes = base.transaction(["entries", "phone"], "readwrite");
    const [entries, phone] = [changes.objectStore("entries"), changes.objectStore("phone")];
    for (const row of await answer(entries.getAll())) {
      entries.put({ ...row, made: row.made + made, ahead: row.ahead === null ? null : row.ahead + ahead });
    }
    const known = await answer(phone.get("ahead"));
    if (known !== undefined) phone.put(known + ahead, "ahead");
    await new Promise((resolve) => (changes.oncomplete = resolve));
    base.close();
  });
}"""


@dataclass
class Written:
    act: Act
    id: str
    canary: str
    client: str
    team: str
    made: datetime
    gone: bool = False  # thrown away, or refused before whoever wrote it


class World:
    """A server, a line, a phone, and one who writes on it."""

    def __init__(self, playwright: Playwright, folder: Path, *, whole: bool = False) -> None:
        self._playwright, self._folder, self._whole = playwright, folder, whole
        self.clock = Clock()
        self.committed: dict[str, tuple[int, float]] = {}  # request_id -> (seq, when, in seconds since 1970)
        self.written: list[Written] = []
        self.clients: dict[str, str] = {}
        self.broken = False

    async def begin(self) -> None:
        self._url = f"sqlite+aiosqlite:///{self._folder}/factboard.db"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._ends = contextlib.AsyncExitStack()
        self.line: Line = await self._ends.enter_async_context(on_the_line(f"http://127.0.0.1:{self.port}"))
        await filled(Store(self._url), self.clock)
        await self.start()
        change = self.service.recorder.change
        member = events.Member("anna", "anna", "Anna Test", events.Role.CLINICIAN)
        await change(OTHER, "command_line", team.set_member, member=member)
        for where, lead in ((OWN, "lars"), (OTHER, "ingrid")):
            for surname in NAMES[where]:
                details = events.Details(surname, "Sixten", case_manager="anna")
                self.clients[surname] = str((await change(where, lead, enrolment.enrol, details=details)).client)
        self.phone = Phone(self._playwright, self._folder / "profile", whole=self._whole)
        await self.phone.on()
        await self.sign_in("anna")
        await self.phone.page.goto(f"{self.line.url}/today?lang=en")
        await self.phone.until(SHELLS)

    async def end(self) -> None:
        with contextlib.suppress(Error):
            await self.phone.off()
        await self.stop()
        await self._ends.aclose()

    async def start(self) -> None:
        settings = Settings(database_url=self._url, secret_key=SecretStr("x" * 40), secure_cookies=False)
        self.app = create_app(settings, clock=self.clock, store=Store(self._url), boot=lambda: self.clock().timestamp())
        self._serving = serving(self.app, self.port)
        await self._serving.__aenter__()
        self.service = Service(self.line.url, self.app, self.clients)
        change = self.service.recorder.change

        async def noted(*args: Any, request_id: str | None = None, **what: Any) -> Any:
            receipt = await change(*args, request_id=request_id, **what)
            self.committed.setdefault(str(request_id), (receipt.seq, time.time()))
            return receipt

        self.service.recorder.change = noted  # type: ignore[method-assign]

    async def stop(self) -> None:
        await self._serving.__aexit__(None, None, None)

    async def sign_in(self, user: str) -> None:
        direct = Service(f"http://127.0.0.1:{self.port}", self.app)
        await self.phone.context.clear_cookies(name="factboard")
        await direct.sign_in(self.phone.page, user)
        await self.phone.context.add_cookies([{"name": "lang", "value": "en", "url": self.line.url}])

    async def open(self, path: str) -> None:
        for _ in range(5):
            with contextlib.suppress(Error):  # the page before may still be on its way
                await self.phone.page.goto(self.line.url + path, wait_until="domcontentloaded")
                break
        await self.phone.until(LOOKED_AT)

    async def open_in(self, where: str, path: str) -> None:
        """The page as anna sees it in this team; they sign in, and go over to it, where need be."""
        page = self.phone.page
        await self.open(path)
        if await page.evaluate("document.body.dataset.user") != "anna":
            await self.sign_in("anna")
            await self.open(path)
        if await page.evaluate("document.body.dataset.team") != where:
            await self.open("/team")
            await page.click(f"button[value={where}]")
            await self.phone.until("(team) => document.body.dataset.team === team", arg=where)
            await self.open(path)

    async def passes(self, time: timedelta) -> None:
        self.clock.forward(seconds=time.total_seconds())
        await self.phone.page.evaluate(SHIFTED, [-time.total_seconds() * 1000, 0])

    async def clock_was(self, ahead: timedelta) -> None:
        """The phone's clock was wrong by this, and has now been set right."""
        await self.phone.page.evaluate(SHIFTED, [ahead.total_seconds() * 1000] * 2)

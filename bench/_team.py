"""What the measurements share: a synthetic team in a database of its own, and a service on a free port."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from socket import SO_RCVBUF, SOL_SOCKET, socket
from urllib.request import urlopen

import httpx2

from factboard.domain import enrolment, events, placement, team
from factboard.passwords import hash_password
from factboard.recorder import Recorder
from factboard.storage import accounts
from factboard.storage.engine import Store
from factboard.storage.migrations import migrate

TEAM, USER, PASSWORD = "bench", "anna", "a long enough password"


@asynccontextmanager
async def a_store() -> AsyncIterator[Store]:
    """A migrated SQLite database in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        await migrate(store)
        try:
            yield store
        finally:
            await store.close()


async def fill(store: Store, caseload: int = 200, on_board: int = 40) -> list[str]:
    """A team with a caseload, so many of them on the board, and one account; the ids of those on the board."""
    recorder = Recorder(store, lambda: datetime.now(UTC))
    await recorder.found_team("command_line", TEAM, events.Settings(name="Team Mätning"))
    hashed = await asyncio.to_thread(hash_password, PASSWORD)
    async with recorder.system("command_line", events.UserAdded(USER, USER, "Anna Mätare")) as connection:
        await accounts.add(connection, USER, USER, "Anna Mätare", hashed)
    member = events.Member(USER, USER, "Anna Mätare", events.Role.CLINICIAN)
    await recorder.change(TEAM, "command_line", team.set_member, member=member)
    codes = [category.code for category in team.STANDARD_CATEGORIES]
    ids = []
    async with recorder.together(TEAM, USER) as desk:
        for number in range(caseload):
            details = events.Details(f"Mätberg{number:03d}", "Stina", case_manager=USER)
            ids.append(str((await desk.decide(enrolment.enrol, details=details)).client))
        for number, client in enumerate(ids[:on_board]):
            what = {"category": codes[number % len(codes)], "reason": "Sover dåligt sedan i helgen, ringer ofta."}
            await desk.decide(placement.put_on_board, client=client, **what)
            await desk.decide(placement.add_action, client=client, text="Ring närstående", owner=USER)
    return ids[:on_board]


@contextmanager
def a_service(url: str) -> Iterator[str]:
    """`factboard serve` in a process of its own; its address."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "FACTBOARD_DATABASE_URL": url,
        "FACTBOARD_SECRET_KEY": "x" * 40,
        "FACTBOARD_SECURE_COOKIES": "false",
        "FACTBOARD_LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "factboard", "serve", "--host", "127.0.0.1", "--port", str(port)], env=environment
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urlopen(f"{address}/healthz").close()
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)


class Screens:
    """Open views, read over raw sockets: `seen` is the newest fact's number that each has been handed."""

    def __init__(self, address: str, cookies: str, number: int, view: str = "board") -> None:
        self._view = view
        self._host, port = address.removeprefix("http://").split(":")
        self._port = int(port)
        self._cookies = cookies
        self.seen = [0] * number
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Screens:
        self._tasks = [asyncio.create_task(self._watch(screen)) for screen in range(len(self.seen))]
        while not all(self.seen):
            await asyncio.sleep(0.05)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def never_read(self) -> socket:
        """A stream, asked for and never read."""
        silent = socket()
        silent.setsockopt(SOL_SOCKET, SO_RCVBUF, 16_384)  # a tablet's kernel takes no more either
        silent.connect((self._host, self._port))
        silent.sendall(self._request())
        return silent

    def _request(self) -> bytes:
        return f"GET /live/{self._view} HTTP/1.1\r\nHost: {self._host}\r\nCookie: {self._cookies}\r\n\r\n".encode()

    async def show(self, seq: int, seconds: float = 10) -> None:
        """Wait until all of them have been handed this fact."""
        async with asyncio.timeout(seconds):
            while min(self.seen) < seq:
                self._news.clear()
                await self._news.wait()

    async def _watch(self, screen: int) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=2**22)
        writer.write(self._request())
        while line := await reader.readline():
            if line.startswith(b'data: {"version":'):
                self.seen[screen] = json.loads(line.removeprefix(b"data: "))["seq"]
                self._news.set()


async def signed_in(browser: httpx2.AsyncClient) -> str:
    """Sign the measuring account in; its cookies as a header."""
    await browser.post("/login", data={"username": USER, "password": PASSWORD})
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


async def post_flag(browser: httpx2.AsyncClient, client: str, number: int) -> int:
    """Put a client on the board by the address that people use; the fact's number."""
    form = {
        "client": client,
        "category": "short_intensive",
        "reason": f"Mätning nummer {number}",
        "request_id": f"bench-{number}",
    }
    answer = await browser.post("/flag", data=form, headers={"Accept": "application/json"})
    return int(answer.raise_for_status().json()["seq"])


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

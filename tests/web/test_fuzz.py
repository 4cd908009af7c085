"""Whatever is sent to whatever address by whomever: a clear answer, never a 500, and a refusal changes nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from pydantic import SecretStr

from factboard.addresses import ROUTES, Address
from factboard.app import create_app
from factboard.settings import Settings
from factboard.storage import history
from factboard.storage.engine import Store
from tests.service import OTHER, OWN, PASSWORD, PEOPLE, Service, fill

SAMPLE, WHOLE = 600, 50_000

NASTY = (
    "", " ", "0", "-1", "1", "x", "\x00", "a\x00b", "\u202egnirts", "علي حسن", "🧑‍⚕️🚑",
    "'; DROP TABLE history; --", "<script>alert(1)</script>", "{{7*7}}", "%00", "%", "_", "../../etc/passwd",
    "2026-02-31", "2026-11-23", "99:99", "08:30", "true", "null", "[]", "=1+1", "\ud7ff", "é", "e\u0301",
    "short_intensive", "seen", "better", "home", "anna", "lars", "bo", "moved", "sv", "en", "xx", "on", "1e309",
    "NaN", "٣", "²", "\r\nSet-Cookie: a=b", "0001-01-01", "9999-12-31", "-", "None",
    "2026-11-23=anna", "2026-11-24=", "=", "9999-12-31=x",
)  # fmt: skip
FIELDS = (
    "client", "category", "reason", "request_id", "warning_signs", "needed", "informed", "source", "review_by",
    "seen", "q", "rating", "basis", "by", "contact", "others", "day", "at", "note", "who", "text", "owner",
    "due", "urgent", "with_client", "on", "surname", "first_name", "short_name", "birth_date", "national_id",
    "case_manager", "address", "phone", "protected", "notes", "language", "next", "team", "username",
    "password", "name", "country", "time_zone", "meeting_days", "meeting_time", "meeting_minutes",
    "return_time", "closed_days", "client_word", "case_manager_word", "code", "colour", "shape", "order",
    "review_days", "retired", "role", "profession", "employer", "token", "sheet", "map", "id", "admin", "user",
    "reason_other", "chair", "recorder", "present", "previous", "to", "of", "part", "backup", "outcome",
    "visit", "ward", "expected", "ends", "no_end", "measure", "first", "last", "duty", "was", "works", "shown",
    "agenda_crisis", "wall_before", "most_visits", "sheet_folder", "out_of_hours", "contacts_a_week", "unseen_days",
    "helps", "warnings", "mode", "stable_ratings", "raters", "stable_days", "blockers", "previewed", "look",
    "day_begins", "day_ends", "taken_minutes", "public_holidays", "phrases",
    "told", "quiet_from", "quiet_to", "endpoint", "p256dh", "auth", "renews", "device",
)  # fmt: skip

QUERIES = ("lang", "q", "ended", "saved", "before", "client", "screens", "next", "week", "person", "day")


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> AsyncIterator[Service]:
    path = tmp_path_factory.mktemp("fuzz") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    store = Store(f"sqlite+aiosqlite:///{path}")

    def clock() -> datetime:
        return datetime(2026, 11, 23, 8, 40, tzinfo=UTC)

    settings = Settings(database_url=store.url.render_as_string(), secret_key=SecretStr("x" * 40), secure_cookies=False)
    clients = await fill(store, clock)
    app = create_app(settings, clock=clock, store=store, boot=lambda: clock().timestamp())
    yield Service("http://fuzz", app, clients)
    await store.close()


class Visitor:
    """Somebody who sends anything anywhere; the same seed sends the same."""

    def __init__(self, service: Service, seed: int) -> None:
        self.service, self.chance = service, random.Random(seed)
        self.known = [*service.clients.values(), "short_intensive", "rate", "contact", "anna", "board", "1", "12"]

    def value(self) -> str:
        return self.chance.choice((*NASTY, *self.known))

    def path(self, address: Address) -> str:
        parts = []
        for part in address.path.split("/"):
            if part.startswith("{"):
                known = self.chance.choice(self.known) if self.chance.random() < 0.7 else self.value()
                part = httpx2.QueryParams({"x": known or "-"}).__str__()[2:]
            parts.append(part)
        return "/".join(parts)

    def request(self, client: httpx2.AsyncClient) -> httpx2.Request:
        address = self.chance.choice([one for one in ROUTES if not one.path.startswith("/live")])
        headers = {}
        if self.chance.random() < 0.3:
            headers["HX-Request"] = "true"
        if self.chance.random() < 0.2:
            headers["Accept"] = "application/json"
        data = {name: self.value() for name in self.chance.sample(FIELDS, self.chance.randint(0, 25))}
        query = {self.chance.choice(QUERIES): self.value()}
        if address.method == "GET":
            return client.build_request("GET", self.path(address), params=query, headers=headers)
        if self.chance.random() < 0.15:
            files = {"file": ("a.csv", self.value().encode("utf-8", "replace") * 3)}
            return client.build_request("POST", self.path(address), data=data, files=files, headers=headers)
        return client.build_request("POST", self.path(address), data=data, headers=headers)


async def heads(service: Service) -> dict[str, int]:
    async with service.app.state.store.reading() as connection:
        return await history.heads(connection, [OWN, OTHER, history.SYSTEM])


async def test_no_request_is_a_fault_and_no_refusal_changes_anything(
    service: Service, full: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    transport = httpx2.ASGITransport(app=service.app, raise_app_exceptions=False)
    number = WHOLE if full else SAMPLE
    people = [*PEOPLE, "admin", None]
    faults: list[str] = []
    for turn, username in enumerate(people):
        visitor = Visitor(service, turn)
        async with httpx2.AsyncClient(transport=transport, base_url="http://fuzz") as client:
            await sign_in(client, username)
            for turn_of_theirs in range(number // len(people)):
                # As from many machines: what one may ask for in a minute is limited, and refusing it is no fault.
                transport.client = (f"127.0.{turn_of_theirs // 200 % 250}.{turn_of_theirs % 200 + 1}", 50_000)
                request = visitor.request(client)
                before = await heads(service)
                answer = await client.send(request)
                if answer.status_code >= 500:
                    faults.append(f"{username}: {request.method} {request.url} {(await request.aread())[:300]!r}")
                if answer.status_code >= 400 and await heads(service) != before:
                    faults.append(f"refused, and yet changed: {request.method} {request.url}")
                if request.url.path in ("/logout", "/language") or answer.status_code == 401:
                    client.cookies.clear()
                    await sign_in(client, username)
    assert faults == []
    printed = capfd.readouterr()
    for name in ("Exempel", "Provström", "Skyddsson", "Främling"):
        assert name not in printed.out + printed.err, "a client's name was logged"


async def sign_in(client: httpx2.AsyncClient, username: str | None) -> None:
    if username:
        await client.post("/login", data={"username": username, "password": PASSWORD})

"""The app on a phone: what its service worker shows where no server answers, what it keeps, and what it never keeps."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Error, Page, async_playwright

from factboard.domain import enrolment
from factboard.domain.events import Details, FlaggedAgain, PutOnBoard
from factboard.storage import history
from factboard.storage.engine import Store
from factboard.web.offline import app as app_of_phone
from tests.browser.conftest import NewPage, how_to_start
from tests.browser.test_live_page import until
from tests.browser.test_screens import KEPT, STORED, a_wall
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

PHONE: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "sv-SE"}

SHELLS = """async () => {
  const shells = await caches.open("factboard-shells");
  return (await shells.keys()).map((one) => new URL(one.url).pathname);
}"""

FILES = """async () => {
  const files = await caches.open("factboard-files");
  return (await files.keys()).map((one) => new URL(one.url).pathname + new URL(one.url).search);
}"""


class Server:
    """The service on a port that stays the same, to be stopped and started again."""

    def __init__(self, url: str, clock: Clock, port: int) -> None:
        self._database, self._clock, self.port = url, clock, port
        self._running: contextlib.AbstractAsyncContextManager[Service] | None = None
        self.url = f"http://127.0.0.1:{port}"

    async def start(self) -> Service:
        self._running = a_service(Store(self._database), self._clock, self.port)
        self.service = await self._running.__aenter__()
        return self.service

    async def stop(self) -> None:
        if self._running:
            await self._running.__aexit__(None, None, None)
        self._running = None


@pytest_asyncio.fixture
async def server(sqlite_url: str, clock: Clock) -> AsyncIterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    running = Server(sqlite_url, clock, port)
    await running.start()
    yield running
    await running.stop()


async def a_phone(new_page: NewPage, server: Server, user: str = "anna", at: str = "/today") -> Page:
    """A phone on which this person has opened the app once, with a network."""
    page = await new_page(**PHONE)
    await server.service.sign_in(page, user)
    await page.goto(server.url + at)
    await ready(page)
    return page


async def ready(page: Page) -> None:
    await until(page, f"({SHELLS})().then((kept) => kept.includes('/offline'))", 10)


async def test_where_no_server_answers_the_form_without_anybody_stands_there(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    await server.stop()
    of_a_client = f"/clients/{server.service.clients['Åke Provström']}"
    for path in ("/", "/today", "/flag", "/board", of_a_client, "/notices", "/roster", "/meetings"):
        await page.goto(server.url + path)
        assert "112" in await page.inner_text("#away"), path
        assert await page.locator("#away").count() == 1, path
    errors = page.errors  # type: ignore[attr-defined]
    assert [error for error in errors if "Failed to" not in error] == []


# --- no answer, or one of somebody else's --------------------------------------------------------------------------

BAD_GATEWAY = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 25\r\nConnection: close\r\n\r\n"
    b"<main><h1>502</h1></main>"
)
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 37\r\nConnection: close\r\n\r\n"
    b"<main><h1>Guest network</h1>OK</main>"
)


@contextlib.asynccontextmanager
async def answering(port: int, words: bytes) -> AsyncIterator[None]:
    """Somebody else answers on this port, always the same."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(words)
        writer.close()

    other = await asyncio.start_server(handle, "127.0.0.1", port)
    try:
        yield
    finally:
        other.close()
        await asyncio.sleep(0)


@pytest.mark.parametrize("words", [BAD_GATEWAY, PORTAL], ids=["a proxy without its server", "a guest network"])
async def test_an_answer_that_is_not_ours_is_none(new_page: NewPage, server: Server, words: bytes) -> None:
    page = await a_phone(new_page, server)
    await server.stop()
    async with answering(server.port, words):
        await page.goto(f"{server.url}/today")
        assert await page.locator("#away").count() == 1
        await page.goto(f"{server.url}/board", timeout=5_000)
        assert await page.locator("#away").count() == 1
        await page.goto(f"{server.url}/login", timeout=5_000)  # of the way in the worker knows nothing
        assert await page.locator("#away").count() == 0


async def test_a_server_that_does_not_begin_to_answer_is_left_after_six_seconds_and_a_slow_one_is_not_cut(
    new_page: NewPage, server: Server
) -> None:
    page = await a_phone(new_page, server)
    other = await page.context.new_page()
    await server.stop()
    started = perf_counter()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if asked.startswith(b"GET /today"):
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nFactboard: yes\r\nConnection: close\r\n\r\n<p>"
            )
            await writer.drain()
            await asyncio.sleep(7)
            writer.write(b"<p id=end>whole")
        else:
            await asyncio.sleep(12)
        writer.close()

    async def silent() -> None:
        await page.goto(f"{server.url}/flag")
        assert 5.5 < perf_counter() - started < 11
        assert await page.locator("#away").count() == 1

    async def slow() -> None:
        await other.goto(f"{server.url}/today")
        assert await other.inner_text("#end") == "whole"

    standing = await asyncio.start_server(handle, "127.0.0.1", server.port)
    await asyncio.gather(silent(), slow())
    standing.close()


async def test_whose_session_has_run_out_comes_to_the_sign_in_page_and_back(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    await until(page, "outbox.recall('clients').then(Boolean)", 5)
    await page.context.clear_cookies()
    await page.goto(f"{server.url}/today")
    assert page.url == f"{server.url}/login?next=/today"
    await until(page, "outbox.recall('clients').then((kept) => !kept)", 5)
    await server.service.sign_in(page, "anna")
    await page.goto(f"{server.url}/today")
    assert page.url == f"{server.url}/today"
    await until(page, "outbox.recall('clients').then(Boolean)", 5)


async def test_the_worker_answers_for_every_page_but_those_of_screens_and_the_way_in(
    new_page: NewPage, server: Server
) -> None:
    await server.service.put_on("Stina Exempel")
    page = await a_phone(new_page, server)
    by_worker: dict[str, bool] = {}
    page.on("response", lambda answer: by_worker.setdefault(urlsplit(answer.url).path, answer.from_service_worker))
    for path in ("/today", "/flag", "/board", "/wall", "/wall/here", "/clients", "/healthz"):
        await page.goto(server.url + path)
    await page.goto(f"{server.url}/today")
    await until(page, "document.body.classList.contains('is-live')", 10)
    pages = {path for path, so in by_worker.items() if so and not path.startswith("/static/")}
    assert pages == {"/today", "/flag", "/board", "/clients"}
    assert {path for path, so in by_worker.items() if path.startswith("/live/") and so} == set()
    assert any(path.startswith("/live/") for path in by_worker)


# --- what is kept --------------------------------------------------------------------------------------------------


async def test_nothing_on_the_phone_names_anybody(new_page: NewPage, server: Server) -> None:
    await server.service.put_on("Stina Exempel", actor="anna")
    page = await a_phone(new_page, server)
    for path in ("/", "/flag", f"/clients/{server.service.clients['Stina Exempel']}", "/board", "/today"):
        await page.goto(server.url + path)
    await until(page, "outbox.recall('clients').then((kept) => kept?.html.includes('Stina'))", 10)
    stored = await page.evaluate(STORED)
    for word in ("Stina", "Exempel", "Åke", "Provström", "Sover inte", "anna", "lars", "stina", "ake"):
        assert not re.search(rf"\b{word}\b", stored, re.IGNORECASE), word
    assert "/offline" in stored
    assert "key extractable: true" not in stored


async def test_files_of_an_older_time_are_dropped(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    files = await page.evaluate(f"({FILES})()")
    assert any(file.startswith("/static/flag.css?") for file in files)
    await page.evaluate("""async () => {
      const files = await caches.open("factboard-files");
      await files.put("/static/flag.css?older", new Response("p { color: red }"));
      (await navigator.serviceWorker.ready).active.postMessage({ keep: ["/offline"] });
    }""")
    await until(page, f"({FILES})().then((all) => !all.includes('/static/flag.css?older'))", 5)
    assert sorted(await page.evaluate(f"({FILES})()")) == sorted(files)


async def test_what_the_browser_has_thrown_away_is_kept_anew(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    await until(page, "outbox.recall('clients').then(Boolean)", 5)
    await page.evaluate("caches.delete('factboard-shells')")
    await page.reload()
    await ready(page)


async def test_who_signs_out_leaves_nothing_of_the_team(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    await until(page, "outbox.recall('clients').then(Boolean)", 5)
    await page.click(".menu summary")
    await page.click("form[action='/logout'] button")
    await page.wait_for_url("**/login**")
    await until(page, f"({SHELLS})().then((kept) => !kept.includes('/offline'))", 5)
    await until(page, "outbox.recall('clients').then((kept) => !kept)", 5)
    await until(page, f"({SHELLS})().then((kept) => kept.join() === '/waiting')", 5)
    assert "Kusten" not in await page.evaluate(STORED)
    await server.stop()
    await page.goto(f"{server.url}/flag")
    assert "Logga in" in await page.inner_text("#waiting-nobody")


async def test_somebody_else_finds_their_own_clients_and_not_those_of_the_one_before(
    new_page: NewPage, server: Server
) -> None:
    page = await a_phone(new_page, server)
    await until(page, "outbox.recall('clients').then((kept) => kept?.html.includes('Åke Provström'))", 5)
    await server.service.sign_in(page, "lars")
    await page.goto(f"{server.url}/flag")
    await until(page, "outbox.recall('clients').then((kept) => kept?.html.includes('Stina Exempel'))", 5)
    assert "Åke" not in await page.evaluate("outbox.recall('clients').then((kept) => kept.html)")


async def test_a_new_worker_takes_over_at_once_and_an_open_form_stands(
    new_page: NewPage, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await a_phone(new_page, server, at="/flag")
    await page.fill("[name=reason]", "Har inte sovit på tre nätter")
    monkeypatch.setattr(app_of_phone, "PARTS", (*app_of_phone.PARTS, "worker-push.js"))
    await page.evaluate("""async () => {
      const registration = await navigator.serviceWorker.ready;
      window.before = navigator.serviceWorker.controller;
      await registration.update();
    }""")
    await until(page, "navigator.serviceWorker.controller !== window.before", 5)
    assert await page.input_value("[name=reason]") == "Har inte sovit på tre nätter"
    await server.stop()
    await page.goto(f"{server.url}/flag")
    assert await page.locator("#away").count() == 1


async def test_the_worker_of_a_wall_screen_beside_it_stays_as_it_is(
    new_page: NewPage, server: Server, clock: Clock
) -> None:
    await server.service.put_on("Stina Exempel")
    wall = await a_wall(new_page, server.service, at=clock.now)
    await until(wall, f"({KEPT})()", 10)
    await server.service.sign_in(wall, "anna")
    await wall.goto(f"{server.url}/today")
    await ready(wall)
    await wall.click(".menu summary")
    await wall.click("form[action='/logout'] button")
    await wall.wait_for_url("**/login**")
    await until(wall, f"({SHELLS})().then((kept) => !kept.includes('/offline'))", 5)
    assert await wall.evaluate(f"({KEPT})()")
    scopes = "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => new URL(one.scope).pathname))"
    assert sorted(await wall.evaluate(scopes)) == ["/", "/wall"]
    await server.stop()
    await wall.goto(f"{server.url}/wall")
    await until(wall, "document.body.innerText.includes('Stina')", 10)


# --- an app --------------------------------------------------------------------------------------------------------


async def test_a_phone_may_install_it(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    devtools = await page.context.new_cdp_session(page)
    found = await devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{server.url}/manifest.webmanifest"
    wrong = (await devtools.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    assert [one["errorId"] for one in wrong if one["errorId"] != "in-incognito"] == []
    assert (
        await page.evaluate("""async () => {
      const icon = document.querySelector("link[rel='apple-touch-icon']").href;
      return (await createImageBitmap(await (await fetch(icon)).blob())).width;
    }""")
        == 180
    )


# --- the browser is closed, killed, started again ------------------------------------------------------------------

WRITE = """async ({ id, client, reason }) => {
  const fields = [["client", client], ["category", "short_intensive"], ["reason", reason], ["request_id", id]];
  const whom = "Åke Provström 1971-02-03";
  await outbox.put({ id, url: "/flag", fields, kind: "flag", whom, words: reason, user: "anna", team: "kusten" });
}"""
REQUEST = "6f1c2b7e-5d0a-4d37-9f0b-0c6f2f6b8a11"
REASON = "Står i trapphuset, svarar inte, ljud inifrån"


def _browsers(profile: Path) -> list[int]:
    """The processes of the browser with this profile."""
    found = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdigit() and f"--user-data-dir={profile}".encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


class Phone:
    """A browser with a profile of its own, which may be killed and started again."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    async def start(self) -> BrowserContext:
        self._playwright = await async_playwright().start()
        launch = self._playwright.chromium.launch_persistent_context
        self.context = await launch(self._profile, **how_to_start(), **PHONE)
        return self.context

    async def kill(self) -> None:
        """All its processes at once, with nothing said to any of them."""
        for process in await asyncio.to_thread(_browsers, self._profile):
            os.kill(process, signal.SIGKILL)
        await self.end()

    async def end(self) -> None:
        with contextlib.suppress(Error):
            await self.context.close()
        await self._playwright.stop()


@pytest_asyncio.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    given = Phone(tmp_path / "profile")
    yield given
    await given.end()


async def flags_in(server: Server) -> list[str]:
    """The reasons of the flags that the team has, in their order."""
    async with server.service.app.state.store.reading() as connection:
        rows = await history.story(connection, OWN, server.service.clients["Åke Provström"])
    return [row.fact.reason for row in rows if isinstance(row.fact, PutOnBoard | FlaggedAgain)]


async def until_flagged(server: Server, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await flags_in(server):
            await asyncio.sleep(0.1)


async def test_a_flag_on_a_phone_whose_browser_was_killed_is_sent_once_when_it_is_opened_again(
    phone: Phone, server: Server
) -> None:
    page = await (await phone.start()).new_page()
    await server.service.sign_in(page, "anna")
    await page.goto(f"{server.url}/flag")
    await ready(page)
    await server.stop()
    client = server.service.clients["Åke Provström"]
    await page.evaluate(WRITE, {"id": REQUEST, "client": client, "reason": REASON})
    await phone.kill()

    page = await (await phone.start()).new_page()
    await page.goto(f"{server.url}/flag")  # still no server: the form without anybody, and what waits
    assert await page.evaluate("outbox.count()") == 1
    await phone.kill()

    await server.start()
    page = await (await phone.start()).new_page()
    await server.service.sign_in(page, "anna")  # a killed browser may have lost its newest cookies
    await page.goto(f"{server.url}/today")
    await until_flagged(server, 20)
    await until(page, "outbox.count().then((waiting) => waiting === 0)", 5)
    assert await flags_in(server) == [REASON]


async def test_what_waits_is_sent_by_the_worker_when_no_page_is_open(phone: Phone, server: Server) -> None:
    context = await phone.start()
    page = await context.new_page()
    await server.service.sign_in(page, "anna")
    await page.goto(f"{server.url}/flag")
    await ready(page)
    await server.stop()
    client = server.service.clients["Åke Provström"]
    await page.evaluate(WRITE, {"id": REQUEST, "client": client, "reason": REASON})
    empty = await context.new_page()
    await page.close()
    await server.start()
    devtools = await context.new_cdp_session(empty)
    registrations: asyncio.Queue[str] = asyncio.Queue()
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: [registrations.put_nowait(one["registrationId"]) for one in event["registrations"]],
    )
    await devtools.send("ServiceWorker.enable")
    await devtools.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": server.url,
            "registrationId": await asyncio.wait_for(registrations.get(), 5),
            "tag": "outbox",
            "lastChance": False,
        },
    )
    await until_flagged(server, 20)
    assert await flags_in(server) == [REASON]


# --- a flag without a server ---------------------------------------------------------------------------------------


async def offline(new_page: NewPage, server: Server, path: str = "/flag") -> Page:
    """A phone that has kept its reader's clients; the server is gone, and the form stands there."""
    page = await a_phone(new_page, server)
    await until(page, "outbox.recall('clients').then(Boolean)", 5)
    await server.stop()
    await page.goto(server.url + path)
    await page.locator("#near .offer").first.wait_for()
    return page


async def send(page: Page) -> None:
    await page.fill("[name=reason]", REASON)
    await page.check("[name=category][value=short_intensive]", force=True)
    await page.click("#flag .send .primary")
    await page.locator("[data-state=waiting]").wait_for()


async def test_a_flag_made_without_a_server_says_not_sent_and_arrives_when_it_is_back(
    new_page: NewPage, server: Server
) -> None:
    page = await offline(new_page, server)
    await page.fill("#f-q", "prov AKE")
    assert await page.locator("#near .offer:visible").count() == 1
    await page.click("#near .offer:visible label")
    await send(page)
    assert "INTE SKICKAT" in await page.inner_text("[data-state=waiting]")
    await server.start()
    await page.click("[data-try]")
    await page.locator("[data-state=saved]").wait_for()
    assert await flags_in(server) == [REASON]
    assert await page.evaluate("outbox.count()") == 0


async def test_two_flags_of_one_kept_form_are_two(new_page: NewPage, server: Server) -> None:
    page = await offline(new_page, server)
    for _ in range(2):
        await page.goto(f"{server.url}/flag")
        await page.click("#near .offer label")
        await send(page)
        await page.goto(f"{server.url}/today")
    assert await page.evaluate("outbox.count()") == 2


async def test_what_is_known_of_the_one_chosen_stands_there_without_a_server(new_page: NewPage, server: Server) -> None:
    aake, details = server.service.clients["Åke Provström"], Details("Provström", "Åke", case_manager="anna")
    known = replace(details, helps="Ring systern", warnings="Gå två", phone="070-174 06 35")
    await server.service.recorder.change(OWN, "anna", enrolment.correct, client=aake, details=known)
    page = await offline(new_page, server, f"/flag?client={aake}")
    await page.locator("#beside .careful").wait_for()
    assert await page.inner_text("#beside .careful") == "Gå två"
    assert "Ring systern" in await page.inner_text("#beside")
    assert await page.get_attribute("#beside a.tel", "href") == "tel:0701740635"


async def test_somebody_who_is_not_in_the_list_is_written_down_and_chosen_when_the_server_is_back(
    new_page: NewPage, server: Server
) -> None:
    page = await offline(new_page, server)
    await page.fill("#f-q", "Stina från gruppboendet")
    await page.click("#near .other")
    await send(page)
    assert "Stina från gruppboendet" in await page.inner_text("[data-state=waiting]")
    await server.start()
    await page.goto(f"{server.url}/flag")
    await until(page, "outbox.list().then((all) => all[0]?.state === 'asks')", 20)
    id = await page.evaluate("outbox.list().then((all) => all[0].id)")
    await page.goto(f"{server.url}/waiting")
    await page.goto(f"{server.url}/flag#again={id}")
    await until(page, "document.getElementById('f-q').value === 'Stina från gruppboendet'", 5)
    assert await page.input_value("[name=reason]") == REASON
    await page.fill("#f-q", "stina")
    await page.click("#found .found")
    await page.click("#flag .send .primary")
    await page.locator("[data-state=saved]").wait_for()
    assert await page.evaluate("outbox.count()") == 0


async def test_a_typed_name_that_the_server_cannot_take_stands_in_the_search_and_is_said(
    new_page: NewPage, server: Server
) -> None:
    page = await offline(new_page, server, "/board")
    await page.fill("#f-q", "Stina från gruppboendet")
    assert await page.is_checked("#near .other input")  # nobody in the list fits
    await page.fill("#f-q", "")
    assert await page.locator("[name=client]:checked").count() == 0
    await page.fill("#f-q", "Stina från gruppboendet")
    await send(page)
    await server.start()
    await page.click("[data-try]")
    await page.locator("[data-wrote]").wait_for()
    assert urlsplit(page.url).path == "/flag"
    assert "Stina från gruppboendet" in await page.inner_text("[data-wrote]")
    assert await page.input_value("#f-q") == "Stina från gruppboendet"
    assert await page.input_value("[name=reason]") == REASON


async def test_all_that_is_missing_is_said_beside_the_button(new_page: NewPage, server: Server) -> None:
    page = await offline(new_page, server)
    await page.click("#near .offer label")
    await page.locator("[name=category]:checked").evaluate_all("(all) => all.forEach((one) => one.checked = false)")
    await page.fill("[name=reason]", REASON)
    await page.click("#flag .send .primary")
    assert await page.locator("[data-lack=category]").is_visible()
    assert await page.locator("[data-lack=reason]").is_hidden()
    assert await page.locator("[data-missing=category]").evaluate("(one) => one.getBoundingClientRect().top >= 0")
    await page.check("[name=category][value=short_intensive]", force=True)
    assert await page.locator("[data-lacks]").is_hidden()


async def test_who_is_on_duty_is_kept_with_the_time_at_which_it_was_known(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    await until(page, "outbox.recall('clients').then(Boolean)", 5)
    call = '{ ...(await outbox.recall("clients")), call: "<div class=call>070-1</div>" }'
    await page.evaluate(f'(async () => outbox.keep("clients", {call}, 1))()')
    await server.stop()
    await page.goto(f"{server.url}/board")
    await until(page, "[...document.querySelectorAll('.call')].every((one) => one.textContent === '070-1')", 5)
    await page.goto(f"{server.url}/waiting")
    await until(page, "document.getElementById('waiting-call').textContent === '070-1'", 5)


async def test_the_page_as_it_is_now_comes_back_by_itself_but_never_over_what_was_written(
    new_page: NewPage, server: Server
) -> None:
    page = await offline(new_page, server)
    other = await page.context.new_page()
    await other.goto(f"{server.url}/today")
    await page.fill("[name=reason]", REASON)
    await server.start()
    for one in (page, other):
        await one.evaluate("dispatchEvent(new Event('online'))")
    await other.locator("#live").wait_for(state="attached")
    await page.locator("#back").wait_for()
    assert await page.input_value("[name=reason]") == REASON


async def test_a_phone_on_which_nobody_works_lets_nobody_write(new_page: NewPage, server: Server) -> None:
    page = await a_phone(new_page, server)
    await page.evaluate("outbox.forget()")
    await server.stop()
    await page.goto(f"{server.url}/flag")
    await page.locator("#nobody").wait_for()
    assert await page.locator("#flag").is_hidden()
    assert "112" in await page.inner_text("#away")

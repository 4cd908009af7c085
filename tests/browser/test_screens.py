"""A wall screen in a real browser: paired by a phone, blanked, revoked, and back by itself whatever happens to it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from time import perf_counter

import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_live_page import reaches, until
from tests.conftest import Clock
from tests.service import Service, a_service

WALL = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}

STORED = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const known of await cache.keys()) found.push(known.url, await (await cache.match(known)).text());
  }
  for (const {name} of await indexedDB.databases()) {
    const base = await new Promise((done) => { const o = indexedDB.open(name); o.onsuccess = () => done(o.result); });
    for (const store of base.objectStoreNames) {
      const all = await new Promise((done) => {
        const r = base.transaction(store).objectStore(store).getAll();
        r.onsuccess = () => done(r.result);
      });
      for (const one of all) {
        found.push(JSON.stringify(one), one.sealed ? new TextDecoder("latin1").decode(one.sealed) : "");
        if (one instanceof CryptoKey) found.push(`key extractable: ${one.extractable}`);
      }
    }
    base.close();
  }
  return found.join("\\n");
}"""

KEPT = """async () => {
  const base = await new Promise((done) => {
    const o = indexedDB.open("factboard-wall", 1);
    o.onupgradeneeded = () => o.result.createObjectStore("kept");
    o.onsuccess = () => done(o.result);
  });
  const keys = await new Promise((done) => {
    const r = base.transaction("kept").objectStore("kept").getAllKeys(); r.onsuccess = () => done(r.result); });
  base.close();
  return keys.includes("picture") && Boolean(await caches.match("/wall/shell"));
}"""

TIMES = """async () => {
  const base = await new Promise((done) => {
    const o = indexedDB.open("factboard-wall", 1); o.onsuccess = () => done(o.result); });
  const times = await new Promise((done) => {
    const r = base.transaction("kept").objectStore("kept").get("times"); r.onsuccess = () => done(r.result); });
  base.close();
  return Object.keys(times ?? {});
}"""


@pytest_asyncio.fixture
async def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock, port: int) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock, port) as running:
        yield running


async def a_wall(new_page: NewPage, service: Service, outside: str = "board", at: datetime | None = None) -> Page:
    """A wall screen of the team, paired by the lead's phone, live. `at` is what the screen's own clock says."""
    wall, phone = await new_page(viewport=WALL), await new_page(viewport=PHONE, has_touch=True)
    if at:
        await wall.clock.set_system_time(at)
    await wall.goto(f"{service.url}/wall?lang=sv")
    code = await wall.inner_text(".code")
    await service.sign_in(phone, "lars")
    await phone.goto(f"{service.url}/pair?code={code.replace(' ', '')}")
    await phone.fill("[name=name]", "Mötesrummet")
    await phone.check(f"[name=outside][value={outside}]")
    await phone.check("[name=seen]")
    await phone.click("main form button.primary")
    await reaches(wall, "live", 10)
    await phone.context.close()
    return wall


async def test_a_phone_pairs_the_screen_and_it_shows_the_wall_by_itself(new_page: NewPage, service: Service) -> None:
    await service.put_on("Stina Exempel")
    wall = await a_wall(new_page, service)
    assert "Stina" in await wall.inner_text("#view")
    assert "Exempel" not in await wall.inner_text("#view")
    await service.put_on("Åke Provström")
    await until(wall, "document.getElementById('view').innerText.includes('Åke')", 2)
    assert wall.errors == []  # type: ignore[attr-defined]


async def test_one_button_on_a_phone_blanks_every_wall(new_page: NewPage, service: Service) -> None:
    await service.put_on("Stina Exempel")
    wall, phone = await a_wall(new_page, service), await new_page(viewport=PHONE)
    await service.sign_in(phone, "anna")
    await phone.goto(f"{service.url}/board")
    await phone.click(".menu summary")
    await phone.click("form[action='/wall/blank'] button")
    await until(wall, "!document.getElementById('view').innerText.includes('Stina')", 2)
    await until(wall, f"({KEPT})().then((kept) => !kept)", 5)  # what was kept goes as well


async def test_one_key_on_a_wall_blanks_it(new_page: NewPage, service: Service) -> None:
    await service.put_on("Stina Exempel")
    wall = await a_wall(new_page, service)
    await wall.keyboard.press("b")
    await until(wall, "!document.getElementById('view').innerText.includes('Stina')", 2)


async def test_a_revoked_wall_is_blank_within_five_seconds_and_keeps_nothing(
    new_page: NewPage, service: Service
) -> None:
    await service.put_on("Stina Exempel")
    wall = await a_wall(new_page, service)
    await until(wall, f"({KEPT})()", 10)
    async with service.person("lars") as lars:
        page = (await lars.get("/settings")).text
        screen = page.split('href="/settings/screens/')[1].split('"')[0]
        await lars.post(f"/settings/screens/{screen}/revoke")
        revoked = perf_counter()
    await until(wall, "!document.body.innerText.includes('Stina')", 5)
    assert perf_counter() - revoked < 5
    await wall.locator(".code").wait_for()
    await until(wall, "indexedDB.databases().then((all) => !all.length)", 5)
    assert "Stina" not in await wall.evaluate(STORED)


async def test_a_wall_is_live_again_by_itself_after_a_restart(
    new_page: NewPage, sqlite_url: str, clock: Clock, port: int
) -> None:
    async with a_service(Store(sqlite_url), clock, port) as service:
        await service.put_on("Stina Exempel")
        wall = await a_wall(new_page, service)
    async with a_service(Store(sqlite_url), clock, port) as service:
        await service.put_on("Åke Provström")
        await until(wall, "document.getElementById('view').innerText.includes('Åke')", 10)
        await reaches(wall, "live", 5)


async def test_after_a_power_cut_with_no_server_the_last_truth_stands_there_greyed(
    new_page: NewPage, sqlite_url: str, clock: Clock, port: int
) -> None:
    async with a_service(Store(sqlite_url), clock, port) as service:
        await service.put_on("Stina Exempel")
        wall = await a_wall(new_page, service, at=clock.now + timedelta(hours=1))
        await until(wall, f"({KEPT})()", 10)
        stored = await wall.evaluate(STORED)
        assert "Stina" not in stored
        assert "key extractable: false" in stored
    await wall.reload()
    await reaches(wall, "frozen", 10)
    await until(wall, "document.getElementById('view').innerText.includes('Stina')", 5)
    said = await wall.inner_text("#live-state")
    assert "09:40" in said  # the server's time, whatever the screen's own clock says
    assert await wall.evaluate("!document.querySelector('#view #frame')")
    async with a_service(Store(sqlite_url), clock, port) as service:
        await service.put_on("Åke Provström")
        await reaches(wall, "live", 15)
        assert "Åke" in await wall.inner_text("#view")


async def test_the_key_covers_a_wall_that_has_lost_its_server_and_nothing_is_kept(
    new_page: NewPage, sqlite_url: str, clock: Clock, port: int
) -> None:
    async with a_service(Store(sqlite_url), clock, port) as service:
        await service.put_on("Stina Exempel")
        wall = await a_wall(new_page, service)
        await until(wall, f"({KEPT})()", 10)
    await wall.keyboard.press("b")
    await expect(wall.locator("#view")).to_be_hidden()
    await until(wall, f"({KEPT})().then((kept) => !kept)", 5)
    async with a_service(Store(sqlite_url), clock, port) as service:
        await until(wall, "!!document.querySelector('#wall.is-blank')", 15)  # the others follow by themselves
        await expect(wall.locator("#view")).to_be_visible()
        async with service.person("anna") as anna:
            await anna.post("/wall/show")
        await expect(wall.locator("#view")).to_contain_text("Stina", timeout=5_000)


async def test_without_a_server_a_wall_shows_what_its_team_lets_it_show_at_that_hour(
    new_page: NewPage, sqlite_url: str, clock: Clock, port: int
) -> None:
    """Numbers in the evening; the morning's board again when the team meets the day after."""
    async with a_service(Store(sqlite_url), clock, port) as service:
        await service.put_on("Stina Exempel")
        wall = await a_wall(new_page, service, "counts", clock.now)
        await until(wall, f"({KEPT})()", 10)
        assert "Stina" in await wall.inner_text("#view")
        await wall.clock.set_system_time(clock.forward(hours=8))
        await service.put_on("Åke Provström")
        await until(
            wall, "!!document.querySelector('#wall.is-counts') && document.body.classList.contains('is-live')", 15
        )
        await until(wall, f"({TIMES})().then((times) => times.includes('outside'))", 5)
    await wall.reload()
    await reaches(wall, "frozen", 10)
    await until(wall, "!!document.querySelector('#wall.is-counts')", 5)
    assert "Stina" not in await wall.inner_text("#view")
    assert "17:40" in await wall.inner_text("#live-state")
    await wall.clock.set_system_time(clock.now + timedelta(hours=15))
    await expect(wall.locator("#view")).to_contain_text("Stina", timeout=10_000)
    assert await wall.evaluate("document.body.classList.contains('is-frozen')")
    await expect(wall.locator("#live-state")).to_contain_text("23 nov. 09:40")
    await wall.clock.set_system_time(clock.now + timedelta(days=5, hours=15))
    await expect(wall.locator("#view")).to_be_empty(timeout=10_000)

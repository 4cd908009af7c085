"""What a phone's disk has of those who were written about: nothing that can be read."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import async_playwright

from tests.phone import acts, judge
from tests.phone.line import Fault
from tests.phone.storm import Act, Hand, Kind, Meanwhile
from tests.phone.traces import cached, leaks, on_disk, stored
from tests.phone.world import NAMES, World
from tests.service import OWN

WAITS = Act(Kind.FLAG, Fault.REFUSED, Hand.STAYS, Meanwhile.NOTHING, elsewhere=False, all_of_it=False, throws_away=True)


@pytest_asyncio.fixture
async def world(tmp_path: Path, empty_sqlite: Path) -> AsyncIterator[World]:
    shutil.copy(empty_sqlite, tmp_path / "factboard.db")
    async with async_playwright() as playwright:
        running = World(playwright, tmp_path, whole=True)  # the one that people have, with all that it keeps
        await running.begin()
        yield running
        await running.end()


async def test_what_somebody_reads_types_and_sends_cannot_be_read_on_the_disk(world: World) -> None:
    page, client = world.phone.page, world.clients[NAMES[OWN][0]]
    one = await acts.write(world, WAITS, "Ropar kanariefågel i trapphuset", client)
    await acts.tap(world, one)
    world.line.when = lambda method, path: (method, path) == ("POST", "/flag")
    await world.open("/board")
    await world.open("/flag")
    await page.fill("#f-q", NAMES[OWN][0][:5])
    await page.locator("#found .found").first.wait_for()
    await page.fill("[name=reason]", "Halvskrivet men inte skickat")
    for path in (f"/clients/{client}", f"/clients/{client}/keep", "/board", "/", "/waiting"):
        await world.open(path)
    await world.open("/flag")
    await page.fill("[name=reason]", "Halvskrivet men inte skickat")
    (token,) = [str(one.get("value")) for one in await world.phone.context.cookies() if one.get("name") == "factboard"]
    await world.phone.off()
    files = on_disk(world.phone.profile)
    assert leaks(files, [*judge.secrets(world), "Halvskrivet men"]) == []
    assert {name for name, _ in leaks(files, [token])} <= {"Default/Cookies", "Default/Cookies-journal"}
    assert one.id in "".join(map(str, files.values()))  # it waits there, and was looked for in the right place


async def test_no_page_is_in_the_browsers_cache_of_files(world: World) -> None:
    client = world.clients[NAMES[OWN][0]]
    for path in ("/flag", f"/clients/{client}", "/board", "/", "/waiting"):
        await world.open(path)
    await world.phone.off()
    kept = cached(on_disk(world.phone.profile))
    assert "/manifest.webmanifest" in kept
    assert {path for path in kept if not path.startswith("/static/")} <= {
        "",
        "/",
        "/manifest.webmanifest",
        "/worker.js",
    }


async def test_the_search_finds_what_can_be_read(world: World) -> None:
    page = world.phone.page
    await page.evaluate("""async () => {
      localStorage.setItem("a", "planterad ett");
      history.replaceState(null, "", "?q=planterad+tv%C3%A5");
      await (await caches.open("c")).put("/c", new Response("planterad tre"));
      await new Promise((resolve) => {
        const asked = indexedDB.open("planted");
        asked.onupgradeneeded = () => asked.result.createObjectStore("s");
        asked.onsuccess = () => {
          const changes = asked.result.transaction("s", "readwrite");
          changes.objectStore("s").put({ said: ["planterad fyra"], raw: new TextEncoder().encode("planterad fem") }, 1);
          changes.oncomplete = resolve;
        };
      });
      document.title = "planterad sex";
    }""")
    words = ["planterad ett", "planterad två", "planterad tre", "planterad fyra", "planterad fem", "planterad sex"]
    assert {word for _, word in leaks(await stored(page), words)} == set(words)
    await world.phone.off()
    assert {word for _, word in leaks(on_disk(world.phone.profile), words)} == set(words)

"""Eight hours on the wall, in a minute: nothing is missed, and neither the page nor the server grows.

Each simulated hour a busy team works through the recorder; at its end the screen must show exactly what the server's
frame says. A seeded sample here, thirteen times as many changes with --full.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any

from playwright.async_api import Page

from factboard.domain import enrolment, placement, roster, visits
from factboard.domain import events as e
from factboard.domain.refusal import Refused
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

HOURS = 8
STAFF = ("anna", "lars")
CATEGORIES = ("short_intensive", "crisis_prevention", "long_intensive", "admitted")

SAME = """html => {
  const plain = (root) => {
    root.querySelector("#frame")?.remove();
    for (const one of root.querySelectorAll("*")) {
      one.removeAttribute("data-htmx-powered");
      one.removeAttribute("style");
    }
    return root.innerHTML.replace(/\\s+/g, " ").replace(/> </g, "><").trim();
  };
  const wanted = document.createElement("div");
  wanted.innerHTML = html;
  const [shown, right] = [plain(document.getElementById("view").cloneNode(true)), plain(wanted)];
  if (shown === right) return "";
  const at = [...shown].findIndex((sign, place) => sign !== right[place]);
  return `shown: ${shown.slice(at - 80, at + 120)} | right: ${right.slice(at - 80, at + 120)}`;
}"""


@dataclass(frozen=True)
class Size:
    """What a page holds after its garbage has gone, and what the server holds: objects of its own process."""

    heap: float
    nodes: int
    listeners: int
    objects: int


class Team:
    """Thirty clients on the board, and people who never rest."""

    def __init__(self, service: Service, clock: Clock, seed: int) -> None:
        self.service, self.clock, self.chance = service, clock, Random(seed)
        self.clients: list[str] = []

    async def begin(self) -> None:
        async with self.service.recorder.together(OWN, "lars") as desk:
            for number in range(40):
                details = e.Details(f"Provberg{number:02d}", "Stina", birth_date=date(1970, 1, 1 + number % 28))
                self.clients.append(str((await desk.decide(enrolment.enrol, details=details)).client))
            for number, client in enumerate(self.clients[:30]):
                what: dict[str, Any] = {"category": CATEGORIES[number % 4], "reason": "Sover inte"}
                await desk.decide(placement.put_on_board, client=client, **what)

    async def works(self, changes: int) -> None:
        """An hour of theirs, so many changes tried in it; the board stays about as full."""
        for _ in range(changes):
            self.clock.forward(seconds=3600 / changes)
            rule, client, typed = self._something()
            try:
                await self.service.recorder.change(OWN, self.chance.choice(STAFF), rule, client=client, **typed)
            except Refused:
                continue

    def _something(self) -> tuple[Any, str | None, dict[str, Any]]:
        chance, today = self.chance, self.clock().date()
        client, who = chance.choice(self.clients), chance.choice(STAFF)
        acts: Sequence[tuple[Any, str | None, dict[str, Any]]] = (
            (
                placement.put_on_board,
                client,
                {"category": chance.choice(CATEGORIES), "reason": f"Skäl {chance.random()}"},
            ),
            (placement.take, client, {}),
            (placement.rate, client, {"rating": chance.choice(list(e.Rating)[:4]), "basis": e.Basis.SEEN}),
            (placement.log_contact, client, {"contact": chance.choice(list(e.ContactKind))}),
            (placement.recategorise, client, {"category": chance.choice(CATEGORIES)}),
            (visits.plan_visit, client, {"who": who, "day": today + timedelta(days=chance.randint(0, 2))}),
            (placement.return_to_planned_care, client, {"reason": "Som vanligt"}),
            (roster.set_duty, None, {"day": today, "user": who}),
        )
        return chance.choice(acts)


async def same(page: Page, service: Service, team: Team) -> None:
    """What the page shows equals the server's state, once the newest has reached it, within ten seconds."""
    await service.app.state.hub.sweep()
    deadline = perf_counter() + 10
    while True:  # the scheduler writes down what falls due meanwhile
        frame = await service.app.state.wall.frame(OWN, "sv", "short.board")
        if await page.evaluate("document.querySelector('#frame')?.value") == frame.version:
            break
        assert perf_counter() < deadline
        await asyncio.sleep(0.05)
    assert await page.evaluate(SAME, frame.html) == "", team.clock()


async def size(page: Page) -> Size:
    session = await page.context.new_cdp_session(page)
    for _ in range(2):
        await session.send("HeapProfiler.collectGarbage")
    heap = await session.send("Runtime.getHeapUsage")
    dom = await session.send("Memory.getDOMCounters")
    await session.detach()
    gc.collect()
    return Size(heap["usedSize"], dom["nodes"], dom["jsEventListeners"], len(gc.get_objects()))


async def test_a_wall_misses_nothing_and_grows_by_nothing_in_eight_hours(
    sqlite_url: str, clock: Clock, new_page: NewPage, full: bool
) -> None:
    clock.now = datetime.fromisoformat("2026-11-23T07:00:00+00:00")
    changes = 200 if full else 15
    async with a_service(Store(sqlite_url), clock) as service:
        team = Team(service, clock, seed=7)
        await team.begin()
        page = await new_page(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
        await service.sign_in(page, "lars")
        await page.goto(f"{service.url}/wall/here?lang=sv")
        sizes = []
        for _ in range(HOURS):
            await team.works(changes)
            await same(page, service, team)
            sizes.append(await size(page))
        warm, end = sizes[1], sizes[-1]
        assert end.heap < warm.heap * 1.15 + 300_000
        assert end.nodes < warm.nodes * 1.5 + 500
        assert end.listeners <= warm.listeners + 20
        assert end.objects < warm.objects * 1.15 + 20_000

"""Every page, in both languages and themes, at phone, laptop and wall width: axe finds nothing, nothing overlaps.

One of the twelve ways a page, another for each, runs in `make test`, all of them with --full.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from factboard.addresses import ROUTES, Address
from factboard.domain import anchoring, care, documents, enrolment, meeting, merging, placement, roster, screens, visits
from factboard.domain import events as e
from factboard.domain.access import Look
from factboard.domain.access.drawing import Drawn, Judged, check_access
from factboard.domain.events.contents import Kind
from factboard.domain.people import Right
from factboard.recorder import Receipt
from factboard.storage import access, projections
from factboard.storage.codec import instant_to_text
from factboard.storage.engine import Store
from factboard.web.act import ACTS
from tests import moved
from tests.conftest import NOW
from tests.filled import written
from tests.service import OTHER, OWN, Service, a_service

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WAYS = list(product(("sv", "en"), THEMES, (390, 1280, 1920)))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
READER = {
    Right.PUBLIC: None,
    Right.SIGNED_IN: "anna",
    Right.WALL: "anna",
    Right.CARE: "anna",
    Right.LEAD: "lars",
    Right.HISTORY: "lars",
    Right.INQUIRY: "lars",
    Right.AUDIT: "maria",
    Right.ADMIN: "admin",
}
FORMS = [Kind.CARE_PLAN, Kind.CRISIS_PLAN, Kind.RESOURCE_GROUP, Kind.SIP]  # of all that is asked for, enough
NO_PAGE = (
    "/live/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/extract.csv",
    "/history/proof/checkpoints/",
    "/history.csv",
    "/history.xlsx",
    "/history.jsonl",
    "/statistics/fidelity.xlsx",
    "/notices/count",
    "/sight",
    "/taken",
    "/found",
    "/flag/clients/",
    "/wall/shell",
    "/wall/worker.js",
    "/wall/paired",
    "/worker.js",
    "/phone/clients",
    "/manifest.webmanifest",
)
JUDGE = """async rules => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `axe ${id}: ${html.slice(0, 160)}`));
}"""  # what it finds in order is as large as the page, and stays there
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

OVERLAPPING = """() => {
  const found = [];
  for (const parent of document.querySelectorAll("main, #view, .group, form, table, tbody, ul, dl, section")) {
    const boxes = [...parent.children].filter((child) => {
      const style = getComputedStyle(child);
      const still = style.position === "static" || style.position === "relative";
      const box = style.display !== "inline" && style.display !== "contents" && child.getClientRects().length;
      return still && box && !child.hidden;
    }).map((child) => [child, child.getBoundingClientRect()]);
    boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 2) {
        found.push(`${one.tagName}.${one.className} over ${other.tagName}.${other.className}`);
      }
    }));
  }
  return found;
}"""


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> AsyncIterator[Service]:
    """A team in the middle of a morning: new, taken, overdue, seen, unseen, with actions and visits."""
    path = tmp_path_factory.mktemp("look") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    now = [NOW - timedelta(days=9)]
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), lambda: now[0]) as running:
        change, clients = running.recorder.change, running.clients
        early = await running.put_on("Åke Provström", category="crisis_prevention", review_by=now[0].date())
        await change(OWN, "anna", placement.take, client=early.client)
        await change(
            OWN, "anna", placement.log_contact, client=early.client, contact=e.ContactKind.HOME, rating=e.Rating.BETTER
        )
        now[0] = NOW - timedelta(hours=2)
        await change(OWN, "lars", placement.log_contact, client=early.client, contact=e.ContactKind.TRIED)
        for name in ("Stina Exempel", "Johan Testberg", "Vilma Skyddsson"):
            await running.put_on(
                name, actor="lars", needed="Ring före lunch", warning_signs=["Sover dåligt", "Drar sig undan"]
            )
        clients["the time"] = str(early.placement)
        await running.put_on(
            "Åke Provström", actor="lars", reason="Orolig igen efter beskedet", category="crisis_prevention"
        )
        stina = clients["Stina Exempel"]
        await change(OWN, "lars", placement.add_action, client=stina, text="Ring närstående", owner="anna", urgent=True)
        asks = {"text": "Boka läkartid", "anchored": e.Anchored.URGENT}
        asked = await change(OWN, "anna", anchoring.asking(placement.add_action), client=stina, **asks)
        clients["the question"] = str(asked.seq)
        planned = await change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=NOW.date())
        clients["the visit"] = str(planned.seq)
        day = NOW.date()
        ends = day + timedelta(days=9)
        await change(OWN, "lars", care.start_legal_measure, client=stina, name="Öppen tvångsvård", ends=ends)
        await change(OWN, "lars", care.admit, client=stina, ward="Avdelning 51", expected=day)
        await change(OWN, "lars", roster.note_absence, user="lars", first=day, last=ends, note="Utbildning")
        await change(OWN, "lars", roster.set_duty, day=day, user="lars")
        how = {"naming": e.Naming.SHORT, "outside": e.OutsideMeeting.COUNTS}
        await change(OWN, "lars", screens.pair_screen, screen="room", name="Mötesrummet", **how)
        for kind in Kind:
            await change(OWN, "anna", documents.write, client=stina, **written(kind))
        now[0] = NOW
        await change(OWN, "anna", meeting.open_meeting, present=("anna", "lars"), with_all=True)
        async with running.app.state.store.reading() as connection:
            here = await projections.team(connection, OWN)
        assert here
        assert here.meeting
        clients["the meeting"] = here.meeting
        line = await change(
            OWN, "lars", meeting.note, of_meeting=here.meeting, client=stina, part=e.NotePart.DECISION, text="Läkartid"
        )
        clients["the line"] = str(line.seq)
        twin = await change(OWN, "lars", enrolment.enrol, details=e.Details("Exempel", "Kristina"))
        same = {"beside": twin.client, "looked": twin.seq, "reason": "Samma personnummer på legitimationen"}
        joined = await change(OWN, "lars", merging.merge, client=stina, **same)
        maj = await moved.somebody(running.recorder, OTHER, "ingrid")
        clients["the move"] = await moved.asked(running.recorder, OTHER, "ingrid", maj, OWN)
        olle = clients["Olle Främling"]
        await moved.taken_over(running.recorder, OTHER, "ingrid", olle, OWN, "lars", into=stina)
        clients["the merging"] = str(joined.seq)
        clients["the check"] = str((await checked(running, stina)).seq)
        yield running


async def checked(running: Service, client: str) -> Receipt:
    """Looks of the day before, a Sunday, one of which a routine check has drawn."""
    sunday = NOW - timedelta(days=1)
    row = access.Look(instant_to_text(sunday), OWN, "lars", "read", "client", client)
    async with running.app.state.store.writing() as connection:
        await access.append(connection, [row])
    drawn = [Drawn(Look(1, sunday, "lars", "read", "client", (client,)), (e.Because.ODD_HOURS, e.Because.CHANCE))]
    found = {1: Judged(e.Outcome.TO_FOLLOW_UP, "Frågar på måndag")}
    what = {"first": sunday.date(), "last": sunday.date(), "seed": "x", "looks": 1, "drawn": drawn, "judged": found}
    return await running.recorder.change(OWN, "maria", check_access, **what)


def pages() -> list[Address]:
    return [one for one in ROUTES if one.method == "GET" and not any(part in one.path for part in NO_PAGE)]


def concrete(service: Service, path: str, full: bool = False) -> list[str]:
    places = {"{client}": service.clients["Stina Exempel"], "{user}": "anna", "{code}": "admitted", "{screen}": "room"}
    places["{meeting}"] = service.clients["the meeting"]
    places["{placement}"] = service.clients["the time"]
    places["checks/{seq:seq}"] = f"checks/{service.clients['the check']}"
    places |= {"lines/{seq:seq}": f"lines/{service.clients['the line']}", "{sheet}": "on-call", "{paper}": "mine"}
    places["{figure}"] = "time_so_far"
    places |= {"{member}": "r1", "{model}": "personligt_ombud"}
    if "{document}" in path:
        few = {"/withdraw": [Kind.ADVOCACY], "/edit": FORMS, "/versions": FORMS[:1]}
        kinds = next((some for end, some in few.items() if path.endswith(end)), list(Kind))
        if full and not path.endswith("/withdraw"):
            kinds = list(Kind)
        return [p for kind in kinds for p in concrete(service, path.replace("{document}", written(kind)["ref"]))]
    places["{move}"] = service.clients["the move"]
    places["{other}"] = service.clients["Johan Testberg"]
    places["merged/{seq:seq}"] = f"merged/{service.clients['the merging']}"
    places["{visit:seq}"] = service.clients["the visit"]
    for place, value in places.items():
        path = path.replace(place, value)
    if path == "/access-log/check":
        return [path, f"{path}?first=2026-11-16&last=2026-11-22&seed=x"]
    if "{seq:seq}" in path:
        return [path.replace("{seq:seq}", str(service.last_flag))]
    if "{act}" in path:  # those that fit only somebody on the way back are looked at in test_returns
        acts = [act for act, known in ACTS.items() if known.fits is None]
        asked = f"anchoring?of={service.clients['the question']}"
        return [path.replace("{act}", asked if act == "anchoring" else act) for act in acts]
    return [path]


async def judged(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    wrong: list[str] = await page.evaluate(JUDGE, RULES)
    wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        wrong.append(f"{wide} px wider than the screen")
    wrong += [f"overlap: {pair}" for pair in (await page.evaluate(OVERLAPPING))[:5]]
    return wrong


class Desk:
    """One reader's browser, which looks at page after page: to begin anew for each takes longer than to look."""

    def __init__(self, page: Page, service: Service) -> None:
        self.page, self.service = page, service
        self.errors: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    async def look(self, path: str, language: str, theme: Theme, width: int) -> list[str]:
        """What is wrong with the page at this address in this way."""
        await self.page.set_viewport_size({"width": width, "height": 900})
        await self.page.emulate_media(color_scheme=theme)
        await self.page.context.add_cookies([{"name": "lang", "value": language, "url": self.service.url}])
        await self.page.goto(self.service.url + path)
        if await self.page.locator(".send").count():  # what a bar at the lower edge covers has been seen before
            await self.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        wrong = await judged(self.page) + self.errors
        self.errors.clear()
        return [f"{path} {language} {theme} {width}: {one}" for one in wrong]


DeskOf = Callable[[str | None], Awaitable[Desk]]


@pytest_asyncio.fixture(scope="module")
async def desk_of(service: Service, browser: Browser) -> AsyncIterator[DeskOf]:
    desks: dict[str | None, Desk] = {}

    async def found(reader: str | None) -> Desk:
        if reader not in desks:
            context = await browser.new_context(locale="sv-SE")
            desks[reader] = Desk(await context.new_page(), service)
            if reader:
                await service.sign_in(desks[reader].page, reader)
        return desks[reader]

    yield found
    for desk in desks.values():
        await desk.page.context.close()


@pytest.mark.parametrize("address", pages(), ids=lambda address: address.path)
async def test_a_page_is_readable_by_all_in_every_way(
    service: Service, desk_of: DeskOf, address: Address, full: bool
) -> None:
    place = pages().index(address)
    ways = WAYS if full else [WAYS[place * 5 % len(WAYS)]]
    desk = await desk_of(READER[address.right])
    wrong: list[str] = []
    for way, path in product(ways, concrete(service, address.path, full)):
        wrong += await desk.look(path, *way)
    assert wrong == []


async def test_a_form_in_the_dialog_is_as_readable_as_its_page(service: Service, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="sv-SE")
    page = await context.new_page()
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/board")
    await page.locator(f"#card-{service.clients['Stina Exempel']} a[href$='/contact']").click()
    await page.locator("#dialog form").wait_for()
    assert await judged(page) == []
    await context.close()

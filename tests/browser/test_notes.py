"""Meeting notes in a real browser: one sheet of paper for an ordinary morning, and one touch into the record."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest_asyncio
from playwright.async_api import Page

from factboard.domain import care, enrolment, placement, visits
from factboard.domain import events as e
from factboard.domain import meeting as rules
from factboard.storage import projections
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import NOW, Clock
from tests.service import OWN, Service, a_service
from tests.web.reading import facts

CATEGORIES = ("short_intensive", "crisis_prevention", "long_intensive", "hard_to_reach", "new_client")
ORDINARY = (
    (e.NotePart.SITUATION, "Sover tre timmar, systern ringde i går kväll och är orolig"),
    (e.NotePart.DECISION, "Läkartid i morgon, medicin i hand under helgen"),
)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def held(service: Service, count: int, **known: object) -> tuple[str, list[str]]:
    """An ordinary meeting about so many: of three one has two lines and a visit, one a line, one no change. What is
    `known` of each when they are put on the board."""
    async with service.recorder.together(OWN, "lars") as desk:
        people = []
        for number in range(count):
            details = e.Details(f"Provsson-Exempelström{number:02}", "Maria")
            client = (await desk.decide(enrolment.enrol, details=details)).client
            why: dict[str, Any] = {"category": CATEGORIES[number % len(CATEGORIES)], "reason": "Sover inte"} | known
            await desk.decide(placement.put_on_board, client=client, **why)
            await desk.decide(placement.take, client=client)
            people.append(str(client))
    service.app.state.clock.forward(minutes=1)
    change = service.recorder.change
    await change(OWN, "anna", rules.open_meeting, with_all=True, present=["anna", "lars"])
    async with service.app.state.store.reading() as connection:
        here = await projections.team(connection, OWN)
    assert here
    id = here.meeting
    of: dict[str, Any] = {"of_meeting": id, "with_all": True}
    for number, client in enumerate(people):
        await change(OWN, "anna", rules.move_focus, **of, to=client)
        service.app.state.clock.forward(seconds=20)
        for part, text in ORDINARY[: 2 - number % 3]:
            await change(OWN, "lars", rules.note, client=client, of_meeting=id, part=part, text=text)
        if number % 3 == 0:
            planned: dict[str, Any] = {"who": "anna", "day": (NOW + timedelta(days=1)).date(), "backup": "lars"}
            await change(OWN, "lars", visits.plan_visit, client=client, **planned)
        done = rules.no_change if number % 3 == 2 else rules.discuss
        await change(OWN, "anna", done, **of, of=client)
    await change(OWN, "anna", rules.close, **of, reason="Alla besök är inte planerade än")
    return str(id), people


async def opened(service: Service, new_page: NewPage, path: str, **more: object) -> Page:
    page = await new_page(viewport={"width": 1280, "height": 800}, locale="sv-SE", **more)
    page.set_default_timeout(15_000)
    await service.sign_in(page, "lars")
    await page.goto(f"{service.url}{path}")
    return page


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


async def copies(service: Service) -> list[tuple[str, str | None]]:
    return [(row.actor, row.client) for row in await facts(service) if isinstance(row.fact, e.NotesCopied)]


async def test_an_ordinary_meeting_about_thirty_is_one_sheet_of_paper(service: Service, new_page: NewPage) -> None:
    id, _ = await held(service, 30)
    page = await opened(service, new_page, f"/meetings/{id}")
    assert await page.locator("ol.clients > li").count() == 30
    assert pages_of(await page.pdf(prefer_css_page_size=True, print_background=True)) == 1
    await page.emulate_media(media="print")
    assert await page.is_visible("ol.clients > li:last-child .turn")
    for gone in (".top", ".foot", ".correct >> nth=0", ".about .buttons"):
        assert not await page.is_visible(gone)


async def test_one_touch_is_in_the_clipboard_and_in_the_history(service: Service, new_page: NewPage) -> None:
    id, [client] = await held(service, 1)
    page = await opened(
        service, new_page, f"/meetings/{id}/clients/{client}", permissions=["clipboard-read", "clipboard-write"]
    )
    assert not await page.is_visible("[data-by-hand]")
    wanted = await page.input_value("#record-text")
    assert "Läkartid i morgon" in wanted
    await page.click("[data-copy-button]")
    await page.wait_for_selector(".copies")
    assert await page.evaluate("navigator.clipboard.readText()") == wanted
    assert "Lars Test" in await page.inner_text(".copies")
    assert await copies(service) == [("lars", client)]
    assert page.errors == []  # type: ignore[attr-defined]


async def test_where_the_browser_refuses_it_is_marked_and_nobody_has_copied_it(
    service: Service, new_page: NewPage
) -> None:
    id, [client] = await held(service, 1)
    page = await opened(service, new_page, f"/meetings/{id}/clients/{client}")
    wanted = await page.input_value("#record-text")
    await page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no')); }")
    await page.click("[data-copy-button]")
    await page.wait_for_selector("[data-copy-failed]")
    marked = "(text => text.value.slice(text.selectionStart, text.selectionEnd))"
    assert await page.evaluate(f"{marked}(document.querySelector('#record-text'))") == wanted
    assert await copies(service) == []
    await page.click("[data-by-hand] button")
    await page.wait_for_selector(".copies")
    assert await copies(service) == [("lars", client)]


async def test_without_a_script_the_text_is_marked_by_hand_and_one_says_so(service: Service, new_page: NewPage) -> None:
    id, [client] = await held(service, 1)
    page = await opened(service, new_page, f"/meetings/{id}/clients/{client}", java_script_enabled=False)
    assert not await page.is_visible("[data-copy-button]")
    assert "Läkartid i morgon" in await page.input_value("#record-text")
    await page.click("[data-by-hand] button")
    await page.wait_for_selector(".copies")
    assert await copies(service) == [("lars", client)]


async def test_a_corrected_line_is_read_at_once_with_how_it_was(service: Service, new_page: NewPage) -> None:
    id, [client] = await held(service, 1)
    page = await opened(service, new_page, f"/meetings/{id}/clients/{client}")
    await page.click(".written .correct >> nth=0")
    await page.fill("[name=text]", "Sover hela natten")
    await page.click("main form button.primary")
    await page.wait_for_selector(".written .was")
    assert await page.inner_text(".written .said >> nth=0") == "Sover hela natten"
    assert "Sover hela natten" in await page.input_value("#record-text")
    assert ORDINARY[0][1] in await page.inner_text(".written .was")


async def test_the_sheets_of_thirty_are_few_pages_of_a4(service: Service, new_page: NewPage) -> None:
    signs = ("Slutar svara i telefon", "Vänder på dygnet")
    _, people = await held(service, 30, warning_signs=signs, needed="Läkartid, och någon hos henne var dag")
    for number, client in enumerate(people):
        rated: dict[str, Any] = {"rating": e.Rating.WORSE, "basis": e.Basis.SEEN}
        await service.recorder.change(OWN, "lars", placement.rate, client=client, **rated)
        if number % 3 == 0:
            law: dict[str, Any] = {"name": "ÖRV", "ends": (NOW + timedelta(days=30)).date()}
            await service.recorder.change(OWN, "lars", care.start_legal_measure, client=client, **law)
    page = await opened(service, new_page, "/sheets/morning")
    for sheet, most in (("morning", 2), ("on-call", 3)):
        await page.goto(f"{service.url}/sheets/{sheet}")
        assert await page.locator(".person, .people tbody tr").count() == 30
        pdf = await page.pdf(prefer_css_page_size=True)
        assert b"/MediaBox [0 0 841" in pdf, "A4, lying"
        assert 1 <= pages_of(pdf) <= most

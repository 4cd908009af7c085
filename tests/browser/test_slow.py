"""A slow network, where a second touch comes before the first one's answer: none is lost, and none disturbs another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, time

import pytest_asyncio
from playwright.async_api import Locator, Page, Route, expect

from factboard.domain import visits
from factboard.domain.events import Taken
from factboard.storage import history
from factboard.storage.codec import recorded
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

LATE = 1.2  # seconds until the answer to a POST comes
STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"
ROWS = (STINA, AKE, VILMA)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        for name in (STINA, AKE, VILMA):
            await running.put_on(name)
        yield running


async def slowly(service: Service, new_page: NewPage, path: str = "/board") -> Page:
    """A page whose stream is quick, and whose answers to what it sends come late."""
    page = await new_page(locale="sv-SE", viewport={"width": 1280, "height": 900})
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}{path}")
    await expect(page.locator("body.is-live")).to_be_attached()

    async def wait(route: Route) -> None:
        if route.request.method != "POST":
            await route.continue_()
            return
        answer = await route.fetch(max_redirects=0)
        await asyncio.sleep(LATE)
        await route.fulfill(response=answer)

    await page.route("**/*", wait)
    return page


def card(page: Page, service: Service, name: str) -> Locator:
    return page.locator(f"#card-{service.clients[name]}")


async def taken(service: Service) -> set[str | None]:
    async with service.app.state.store.reading() as connection:
        rows = await history.newest(connection, OWN, limit=50)
    return {row.client for row in rows if isinstance(recorded(row).fact, Taken)}


async def test_three_cards_taken_in_haste_are_three_facts(service: Service, new_page: NewPage) -> None:
    page = await slowly(service, new_page)
    for name in (STINA, AKE, VILMA):
        await card(page, service, name).get_by_role("button", name="Jag tar det").click()
    await expect(page.locator(".toast:not(.is-wrong)")).to_have_count(3, timeout=10_000)
    assert await taken(service) == {service.clients[name] for name in (STINA, AKE, VILMA)}


async def test_a_late_answer_leaves_what_is_typed_about_somebody_else(service: Service, new_page: NewPage) -> None:
    page = await slowly(service, new_page)
    await card(page, service, STINA).get_by_role("button", name="Jag tar det").click()
    await card(page, service, AKE).get_by_role("link", name="Kontakt").click()
    await page.locator("#dialog [name=note]").fill("Åt lite")
    await expect(page.locator(".toast", has_text="Stina")).to_be_visible(timeout=10_000)
    assert await page.locator("#dialog [name=note]").input_value() == "Åt lite"
    await page.locator(".toast button").click()  # within reach, though the dialog is open
    await expect(page.locator(".toast", has_text="Stina")).to_have_count(0, timeout=10_000)
    await asyncio.sleep(LATE)
    assert await page.locator("#dialog [name=note]").input_value() == "Åt lite"


async def test_a_late_refusal_waits_until_the_other_form_is_done_with(service: Service, new_page: NewPage) -> None:
    page = await slowly(service, new_page)
    await card(page, service, STINA).get_by_role("link", name="Kontakt").click()
    await page.locator("#dialog summary", has_text="Inte nu").click()
    await page.locator("#dialog [name=day]").fill("2026-12-24")
    await page.locator("#dialog [name=note]").fill("Om Stina")
    await page.locator("#dialog form button.primary").click()
    await page.locator("#dialog .dialog-head [data-close]").click()  # on purpose, before the answer
    await card(page, service, AKE).get_by_role("link", name="Kontakt").click()
    await page.locator("#dialog [name=note]").fill("Om Åke")
    await expect(page.locator(".toast.is-wrong", has_text="sparades inte")).to_be_visible(timeout=10_000)
    assert await page.locator("#dialog [name=note]").input_value() == "Om Åke"
    await page.locator("#dialog .dialog-head [data-close]").click()
    await expect(page.locator("#dialog [name=note]")).to_have_value("Om Stina")
    await expect(page.locator("#dialog .problems")).to_be_visible()


async def test_a_form_closed_before_its_answer_still_says_that_it_failed(service: Service, new_page: NewPage) -> None:
    page = await slowly(service, new_page)

    async def fail(route: Route) -> None:
        if route.request.method != "POST":
            await route.continue_()
            return
        await asyncio.sleep(LATE)
        await route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html")

    await page.route("**/contact", fail)
    await card(page, service, STINA).get_by_role("link", name="Kontakt").click()
    await page.locator("#dialog form button.primary").click()
    await page.locator("#dialog .dialog-head [data-close]").click()
    await expect(page.locator(".toast.is-wrong")).to_be_visible(timeout=10_000)


async def test_the_form_asked_for_last_is_the_one_that_opens(service: Service, new_page: NewPage) -> None:
    page = await slowly(service, new_page)

    async def wait(route: Route) -> None:
        await asyncio.sleep(LATE)
        await route.continue_()

    await page.route(f"**/clients/{service.clients[STINA]}/contact", wait)
    await card(page, service, STINA).get_by_role("link", name="Kontakt").click()
    await card(page, service, AKE).get_by_role("link", name="Kontakt").click()
    await expect(page.locator("#dialog")).to_contain_text("Åke")
    await asyncio.sleep(LATE + 0.5)
    await expect(page.locator("#dialog")).to_contain_text("Åke")
    await expect(page.locator("#dialog")).not_to_contain_text("Stina")


async def test_three_visits_moved_in_haste_are_moved(service: Service, new_page: NewPage) -> None:
    for name in ROWS:
        plan = {"who": "anna", "day": date(2026, 11, 24), "at": time(10)}
        await service.recorder.change(OWN, "lars", visits.plan_visit, client=service.clients[name], **plan)
    page = await slowly(service, new_page, "/visits")
    for name in ROWS:
        chip = page.locator(f"#cell-{service.clients[name]}-2026-11-24 .call")
        await chip.focus()
        await chip.press("ArrowRight")
    for name in ROWS:
        await expect(page.locator(f"#cell-{service.clients[name]}-2026-11-25")).to_contain_text("Anna", timeout=15_000)

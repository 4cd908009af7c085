"""The grid of visits in a real Chromium: drag, keys and the plus of an empty cell, and two screens in step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from factboard.domain import visits
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_look import judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    """Two on the board; Anna goes to Stina today at ten."""
    async with a_service(Store(sqlite_url), clock) as running:
        await running.put_on("Stina Exempel")
        await running.put_on("Åke Provström")
        await plan(running, MONDAY)
        yield running


async def plan(service: Service, day: date) -> int:
    receipt = await service.recorder.change(
        OWN, "lars", visits.plan_visit, client=service.clients["Stina Exempel"], who="anna", day=day, at=time(10)
    )
    return receipt.seq


async def at_the_grid(service: Service, new_page: NewPage, username: str, **options: object) -> Page:
    page = await new_page(**{"locale": "sv-SE", "viewport": {"width": 1280, "height": 900}} | options)
    await service.sign_in(page, username)
    await page.goto(f"{service.url}/visits?lang=en")
    await expect(page.locator("body.is-live")).to_be_attached()
    return page


def cell(page: Page, service: Service, day: str, name: str = "Stina Exempel") -> Locator:
    return page.locator(f"#cell-{service.clients[name]}-2026-11-{day}")


async def test_a_dragged_visit_is_on_its_new_day_on_all_screens(service: Service, new_page: NewPage) -> None:
    anna, lars = await at_the_grid(service, new_page, "anna"), await at_the_grid(service, new_page, "lars")
    await anna.locator(".call").drag_to(cell(anna, service, "25"))
    for page in (anna, lars):
        await expect(cell(page, service, "25")).to_contain_text("10:00 Anna")
        await expect(cell(page, service, "23")).not_to_contain_text("Anna")
    await anna.locator(".toast button").click()  # undo
    for page in (anna, lars):
        await expect(cell(page, service, "23")).to_contain_text("10:00 Anna")
        assert page.errors == []  # type: ignore[attr-defined]


async def test_a_visit_is_not_dropped_on_somebody_else_or_in_the_past(service: Service, new_page: NewPage) -> None:
    anna = await at_the_grid(service, new_page, "anna")
    before = await anna.locator("#frame").get_attribute("value")
    await anna.locator(".call").drag_to(cell(anna, service, "25", "Åke Provström"))
    await anna.locator(".call").focus()
    await anna.keyboard.press("ArrowLeft")  # it stands on the first day of the grid
    await anna.keyboard.press("ArrowRight")
    await expect(cell(anna, service, "24")).to_contain_text("10:00 Anna")
    assert await anna.locator(".call").count() == 1
    assert before != await anna.locator("#frame").get_attribute("value")


async def test_arrows_move_enter_changes_and_delete_cancels(service: Service, new_page: NewPage) -> None:
    anna = await at_the_grid(service, new_page, "anna")
    chip = anna.locator(".call")
    await chip.focus()
    await anna.keyboard.press("ArrowRight")
    await anna.keyboard.press("ArrowRight")  # quicker than the answer: it is two days all the same
    await expect(cell(anna, service, "25")).to_contain_text("10:00 Anna")
    await expect(chip).to_be_focused()
    await anna.keyboard.press("ArrowLeft")
    await expect(cell(anna, service, "24")).to_contain_text("10:00 Anna")
    await expect(chip).to_be_focused()
    await anna.keyboard.press("Enter")
    dialog = anna.locator("#dialog")
    await expect(dialog.locator("[name=day]")).to_have_value("2026-11-24")
    await dialog.locator("[name=backup]").select_option("lars")
    await dialog.locator("[name=anchored][value=yes]").check()
    await dialog.locator("button.primary").click()
    await expect(chip).to_contain_text("Anna (Lars)")
    await expect(chip).to_be_focused()
    await anna.keyboard.press("Delete")
    await expect(dialog).to_contain_text("Cancel the visit")
    await dialog.locator("[name=anchored][value=yes]").check()
    await dialog.locator("button.primary").click()
    await expect(chip).to_have_count(0)
    assert anna.errors == []  # type: ignore[attr-defined]


async def test_an_empty_cell_brings_its_client_and_day_to_the_form(service: Service, new_page: NewPage) -> None:
    anna, lars = await at_the_grid(service, new_page, "anna"), await at_the_grid(service, new_page, "lars")
    await expect(lars.locator("#gaps")).to_contain_text("Nobody goes to 1")
    await cell(anna, service, "23", "Åke Provström").locator(".add").click()  # type: ignore[attr-defined]
    dialog = anna.locator("#dialog")
    await expect(dialog).to_contain_text("Åke Provström")
    await expect(dialog.locator("[name=day]")).to_have_value("2026-11-23")
    await dialog.locator("button.primary").click()
    await expect(lars.locator("#gaps")).to_contain_text("Everybody on the board is covered")


async def test_whoever_moves_second_is_told_and_nothing_moves_twice(service: Service, new_page: NewPage) -> None:
    anna = await at_the_grid(service, new_page, "anna")
    await anna.evaluate("document.getElementById('live').remove()")  # she sees an old grid
    client = service.clients["Stina Exempel"]
    visit = int((await anna.locator(".call").get_attribute("data-visit")) or 0)
    await service.recorder.change(OWN, "lars", visits.move_visit, client=client, visit=visit, day=WEDNESDAY)
    await anna.locator(".call").focus()
    await anna.keyboard.press("ArrowRight")
    await expect(anna.locator("#dialog")).to_contain_text("Somebody changed this visit")
    await expect(anna.locator("#dialog")).to_contain_text("Lars")


async def test_a_phone_shows_the_days_that_matter_without_scrolling_sideways(
    service: Service, new_page: NewPage
) -> None:
    for width in (320, 390):
        phone = await at_the_grid(service, new_page, "anna", viewport={"width": width, "height": 700}, has_touch=True)
        assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await expect(phone.locator(".call")).to_be_visible()
        assert await judged(phone) == []

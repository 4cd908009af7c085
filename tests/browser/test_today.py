"""A day on the phone: done with one touch, rated, and seen at once by all others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time, timedelta

import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.domain import placement, visits
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_look import judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

MONDAY = date(2026, 11, 23)
LATER = MONDAY + timedelta(days=8)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    """Anna visits Stina at ten and calls her sister; nobody goes to Åke."""
    async with a_service(Store(sqlite_url), clock) as running:
        change, stina = running.recorder.change, running.clients["Stina Exempel"]
        await running.put_on("Stina Exempel")
        await running.put_on("Åke Provström")
        await change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=MONDAY, at=time(10))
        await change(OWN, "lars", placement.add_action, client=stina, text="Ring syster", owner="anna", due=MONDAY)
        yield running


async def phone(
    service: Service, new_page: NewPage, username: str, path: str = "/today?lang=en", width: int = 390
) -> Page:
    page = await new_page(viewport={"width": width, "height": 844}, has_touch=True, locale="sv-SE")
    await service.sign_in(page, username)
    await page.goto(service.url + path)
    await expect(page.locator("body.is-live")).to_be_attached()
    return page


async def test_done_with_one_touch_is_in_the_grid_at_once(service: Service, new_page: NewPage) -> None:
    lars = await new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    await service.sign_in(lars, "lars")
    await lars.goto(f"{service.url}/visits?lang=en")
    await expect(lars.locator("body.is-live")).to_be_attached()
    anna = await phone(service, new_page, "anna")
    await anna.locator("button[value=better]").click()
    await expect(anna.locator("#list-done")).to_contain_text("Stina Exempel")
    await expect(anna.locator("#list-calls li")).to_have_count(0)
    await expect(lars.locator(".call.is-made")).to_contain_text("10:00 Anna")
    await anna.locator(".toast button").click()  # undo
    await expect(anna.locator("#list-calls li")).to_have_count(1)
    await expect(lars.locator(".call.is-made")).to_have_count(0)
    for page in (anna, lars):
        assert page.errors == []  # type: ignore[attr-defined]


async def test_an_action_and_a_client_whom_nobody_visits_are_one_touch_each(
    service: Service, new_page: NewPage
) -> None:
    anna = await phone(service, new_page, "anna")
    await anna.locator(".tick-it").click()
    await expect(anna.locator("#list-done")).to_contain_text("Ring syster")
    await anna.get_by_role("button", name="I'll go").click()
    await expect(anna.locator("#list-calls")).to_contain_text("Åke Provström")
    await expect(anna.locator("#nobody-goes")).to_have_count(0)


async def test_a_colleagues_day_follows_what_they_do(service: Service, new_page: NewPage) -> None:
    anna = await phone(service, new_page, "anna")
    lars = await phone(service, new_page, "lars", "/today?person=anna&lang=en")
    await expect(lars.locator("h1")).to_contain_text("Anna's day")
    await anna.locator("button[value=tried]").click()
    await expect(lars.locator("#list-calls")).to_contain_text("not home")
    await lars.locator("button[value=done]").click()  # Anna has called: Lars types, Anna had the contact
    await expect(anna.locator("#list-done")).to_contain_text("Stina Exempel")


async def test_one_hand_and_every_eye(service: Service, new_page: NewPage) -> None:
    for width in (320, 390):
        anna = await phone(service, new_page, "anna", width=width)
        assert await anna.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sizes = await anna.locator("#view button, #view a.button").evaluate_all(
            "all => all.map((one) => Math.round(Math.min(one.offsetHeight, one.offsetWidth)))"
        )
        assert sizes
        assert min(sizes) >= 44
        assert await judged(anna) == []


async def test_without_script_a_day_is_plain_forms(service: Service, new_page: NewPage) -> None:
    page = await new_page(java_script_enabled=False, locale="sv-SE")
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/today?lang=en")
    await page.locator("button[value=better]").click()
    await page.wait_for_url("**/clients/*?saved=*")
    await page.goto(f"{service.url}/today?lang=en")
    await expect(page.locator("#list-done")).to_contain_text("Stina Exempel")


async def test_what_is_older_stays_unfolded_while_the_day_goes_on(service: Service, new_page: NewPage) -> None:
    change, stina = service.recorder.change, service.clients["Stina Exempel"]
    for number in range(6):
        left: dict[str, object] = {"owner": "anna", "due": MONDAY + timedelta(days=number)}
        await change(OWN, "lars", placement.add_action, client=stina, text=f"Ring {number}", **left)
    await change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=LATER, at=time(10))
    await change(
        OWN, "lars", visits.plan_visit, client=service.clients["Åke Provström"], who="anna", day=LATER, at=time(10)
    )
    service.app.state.clock.forward(days=8)
    anna = await phone(service, new_page, "anna")
    await expect(anna.locator("#list-late > li")).to_have_count(3)
    await expect(anna.locator("#list-calls .mark.late")).to_have_count(2)
    old = anna.locator("#older > ul > li")
    await expect(old.first).to_be_hidden()
    await anna.locator("#older summary").click()
    await expect(old.first).to_be_visible()
    many = await old.count()
    await old.last.locator("button").first.click()
    await expect(old).to_have_count(many - 1)
    await expect(old.first).to_be_visible()
    assert anna.errors == []  # type: ignore[attr-defined]

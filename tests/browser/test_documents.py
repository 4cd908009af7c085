"""Documents in real browsers: what one types is kept as one goes; two editors see each other and lose nothing."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, expect

from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import Clock
from tests.service import Service, a_service

KEPT = {"sv": "Utkastet sparat", "en": "Draft kept"}
WORDS = {
    "sv": ("Skriv tillsammans", "Vem jag är", "Skriven tillsammans med patienten", "Spara", "Mina mål"),
    "en": ("Write it together", "Who I am", "Written together with the patient", "Save", "My goals"),
}


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def editor(service: Service, new_page: NewPage, who: str, language: str = "sv") -> Page:
    page = await new_page(viewport={"width": 390, "height": 844}, locale="sv-SE")
    page.set_default_timeout(15_000)
    await service.sign_in(page, who)
    await page.goto(f"{service.url}/clients/{service.clients['Stina Exempel']}?lang={language}")
    return page


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_somebody_writes_who_they_are_and_it_stands_first_on_their_page(
    service: Service, new_page: NewPage, language: str
) -> None:
    write, label, together, save, _ = WORDS[language]
    page = await editor(service, new_page, "anna", language)
    await page.get_by_role("link", name=write).click()
    await page.get_by_label(label, exact=False).first.press_sequentially("Jag målar om nätterna")
    await expect(page.locator("#kept")).to_contain_text(KEPT[language])
    await page.reload()  # the phone's browser was put away and came back
    await expect(page.get_by_label(label, exact=False).first).to_have_value("Jag målar om nätterna")
    await page.get_by_label(together).check()
    for anchored in await page.locator("[name='anchored'][value='yes']").all():
        await anchored.check()
    await page.get_by_role("button", name=save, exact=True).click()
    await expect(page.locator(".paper")).to_contain_text("Jag målar om nätterna")
    await page.locator(".of-whom a").click()
    first = page.locator("#client > section").first
    await expect(first).to_contain_text("Jag målar om nätterna")
    assert page.errors == []  # type: ignore[attr-defined]


async def test_two_editors_see_each_other_and_both_are_kept(service: Service, new_page: NewPage) -> None:
    anna, lars = [await editor(service, new_page, who) for who in ("anna", "lars")]
    at = f"{service.url}/clients/{service.clients['Stina Exempel']}/plans/care_plan"
    for page in (anna, lars):
        await page.goto(f"{at}/edit")
    await anna.fill("[name='goals-0-goal']", "Bo själv")
    await expect(anna.locator("#kept")).to_contain_text(KEPT["sv"])
    await lars.fill("[name='goals-0-goal']", "Sova om natten")
    await expect(lars.locator("#kept")).to_contain_text("Anna Test ändrar också här")
    await lars.locator("[data-table='goals'] [data-more]").click()
    await lars.locator("[name='goals-1-goal']").fill("Arbeta igen")
    await lars.locator("[name='together'][value='together']").check()
    await _save(lars)
    await expect(lars.locator(".paper")).to_contain_text("Arbeta igen")
    await anna.fill("[name='note']", "Vi ses på torsdag")
    await expect(anna.locator("#kept")).to_contain_text("Lars Test sparade version 1")
    await anna.locator("[name='together'][value='together']").check()
    await anna.locator("[name='anchored'][value='yes']").check()  # it is Lars's client
    await _save(anna)
    await expect(anna.locator(".meanwhile h2").first).to_have_text("Två har skrivit: titta innan du sparar")
    await _save(anna)
    for said in ("Bo själv", "Sova om natten", "Arbeta igen", "Vi ses på torsdag"):
        await expect(anna.locator(".paper")).to_contain_text(said)
    pdf = await anna.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    await anna.goto(f"{at}/versions")
    await expect(anna.locator(".versions > li")).to_have_count(2)


async def test_what_was_typed_last_is_kept_when_one_leaves_at_once(service: Service, new_page: NewPage) -> None:
    page = await editor(service, new_page, "anna")
    at = f"{service.url}/clients/{service.clients['Stina Exempel']}/plans/about/edit"
    await page.goto(at)
    await page.fill("[name='who_i_am']", "Skrivet i trapphuset")
    await page.goto(f"{service.url}/board")
    for _ in range(20):  # it goes beside the next page, and may arrive after it
        await page.goto(at)
        if await page.locator("[name='who_i_am']").input_value() == "Skrivet i trapphuset":
            break
    else:
        pytest.fail("the last words are lost")


async def test_what_was_typed_before_the_page_was_ready_is_kept_too(service: Service, new_page: NewPage) -> None:
    page = await editor(service, new_page, "anna")
    at_last = asyncio.Event()

    async def slow(route: Route) -> None:
        await at_last.wait()
        await route.continue_()

    await page.route("**/draft*.js*", slow)
    at = f"{service.url}/clients/{service.clients['Stina Exempel']}/plans/about/edit"
    await page.goto(at, wait_until="commit")
    await page.fill("[name='who_i_am']", "Skrivet medan sidan kom")
    at_last.set()
    await expect(page.locator("#kept")).to_contain_text(KEPT["sv"])
    await page.goto(at)
    await expect(page.locator("[name='who_i_am']")).to_have_value("Skrivet medan sidan kom")


async def test_what_was_typed_stands_as_a_draft_when_the_form_was_not_saved(
    service: Service, new_page: NewPage
) -> None:
    page = await editor(service, new_page, "anna")
    at = f"{service.url}/clients/{service.clients['Stina Exempel']}/plans/about/edit"
    await page.goto(at)
    await page.fill("[name='who_i_am']", "Utan hur det skrevs")
    await _save(page)
    await expect(page.locator("[aria-invalid='true']").first).to_be_visible()
    await expect(page.locator("#kept")).to_contain_text(KEPT["sv"])
    await page.goto(at)
    await expect(page.locator("[name='who_i_am']")).to_have_value("Utan hur det skrevs")


async def _save(page: Page) -> None:
    await page.locator("form[data-draft] .buttons .button.primary").click()

"""The models of case management as a lead and a case manager use them, in a real Chromium and both languages."""

from __future__ import annotations

from datetime import date

from playwright.async_api import Page, expect

from factboard.domain import planned_care
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

STINA = "Stina Exempel"
SAID = {
    "sv": ("1 person lämnas över", "Kryssa här", "med 4 veckors mellanrum"),
    "en": ("1 person is handed over", "Tick this", "every 6 weeks"),
}


async def test_the_models_are_set_chosen_and_lived_by(sqlite_url: str, clock: Clock, new_page: NewPage) -> None:
    """The lead offers the ombud's model; somebody is met by it; without the client's word nothing is changed; contacts
    are thinned out; the client is handed over after it was seen what it comes to. In Swedish, then back in English.
    """
    async with a_service(Store(sqlite_url), clock) as service:
        page = await new_page(locale="sv-SE")
        await service.sign_in(page, "lars")
        await plan(service)
        for language, to, often in (("sv", "anna", "28"), ("en", "lars", "42")):
            await walk(service, page, language, to, often)
        assert [one for one in page.errors if "422" not in one] == []  # type: ignore[attr-defined]


async def plan(service: Service) -> None:
    given = {"who": "lars", "every_days": 14, "next": date(2026, 12, 1)}
    client = service.clients[STINA]
    await service.recorder.change(OWN, "lars", planned_care.set_planned_contact, client=client, **given)


async def walk(service: Service, page: Page, language: str, to: str, often: str) -> None:
    handed, asked, thinned = SAID[language]
    address, lang = f"{service.url}/clients/{service.clients[STINA]}", f"?lang={language}"
    await page.goto(f"{service.url}/settings/models/personligt_ombud{lang}")
    await page.locator("[name=used]").check()
    await page.locator("main form button.primary").click()
    await page.wait_for_url("**/settings?saved=*")
    await page.goto(f"{address}/model{lang}")
    await page.locator("[name=model][value=personligt_ombud]").check()
    await send(page)
    before = "anna" if to == "lars" else "lars"
    await page.goto(f"{service.url}/caseload/{before}{lang}")
    await page.locator(f"[name=client][value='{service.clients[STINA]}']").check()
    await page.locator(".often a[href$='/pace']").click()
    dialog = page.locator("#dialog")
    await dialog.locator(f"[name=every_days][value='{often}']").check(force=True)
    await dialog.locator("[name=reason]").fill("Klarar sig bra")
    if before != "lars":  # somebody else's client
        await dialog.locator("[name=anchored][value=yes]").check()
    await dialog.locator("button.primary").click()
    await expect(dialog.locator(".problems")).to_contain_text(asked)
    await dialog.locator("[name=mandate][type=checkbox]").check()
    await dialog.locator("button.primary").click()
    await expect(page.locator(".rhythms")).to_contain_text(thinned)
    await expect(
        page.locator(f"[name=client][value='{service.clients[STINA]}']")
    ).to_be_checked()  # it was ticked before
    await page.select_option("#f-to", to)
    await page.locator(".hand-over button").click()
    await expect(page.locator("main")).to_contain_text(handed)
    await page.locator("[name=mandate][type=checkbox]").check()
    await page.locator("main form button.primary").click()
    await page.wait_for_url(f"**/caseload/{to}?saved=*")
    await expect(page.locator(".rhythms")).to_contain_text(STINA)


async def send(page: Page) -> None:
    """Send the short form that stands on a page of its own; one that changes nothing is sent all the same."""
    if await page.locator("[name=mandate][type=checkbox]").count():
        await page.locator("[name=mandate][type=checkbox]").check()
    await page.locator("main form button.primary").click()
    await page.wait_for_url("**/clients/*saved=*")

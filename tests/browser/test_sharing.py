"""Region and municipality at one board: the lead says whose records these are, the client agrees and takes it back, and
what was agreed to comes to and goes from a colleague's open pages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from time import perf_counter

import pytest
import pytest_asyncio
from playwright.async_api import Error, Page, expect

from factboard.domain import team as rules
from factboard.storage import projections
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_look import THEMES, judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

WORDS = {
    "sv": ("Notera ett samtycke", "Spara samtycket", "Återta", "Visas inte för dig", "Öppna i en nödsituation"),
    "en": ("Note a consent", "Save the consent", "Take it back", "Not shown to you", "Open in an emergency"),
}


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    """Stina is on the board; Anna works for the municipality, the others for the region."""
    async with a_service(Store(sqlite_url), clock) as running:
        await running.put_on("Stina Exempel")
        async with running.app.state.store.reading() as connection:
            here = await projections.team(connection, OWN)
        assert here
        for one in here.members.values():
            employer = "Kommunen" if one.user == "anna" else "Regionen"
            member = replace(one, employer=employer)
            await running.recorder.change(OWN, "command_line", rules.set_member, member=member)
        yield running


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_consent_comes_to_and_goes_from_a_colleagues_open_pages(
    service: Service, new_page: NewPage, language: str
) -> None:
    note, save, take_back, closed, emergency = WORDS[language]
    client = f"{service.url}/clients/{service.clients['Stina Exempel']}"
    lars, anna = await new_page(), await new_page(viewport={"width": 390, "height": 844})
    await service.sign_in(lars, "lars")
    await service.sign_in(anna, "anna")
    await lars.goto(f"{service.url}/settings/sharing?lang={language}")
    await lars.check("[name=sharing][value=consent]")
    await lars.click("main form button.primary")
    await expect(lars.locator(".saved")).to_be_visible()

    await anna.goto(f"{service.url}/board?lang={language}")
    await expect(anna.locator("#not-shown")).to_be_visible()
    await expect(anna.locator("body")).not_to_contain_text("Exempel")

    await lars.goto(f"{client}/consent")
    await lars.get_by_text(note, exact=True).click()
    await lars.check("[name=employer][value=Kommunen]")
    await lars.get_by_role("button", name=save).click()
    await expect(lars.locator(".saved")).to_be_visible()
    await expect(anna.locator(".card")).to_contain_text("Exempel", timeout=5_000)  # the stream brings it

    other = await anna.context.new_page()
    await other.goto(client)
    await expect(other.locator("h1")).to_contain_text("Exempel")
    await went(anna, f"{client}/contact")  # a form, which no stream keeps true
    await expect(anna.locator("main")).to_contain_text("Exempel")
    await lars.get_by_text(take_back, exact=True).click()
    began = perf_counter()
    await lars.locator("form[action$='/consent/revoke'] button").click()
    for page in (anna, other):
        await page.bring_to_front()
        await expect(page.locator("h1")).to_have_text(closed, timeout=5_000)
        await expect(page.locator("body")).not_to_contain_text("Exempel")
    assert perf_counter() - began < 6  # two pages, one after the other, each in front for its turn
    assert await anna.get_by_role("link", name=emergency).count() == 0  # the team lets no other employer open it

    for path in ("/settings/sharing", f"{client.removeprefix(service.url)}/consent"):
        await lars.goto(service.url + path)
        for theme in THEMES:
            await lars.emulate_media(color_scheme=theme)
            assert await judged(lars) == []


async def went(page: Page, address: str) -> None:
    """Go there, also where the page was just being loaded anew by itself for a reader who may see more now."""
    try:
        await page.goto(address)
    except Error as error:
        if "ERR_ABORTED" not in str(error):
            raise
        await page.goto(address)

"""A SIP, a strengths assessment and group supervision walked as their user would, in both languages; and on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from factboard.storage.engine import Store
from tests.browser.test_look import judged
from tests.conftest import Clock
from tests.service import Service, a_service

WORDS = {
    "sv": {"first": "samtycker först", "letter": "Välkommen att planera tillsammans med Stina Exempel",
           "lacks": "vem som har det övergripande ansvaret", "goal": "mål i vårdplanen", "led": "leddes av Lars Test"},
    "en": {"first": "consents first", "letter": "Welcome to plan together with Åke Provström",
           "lacks": "who has the overall responsibility", "goal": "a goal in the care plan", "led": "led by Lars Test"},
}  # fmt: skip
NAMES = {"sv": "Stina Exempel", "en": "Åke Provström"}


@pytest_asyncio.fixture
async def walked(sqlite_url: str, clock: Clock, browser: Browser) -> AsyncIterator[tuple[Service, Page]]:
    async with a_service(Store(sqlite_url), clock) as service:
        context = await browser.new_context(locale="sv-SE", viewport={"width": 390, "height": 844})
        page = await context.new_page()
        await service.sign_in(page, "anna")
        yield service, page
        await context.close()


async def save(page: Page, said: dict[str, str], *, alone: bool = False) -> None:
    for name, value in said.items():
        await page.locator(f"[name={name}]").fill(value)
    if not alone:
        await page.locator("[name=together][value=together]").check()
    if await page.locator("[name=anchored][value=yes]").count():
        await page.locator("[name=anchored][value=yes]").check()
    await page.locator("form[data-draft] .primary").click()


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_from_consent_to_a_copy_for_each_and_from_a_strength_to_a_goal(
    walked: tuple[Service, Page], language: str
) -> None:
    service, page = walked
    says, plans = WORDS[language], f"{service.url}/clients/{service.clients[NAMES[language]]}/plans"
    await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])

    await page.goto(f"{plans}/sip/edit")
    called = {"wish": "Att få bo kvar", "meeting_on": "2026-12-01", "meeting_at": "13:00", "place": "Hemma",
              "consent_to": "Alla", "parties-0-name": "Per Provmark", "parties-0-invited": "2026-11-19"}  # fmt: skip
    await save(page, called)
    await expect(page.locator(".problems")).to_contain_text(says["first"])
    await save(page, {"consent_on": "2026-11-20"})
    await page.locator("a[href*='/sheets/invitations/']").click()
    await expect(page.locator(".paper")).to_contain_text(says["letter"])
    assert await judged(page) == []

    await page.goto(f"{plans}/sip/edit")
    await page.locator("[name=parties-0-came]").check()
    await page.locator("[name=interventions-0-principal]").select_option("municipality")
    await save(page, {"meeting_on": "2026-11-20", "interventions-0-what": "Boendestöd", "goals": "Bo kvar"})
    await expect(page.locator(".lacks")).to_contain_text(says["lacks"])
    assert await judged(page) == []
    assert await page.pdf(format="A4")

    await page.goto(f"{plans}/strengths/edit")
    await save(page, {"domains-0-now": "Lagar mat", "domains-0-wishes": "Bjuda hem vänner", "priorities": "Köket"})
    await page.locator("td a[href*='strength=']").click()
    await expect(page.locator("[name=goals-0-goal]")).to_have_value("Bjuda hem vänner")
    await save(page, {})
    await expect(page.locator(".saved")).to_be_visible()
    await page.goto(f"{plans}/strengths")
    await expect(page.locator(".is-goal")).to_contain_text(says["goal"])
    assert await judged(page) == []

    await page.locator("a[href*='/plans/supervision.']").click()
    await page.locator("[name=led_by]").select_option("lars")
    await save(page, {"asked": "Hur kommer vi vidare?", "ideas": "Börja med fika"}, alone=True)
    await expect(page.locator(".paper")).to_contain_text(says["led"])
    assert await judged(page) == []

"""A care plan walked as its user would: written, held, evaluated, laid under a time on the board, printed; in both
languages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from factboard.domain import placement
from factboard.storage.engine import Store
from tests.browser.test_look import judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

WORDS = {
    "sv": {"goal": "Gå till affären själv", "how": "Varje vecka", "ahead": "De närmaste fyra veckorna",
           "state": "närmare", "waits": "Den här planen ligger kvar under"},
    "en": {"goal": "Go to the shop alone", "how": "Every week", "ahead": "The next four weeks",
           "state": "nearer", "waits": "This plan waits under it"},
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


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", ["care_plan", "social_plan"])
async def test_a_plan_is_written_held_evaluated_and_waits_under_a_time_on_the_board(
    walked: tuple[Service, Page], kind: str, language: str
) -> None:
    service, page = walked
    says, client = WORDS[language], service.clients[NAMES[language]]
    await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
    plans = f"{service.url}/clients/{client}/plans"
    await page.goto(f"{plans}/{kind}/edit")
    for name, value in {
        "goals-0-goal": says["goal"], "goals-0-subgoals": "Till porten\nTill hörnet", "needs-0-need": "Kommer inte ut",
        "interventions-0-what": "Går med till affären", "interventions-0-provider": "Kommunen",
        "contacts-0-every_days": "7", "contacts-0-first": "2026-11-27", "contacts-0-where": "Hemma",
        "decisions-0-about": "Medicin", "decisions-0-wish": "Lägre dos", "decisions-0-chosen": "Lägre i mars",
        "decisions-0-disagreement": "Mamma är orolig",
    }.items():  # fmt: skip
        await page.locator(f"[name={name}]").fill(value)
    await page.locator("[name=contacts-0-who]").select_option("anna")
    await page.locator("[name=together][value=together]").check()
    if await page.locator("[name=anchored][value=yes]").count():
        await page.locator("[name=anchored][value=yes]").check()
    await page.locator("form[data-draft] .primary").click()
    await expect(page.locator(".saved")).to_be_visible()
    paper = page.locator(".paper")
    for said in (says["goal"], "Till hörnet", "Mamma är orolig", says["how"], says["ahead"], "Hemma"):
        await expect(paper).to_contain_text(said)
    assert await page.locator(".planned-days li").count() == 4
    assert await judged(page) == []

    await page.locator("a[href*='/plans/evaluation.']").click()
    await expect(page.locator("[name=goals-0-words]")).to_have_value(says["goal"])
    await page.locator("[name=goals-0-state]").select_option("nearer")
    await page.locator("[name=goals-0-said]").fill("Jag kom till hörnet")
    await page.locator("[name=together][value=together]").check()
    await page.locator("form[data-draft] .primary").click()
    await expect(page.locator(".goal-course .state-nearer")).to_have_count(1)
    await expect(page.locator(".paper")).to_contain_text(says["state"])
    assert await judged(page) == []

    put = {"category": "short_intensive", "reason": "Sover inte"}
    await service.recorder.change(OWN, "lars", placement.put_on_board, client=client, **put)
    await page.goto(f"{plans}/{kind}")
    await expect(page.locator(".in-force")).to_contain_text(says["waits"])
    assert await page.pdf(format="A4")

"""The case manager in the middle, walked by the two whom it is about; and speaking for a client, on paper too."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_look import judged
from tests.conftest import NOW
from tests.service import Service, a_service

SAID = {  # what each of them reads: who plans, then who answers
    "sv": ("Planera besöket", "Nej, fråga nu", "Att svara på", "Svara något annat", "Jag håller inte med"),
    "en": ("Plan the visit", "No, ask now", "To answer", "Answer otherwise", "I do not agree"),
}
OBJECTED = {"sv": "Lars håller inte med", "en": "Lars does not agree"}
SPOKEN = {
    "sv": ("På vems uppdrag", "Patienten bad om det", "Det har inte lett till något än.", "Skriv vad det ledde till"),
    "en": ("On whose mandate", "The patient asked for it", "Nothing has come of it yet.", "Write what came of it"),
}


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> AsyncIterator[Service]:
    path = tmp_path_factory.mktemp("anchoring") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), lambda: NOW) as running:
        await running.put_on("Stina Exempel")
        yield running


async def signed_in(service: Service, new_page: NewPage, who: str, language: str, width: int) -> Page:
    page = await new_page(viewport={"width": width, "height": 844}, locale="sv-SE")
    await service.sign_in(page, who)
    await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
    return page


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_colleague_asks_and_the_case_manager_answers(
    service: Service, new_page: NewPage, language: str
) -> None:
    plan, no, to_answer, otherwise, objects = SAID[language]
    stina = f"{service.url}/clients/{service.clients['Stina Exempel']}"
    anna = await signed_in(service, new_page, "anna", language, 390)
    lars = await signed_in(service, new_page, "lars", language, 1280)
    await lars.goto(f"{service.url}/today")
    await expect(lars.locator("body.is-live")).to_be_attached()
    await anna.goto(stina)
    await anna.locator("nav.acts a[href$='/visit']").click()
    dialog = anna.locator("dialog")
    await expect(dialog.locator(".beside")).to_be_visible()
    await dialog.locator("[name=note]").fill(f"Tandläkaren {language}")
    await dialog.get_by_role("button", name=plan).click()  # it was not said: nothing is saved, nothing is lost
    await expect(dialog.locator(".problems")).to_be_visible()
    await expect(dialog.locator("[name=note]")).to_have_value(f"Tandläkaren {language}")
    await dialog.get_by_text(no).check()
    await dialog.get_by_role("button", name=plan).click()
    asked = lars.locator("#asked .asked-thing", has_text=f"Tandläkaren {language}")
    await expect(asked).to_be_visible()  # on the case manager's day, at once
    await expect(lars.locator("#head-asked")).to_contain_text(to_answer)
    assert await judged(lars) == []
    await asked.get_by_role("link", name=otherwise).click()
    await lars.locator("dialog").get_by_text(objects).check()
    await lars.locator("dialog [name=note]").fill("Hon orkar inte två samma dag")
    await lars.locator("dialog form.answer-form button.primary").click()
    await expect(asked).to_have_count(0)
    await anna.goto(stina)
    await expect(anna.locator("#anchorings")).to_contain_text(OBJECTED[language])
    await expect(anna.locator("#anchorings")).to_contain_text("Hon orkar inte två samma dag")
    assert await judged(anna) == []
    await anna.goto(f"{service.url}/notices")
    await expect(anna.locator("main")).to_contain_text("Hon orkar inte två samma dag")


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_speaking_for_a_client_is_written_carried_on_and_printed(
    service: Service, new_page: NewPage, language: str
) -> None:
    whose, asked_for, nothing, write = SPOKEN[language]
    page = await signed_in(service, new_page, "anna", language, 390)
    at = f"{service.url}/clients/{service.clients['Stina Exempel']}/plans/advocacy.{language}1"
    await page.goto(f"{at}/edit")
    await page.fill("[name=on]", "2026-11-20")
    await page.select_option("[name=actor]", "social_insurance")
    await page.fill("[name=towards]", "Försäkringskassan")
    await page.fill("[name=about]", "Sjukpenningen stoppades utan besked")
    await page.locator("[name=together]").first.check()
    save = page.locator("form[data-draft] .buttons button").last
    await save.click()
    await expect(page.locator(".problems")).to_contain_text(whose)  # nobody speaks for a client on nobody's word
    await page.select_option("[name=mandate_of]", label=asked_for)
    await save.click()
    await expect(page.locator(".paper")).to_contain_text(nothing)
    assert await judged(page) == []
    await page.get_by_role("link", name=write).click()
    await page.locator("[name=together]").last.check()
    await page.fill("[name=came_of_it]", "Omprövad: utbetald från den 1 december")
    await save.click()
    await expect(page.locator(".paper")).to_contain_text("utbetald från den 1 december")
    await page.emulate_media(media="print")
    assert not await page.locator(".buttons").first.is_visible()
    assert await page.locator(".paper").is_visible()

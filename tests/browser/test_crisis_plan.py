"""The crisis plan, walked in both languages: written with the client, first when flagging, ticked, kept on the phone,
printed; and the sheet that the client takes home.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.domain import documents, enrolment, placement, team, visits
from factboard.domain import events as e
from factboard.domain.events.contents import ToCall, Together, WrittenCrisisPlan
from factboard.storage.engine import Store
from factboard.web.language import catalogue
from tests.browser.conftest import NewPage
from tests.browser.test_live_page import until
from tests.browser.test_notes import pages_of
from tests.conftest import NOW, Clock
from tests.service import OWN, Service, a_service
from tests.web.reading import facts

PLAN = WrittenCrisisPlan(
    signs=("Sover mindre än fyra timmar", "Drar för gardinerna"),
    i_do=tuple(f"Går runt kvarteret {number} gånger och ringer sedan min syster" for number in range(30)),
    others_do=("Sitt ner och vänta",),
    others_do_not=("Kom inte många på en gång",),
    call=(ToCall("k", "Kim Exempel", "syster", "070-174 06 05"),),
    care_wishes="Inget nytt läkemedel utan att min syster vet.\n" * 20,
)
OVERFLOWS = "all => all.filter(one => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth).length"


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> AsyncIterator[Service]:
    """The team lets phones keep crisis plans."""
    path = tmp_path_factory.mktemp("crisis") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), Clock(NOW)) as running:
        settings = replace(e.Settings("Team Kusten"), plans_on_phones=True)
        await running.recorder.change(OWN, "lars", team.change_settings, settings=settings)
        yield running


async def somebody(service: Service, name: str, plan: WrittenCrisisPlan | None = None) -> str:
    change = service.recorder.change
    client = str((await change(OWN, "lars", enrolment.enrol, details=e.Details("Provgren", name))).client)
    if plan:
        what: dict[str, Any] = {"ref": "crisis_plan", "content": plan, "together": Together.TOGETHER, "based_on": 0}
        await change(OWN, "anna", documents.write, client=client, of_document="crisis_plan", **what)
    return client


async def a_page(service: Service, new_page: NewPage, language: str, **options: Any) -> Page:
    page = await new_page(**options)
    page.set_default_timeout(10_000)
    await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
    await service.sign_in(page, "anna")
    return page


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_written_then_first_when_flagging_and_its_signs_ticked(
    service: Service, new_page: NewPage, language: str
) -> None:
    said = catalogue(language).gettext
    client = await somebody(service, f"Ny {language}")
    page = await a_page(service, new_page, language, viewport={"width": 390, "height": 844})
    await page.goto(f"{service.url}/clients/{client}/plans/crisis_plan/edit")
    await page.fill("[name=signs]", "Målar inte\nSover inte alls")
    await page.fill("[name=others_do_not]", "Prata inte över huvudet på mig")
    await page.fill("[name=call-0-name]", "Kim Exempel")
    await page.fill("[name=call-0-phone]", "070-174 06 05")
    await page.check("[name=together][value=together]")
    await page.locator("form[data-draft] > .buttons .primary").click()
    await expect(page.locator(".crisis-paper .do-not")).to_contain_text("Prata inte över huvudet")
    await page.goto(f"{service.url}/flag?client={client}")
    beside = page.locator("#beside")
    assert (await beside.inner_text()).startswith(said("Crisis plan"))
    assert await beside.locator("a[href^=tel]").first.get_attribute("href") == "tel:0701740605"
    await beside.locator(".chip", has_text="Sover inte alls").click()
    await expect(page.locator("#flag legend", has_text=said("Other warning signs"))).to_be_visible()
    await page.fill("#f-reason", "Ringde i natt")
    await page.click("#flag .send .primary")
    await page.locator("[data-state=saved]:visible").wait_for()
    written = [row.fact for row in await facts(service, tasks=True) if row.client == client]
    assert [one.warning_signs for one in written if isinstance(one, e.PutOnBoard)] == [("Sover inte alls",)]
    assert not any(isinstance(one, e.ActionAdded) for one in written)  # there is a plan
    assert page.errors == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_the_papers_are_one_sheet_each_and_nothing_on_the_card_is_cut(
    service: Service, new_page: NewPage, language: str
) -> None:
    client = await somebody(service, f"Lång {language}", PLAN)
    page = await a_page(service, new_page, language)
    await page.goto(f"{service.url}/clients/{client}/sheets/crisis-card")
    await page.emulate_media(media="print")
    assert await page.locator(".fold").evaluate_all(OVERFLOWS) == 0
    assert await page.locator(".fold .more").count() == 2  # of what I do, and of the wishes
    assert pages_of(await page.pdf(prefer_css_page_size=True)) == 1
    usual = await somebody(service, f"Vanlig {language}", replace(PLAN, i_do=PLAN.i_do[:6], care_wishes="Avdelning 3."))
    for paper in ("crisis-plan", "mine"):
        await page.goto(f"{service.url}/clients/{usual}/sheets/{paper}")
        assert pages_of(await page.pdf(prefer_css_page_size=True)) == 1
    assert page.errors == []  # type: ignore[attr-defined]


async def test_without_a_network_the_plan_of_todays_visit_is_on_the_phone_and_sealed(
    service: Service, new_page: NewPage
) -> None:
    client, change = await somebody(service, "Dagens", PLAN), service.recorder.change
    await change(OWN, "lars", placement.put_on_board, client=client, category="short_intensive", reason="Sover inte")
    await change(OWN, "lars", visits.plan_visit, client=client, who="anna", day=NOW.date())
    page = await a_page(service, new_page, "en", viewport={"width": 390, "height": 844}, has_touch=True)
    await page.goto(f"{service.url}/today")
    await until(page, "caches.match('/offline').then(Boolean)", 10)
    await until(page, "outbox.recall('clients').then(Boolean)", 10)
    stored = """new Promise((done) => { const asked = indexedDB.open("factboard-outbox");
      asked.onsuccess = () => { const all = asked.result.transaction("kept").objectStore("kept").getAll();
      all.onsuccess = () => done(all.result.map((one) => JSON.stringify(one)).join()); }; })"""
    assert "gardinerna" not in await page.evaluate(stored)
    assert "gardinerna" in await page.evaluate("outbox.recall('clients').then((kept) => kept.html)")
    await page.context.set_offline(True)
    await page.goto(f"{service.url}/offline")
    await page.locator("#near .offer", has_text="Dagens").locator("label").click()
    await expect(page.locator("#beside .crisis-plan")).to_contain_text("Kom inte många på en gång")
    await page.locator("#beside .chip", has_text="Drar för gardinerna").click()
    assert await page.locator("#flag [name=warning_signs]:checked").count() == 1

"""As users walk it: two records of one person merged at a desk, in Swedish; a client moved from a phone, in English."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from factboard.domain import enrolment
from factboard.domain.events import Details
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import NOW
from tests.service import OWN, Service, a_service


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Any) -> AsyncIterator[Service]:
    import shutil

    path = tmp_path_factory.mktemp("records") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), lambda: NOW) as running:
        twin = Details("Exempel", "Kristina", birth_date=date(1980, 5, 17), phone="070-1740605")
        await running.recorder.change(OWN, "anna", enrolment.enrol, details=twin)
        await running.put_on("Stina Exempel")
        yield running


async def test_two_records_are_compared_and_merged_and_taken_apart_again(service: Service, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    await service.sign_in(page, "lars")
    await page.goto(f"{service.url}/clients/{service.clients['Stina Exempel']}")
    await page.get_by_role("link", name="Samma person två gånger").click()
    await page.get_by_role("link", name="Kristina Exempel").click()
    await page.get_by_role("button", name="Slå ihop de två posterna").click()
    await expect(page.get_by_role("alert")).to_contain_text("Jämför båda")
    await page.get_by_label("Hur vet du det?").fill("Samma legitimation")
    await page.get_by_label("Jag har jämfört båda. Det är en och samma person.").check()
    await page.get_by_role("button", name="Slå ihop de två posterna").click()
    await expect(page.get_by_text("Kallas också Kristina Exempel")).to_be_visible()
    await page.get_by_role("link", name="Det är två personer").click()
    await page.get_by_label("Orsak").fill("Systrar")
    await page.get_by_role("button", name="Det är två personer").click()
    await expect(page.get_by_text("Kallas också")).to_have_count(0)
    assert all("422" in one for one in page.errors)  # type: ignore[attr-defined]


async def test_a_client_is_moved_from_one_team_to_another(service: Service, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
    await page.context.add_cookies([{"name": "lang", "value": "en", "url": service.url}])
    await service.sign_in(page, "lars")
    await page.goto(f"{service.url}/clients/{service.clients['Stina Exempel']}")
    await page.get_by_role("link", name="Move to another team").click()
    await page.get_by_label("To which team").select_option("skogen")
    await page.get_by_label("What they need to know").fill("Never alone")
    await page.get_by_label("says to the move").fill("Wants it, said so today")
    await page.get_by_label("All of it").check()
    await page.get_by_role("button", name="Ask the other team").click()
    await expect(page.get_by_text("is asked to take over since")).to_be_visible()
    await service.sign_in(page, "ingrid")
    await page.goto(f"{service.url}/clients")
    await page.get_by_role("link", name="Look", exact=True).click()
    await page.get_by_role("link", name="Team Kusten").click()
    await expect(page.get_by_text("Never alone")).to_be_visible()
    await page.get_by_role("button", name="Take over").click()
    await expect(page.get_by_role("alert")).to_contain_text("Choose one")
    await page.get_by_role("radio", name="Crisis prevention").check()
    await page.get_by_role("button", name="Take over").click()
    await expect(page.get_by_text("Taken over from Team Kusten")).to_be_visible()
    await page.get_by_role("link", name="What Team Kusten wrote before").click()
    await expect(page.get_by_text("put Stina Exempel on the board")).to_be_visible()
    assert all("422" in one for one in page.errors)  # type: ignore[attr-defined]

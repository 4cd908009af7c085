"""A lead changes when clients go back: what it would do stands first, readable by all, without script too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import product
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.domain import events as e
from factboard.storage import projections
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_look import THEMES, judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

UNSEEN_AFTER = 4  # days; in a crisis three are too long


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    """Two came up with a crisis, one of them a protected identity, and nobody has seen them since."""
    async with a_service(Store(sqlite_url), clock) as running:
        for name in ("Stina Exempel", "Vilma Skyddsson"):
            await running.put_on(name)
        clock.forward(days=UNSEEN_AFTER)
        yield running


async def lead(service: Service, new_page: NewPage, **options: Any) -> Page:
    page = await new_page(locale="sv-SE", **options)
    await service.sign_in(page, "lars")
    return page


async def unseen_days(service: Service) -> int:
    async with service.app.state.store.reading() as connection:
        team = await projections.team(connection, OWN)
    assert team
    return team.categories["short_intensive"].unseen_days


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_what_a_change_would_do_stands_first_and_the_second_press_saves_it(
    service: Service, new_page: NewPage, script: bool
) -> None:
    page = await lead(service, new_page, java_script_enabled=script)
    await page.goto(f"{service.url}/settings/categories/short_intensive")
    await page.fill("[name=unseen_days]", "5")
    await page.locator("form .buttons button.primary").last.click()
    preview = page.locator(".preview")
    await expect(preview).to_be_in_viewport()
    await expect(preview).to_contain_text("Stina Exempel")
    assert "Skyddsson" not in await page.locator("main").inner_text()
    assert await page.input_value("[name=unseen_days]") == "5"
    assert await unseen_days(service) == 3
    await preview.locator("button.primary").click()
    await page.wait_for_url("**/settings?saved=*")
    assert await unseen_days(service) == 5


async def test_the_preview_and_a_pause_are_readable_in_every_way(
    service: Service, new_page: NewPage, full: bool
) -> None:
    await service.recorder.change(OWN, "factboard", lambda case: [e.Entry(e.ReturnsPaused(e.Pause.MANY, 7, 20))])
    page = await lead(service, new_page)
    ways = list(product(("sv", "en"), THEMES, (390, 1280, 1920)))
    wrong = []
    for language, theme, width in ways if full else (ways[0], ways[-1]):
        await page.set_viewport_size({"width": width, "height": 900})
        await page.emulate_media(color_scheme=theme)
        await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
        await page.goto(f"{service.url}/settings/categories/short_intensive")
        await page.fill("[name=unseen_days]", "5")
        await page.fill("[name=stable_days]", "0")
        await page.click("[name=look]")  # a mistake first
        await expect(page.locator(".problems")).to_be_visible()
        wrong += await judged(page)
        await page.fill("[name=stable_days]", "30")
        await page.click("[name=look]")
        await expect(page.locator(".preview tbody tr")).to_have_count(2)
        wrong += await judged(page)
        await page.goto(f"{service.url}/settings")
        await expect(page.locator(".returns.is-paused")).to_be_in_viewport()
        await page.click(".returns button")  # without a reason
        await expect(page.locator("#e-reason")).to_be_visible()
        wrong += await judged(page)
    assert wrong == []


async def test_the_tables_of_categories_and_models_are_whole_on_every_screen(
    service: Service, new_page: NewPage
) -> None:
    page = await lead(service, new_page)
    for width in (390, 1280, 1920):
        await page.set_viewport_size({"width": width, "height": 900})
        await page.goto(f"{service.url}/settings")
        tables = page.locator(".scroll:has(.asks)")  # of categories, and of models of case management
        cut = await tables.evaluate_all("all => all.map((node) => node.scrollWidth - node.clientWidth)")
        assert len(cut) == 2
        assert max(cut) <= 0, f"{cut} px of them cannot be seen at {width} px"

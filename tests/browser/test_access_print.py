"""The extract of the access log on paper: upright, as wide as the sheet, without what is for the screen alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest_asyncio

from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import Clock
from tests.service import Service, a_service


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def test_an_extract_prints_upright_and_without_the_banner(service: Service, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 1000, "height": 800}, locale="sv-SE")
    page.set_default_timeout(15_000)
    await service.sign_in(page, "maria")
    await page.goto(f"{service.url}/access-log/clients/{service.clients['Stina Exempel']}")
    assert await page.is_visible(".codes")
    [[width, height], *_] = re.findall(
        rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", await page.pdf(prefer_css_page_size=True)
    )
    assert float(width) < float(height)
    await page.emulate_media(media="print")
    assert not await page.is_visible(".codes")
    assert await page.locator("main").evaluate("main => main.getBoundingClientRect().width") > 950

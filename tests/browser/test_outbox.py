"""What waits on the phone: kept sealed, sent once, never called saved before the server has it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import Clock
from tests.service import Service, a_service


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def opened(service: Service, new_page: NewPage, username: str = "anna", path: str = "/board") -> Page:
    page = await new_page(viewport={"width": 390, "height": 844}, has_touch=True, locale="sv-SE")
    await service.sign_in(page, username)
    await page.goto(f"{service.url}{path}?lang=en")
    return page


async def put(page: Page, service: Service, id: str = "flag-1", **what: Any) -> None:
    client = service.clients["Stina Exempel"]
    fields = [["client", client], ["category", "short_intensive"], ["reason", "Ropar i trapphuset"], ["request_id", id]]
    entry = {"id": id, "url": "/flag", "fields": fields, "kind": "flag", "whom": "Stina E.", "words": "Ropar"} | what
    await page.evaluate("async (entry) => outbox.put({ ...entry, ...document.body.dataset })", entry)


async def test_what_was_put_stands_there_after_the_page_is_loaded_anew(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    await put(page, service)
    await page.reload()
    (entry,) = await page.evaluate("outbox.list()")
    assert (entry["kind"], entry["whom"], entry["state"], entry["user"]) == ("flag", "Stina E.", "waiting", "anna")
    assert ["reason", "Ropar i trapphuset"] in entry["fields"]
    assert await page.evaluate("outbox.count()") == 1

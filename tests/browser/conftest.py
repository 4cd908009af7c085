"""A real Chromium, driven by Playwright's async interface in the tests' own event loop."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright

WHOLE = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
WITHOUT_WINDOWS = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium-headless-shell") or WHOLE
ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

NewPage = Callable[..., Awaitable[Page]]


def how_to_start(*, whole: bool = False) -> dict[str, Any]:
    """Options of Playwright's launch: the machine's Chromium where there is one, else Playwright's own.

    The one that can only run without windows takes three fifths of the processor time of a whole one. It shows no
    notifications and keeps no titles and addresses of pages: what is about these asks for the `whole` one.
    `CHROMIUM_PATH` names one for both.
    """
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    path = WHOLE if whole else WITHOUT_WINDOWS
    where = {"channel": "chromium"} if whole and not path else {"executable_path": path}
    return {"args": [*ARGS, *as_root], **where}


@asynccontextmanager
async def a_browser(*, whole: bool = False) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(**how_to_start(whole=whole))
        yield running
        await running.close()


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests of a run's process, each of which has contexts of its own in it."""
    async with a_browser() as running:
        yield running


@pytest_asyncio.fixture
async def new_page(browser: Browser) -> AsyncIterator[NewPage]:
    """`await new_page(**context_options)`: a page in a context of its own, closed after the test.

    A page that met an error says so: `page.errors` holds console errors and uncaught exceptions.
    """
    contexts = []

    async def new(**options: Any) -> Page:
        context = await browser.new_context(**options)
        contexts.append(context)
        page = await context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.errors = errors  # type: ignore[attr-defined]
        return page

    yield new
    for context in contexts:
        await no_longer_routed(context)
        await context.close()


async def no_longer_routed(context: BrowserContext) -> None:
    """An answer that a route still holds up is let go, so that its error does not fall on the test after."""
    with suppress(Error):  # the test has closed it
        for one in (context, *context.pages):
            await one.unroute_all(behavior="ignoreErrors")

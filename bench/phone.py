"""A phone in a stairwell: *my day* until it can be used, what it weighs, and a hand that flags.

Real Chromium as a phone, its processor slowed four times, on a line of 400 kbit/s and 400 ms (`_line`). The reference
is an answer of two letters by the same server on the same line; what is asked for stands beside what was measured.
Run: python -m bench.phone [--quick]
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from socket import socket
from urllib.request import urlopen

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bench._line import Line, a_line

CHROMIUM = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
SLOWER = 4  # times, the processor of a cheap phone
REACH = 0.6  # seconds in which a thumb finds the next thing
LETTERS = 5  # a second, typed with one hand
SENTENCE = "Hör röster igen"

# The flag button is painted, and all the scripts of the page have run.
INTERACTIVE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  const buttons = [...document.querySelectorAll("a[href^='/flag']")];
  const there = !buttons.length || buttons.some((one) => one.checkVisibility());
  return there && painted && page.domContentLoadedEventEnd ? Math.max(painted, page.domContentLoadedEventEnd) : 0;
}"""


@dataclass(frozen=True)
class Opened:
    """A page, opened: seconds until it could be used; bytes down by then, and a second later, its stream begun."""

    seconds: float
    by_then: int
    bytes: int


async def main() -> None:
    rounds = 2 if "--quick" in sys.argv else 7
    with a_demo() as port:
        async with a_line(port) as line, async_playwright() as playwright:
            as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", *as_root])
            phone = playwright.devices["Pixel 5"] | {"locale": "sv-SE"}

            async def fresh() -> BrowserContext:
                return await signed_in(browser, line, phone)

            nothing, cold, warm, later, hands = [], [], [], [], dict[str, list[float]]()
            for _ in range(rounds):
                async with contextlib.aclosing(contexts(fresh)) as made:
                    context = await anext(made)
                    nothing.append(await opened(context, line, "/healthz"))
                async with contextlib.aclosing(contexts(fresh)) as made:
                    context = await anext(made)
                    before = line.down.carried
                    cold.append(await opened(context, line, "/"))
                    await line.quiet(3)  # its worker comes after the page,
                    await opened(context, line, "/")
                    await line.quiet(3)  # and what is kept for the time without a line with the next one
                    later.append(line.down.carried - before - cold[-1].bytes)
                    warm.append(await opened(context, line, "/"))
                    for name, write in HANDS.items():
                        hands.setdefault(name, []).append(await flagged(context, line, write))
            await browser.close()
    base = statistics.median(one.seconds for one in nothing)
    print(f"\n{rounds} times each; a phone, its processor {SLOWER} times slower, 400 kbit/s, 400 ms there and back")
    print(f"{'':<40}{'median s':>9}{'worst s':>9}{'of it':>7}{'asked':>7}{'KB':>7}{'asked':>7}")
    row("an answer of two letters (reference)", [one.seconds for one in nothing], base, weight=nothing)
    row("my day for the first time", [one.seconds for one in cold], base, 3, cold, 60)
    row("my day again", [one.seconds for one in warm], base, 1, warm, 10)
    for name, taken in hands.items():
        row(f"app opened, flag saved, {name}", taken, base, 10)
    once = statistics.median(later) / 1000
    print(f"Once, behind the first two visits: {once:.0f} KB, the second one's page among them.")


def row(
    name: str, taken: list[float], base: float, most: float = 0, weight: list[Opened] | None = None, heaviest: int = 0
) -> None:
    middle = statistics.median(taken)
    kilobytes = f"{statistics.median(one.bytes for one in weight) / 1000:.1f}" if weight else ""
    figures = f"{middle:>9.2f}{max(taken):>9.2f}{middle / base:>7.1f}{most or '':>7}"
    print(f"{name:<40}{figures}{kilobytes:>7}{heaviest or '':>7}")


@contextlib.contextmanager
def a_demo() -> Iterator[int]:
    """The demo team, made anew and served in a process of its own; its port."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "factboard", "demo", "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, env=os.environ | {"FACTBOARD_LOG_LEVEL": "ERROR"}
        )
        try:
            for _ in range(600):
                with contextlib.suppress(OSError):
                    urlopen(f"http://127.0.0.1:{port}/healthz").close()
                    break
                time.sleep(0.2)
            yield port
        finally:
            process.terminate()
            process.wait(10)


async def contexts(fresh: Callable[[], Awaitable[BrowserContext]]) -> AsyncIterator[BrowserContext]:
    context = await fresh()
    try:
        yield context
    finally:
        await context.close()


async def signed_in(browser: Browser, line: Line, phone: dict[str, object]) -> BrowserContext:
    """A browser that has seen nothing of factboard yet but is signed in as Anna, a clinician."""
    context = await browser.new_context(**phone, base_url=f"http://127.0.0.1:{line.port}")  # type: ignore[arg-type]
    await context.request.post("/demo/sign-in", form={"username": "anna"}, max_redirects=0)
    return context


async def slowed(context: BrowserContext) -> Page:
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


async def opened(context: BrowserContext, line: Line, path: str) -> Opened:
    page = await slowed(context)
    before = line.down.carried
    await page.goto(path, wait_until="commit")
    while not (after := await page.evaluate(INTERACTIVE)):
        await asyncio.sleep(0.02)
    by_then = line.down.carried - before
    await asyncio.sleep(1)
    whole = line.down.carried - before
    await page.close()
    return Opened(after / 1000, by_then, whole)


# --- the hand -----------------------------------------------------------------------------------------------------


async def phrase(page: Page) -> None:
    await touch(page, ".fills .chip >> nth=0")


async def sentence(page: Page) -> None:
    await touch(page, "#f-reason")
    await page.type("#f-reason", SENTENCE, delay=1000 / LETTERS)


HANDS: dict[str, Callable[[Page], Awaitable[None]]] = {"with a ready reason": phrase, "with a sentence": sentence}


async def touch(page: Page, what: str) -> None:
    """A thumb's touch on what is there, once it is."""
    await page.locator(what).first.wait_for()
    await asyncio.sleep(REACH)
    await page.locator(what).first.tap()


async def flagged(context: BrowserContext, line: Line, write: Callable[[Page], Awaitable[None]]) -> float:
    """Seconds from opening the app to *Saved* on the screen: the button, a client of one's own, why, send."""
    page = await slowed(context)
    began = time.perf_counter()
    await page.goto("/", wait_until="commit")
    await touch(page, "main a[href^='/flag']")
    await touch(page, "#near label.found")
    await write(page)
    if not await page.locator("[name=category]:checked").count():
        await touch(page, "label:has([name=category])")
    await touch(page, ".send .primary")
    await page.locator("[data-state=saved]").wait_for()
    taken = time.perf_counter() - began
    await page.close()
    await line.quiet()
    return taken


if __name__ == "__main__":
    asyncio.run(main())

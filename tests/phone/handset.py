"""A phone: Chromium as one, with a profile that lasts, to be switched on, killed, and switched on again.

It hears what its pages say: each *saved* that stood on the screen, with its time.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Error, Page, Playwright

from tests.browser.conftest import how_to_start

PHONE: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-GB"}

# Whatever says *saved* on any page, once for each thing said, with the time by the clock that no test sets.
LISTENS = r"""(() => {
  if (top !== self) return;
  const told = new Set();
  const shown = (one) => one && one.checkVisibility();
  const words = (one) => one.textContent.replace(/\s+/g, " ").trim();
  const digits = (text) => Number(text.replace(/\D/g, ""));
  function* saved() {
    const flag = document.querySelector("#flag-state [data-state=saved]");
    const slot = (name) => words(flag.querySelector(`[data-slot=${name}]`));
    if (shown(flag)) yield ["flag", digits(slot("seq")), slot("words")];
    const waiting = document.getElementById("waiting-said");
    const number = waiting?.textContent.match(/no\. ([\d,]+)/);
    if (number) yield ["waiting", digits(number[1]), words(waiting)];
    for (const toast of document.querySelectorAll("#toasts .toast:not(.is-wrong)")) {
      const [, seq] = toast.id.match(/^toast-(\d+)$/) ?? [];
      const [, n] = words(toast).match(/sent and saved: (\d+)/) ?? [];
      if (seq) yield ["toast", Number(seq), words(toast)];
      else if (n) yield ["sent", -Number(n), words(toast)];
    }
  }
  new MutationObserver(() => {
    for (const one of saved()) {
      const said = JSON.stringify(one);
      if (told.has(said)) continue;
      told.add(said);
      console.debug("said " + JSON.stringify([...one, (performance.timeOrigin + performance.now()) / 1000]));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})();"""


@dataclass(frozen=True)
class Said:
    """*Saved*, as a page said it: where, of which number in the history (below 0: of so many), in which words, when."""

    where: str
    seq: int
    words: str
    at: float


class Phone:
    def __init__(self, playwright: Playwright, profile: Path, *, whole: bool) -> None:
        self._playwright, self.profile, self._whole = playwright, profile, whole
        self.said: list[Said] = []
        self.errors: list[str] = []
        self.addresses: set[str] = set()
        self.context: BrowserContext
        self.page: Page

    async def on(self) -> None:
        launch = self._playwright.chromium.launch_persistent_context
        self.context = await launch(self.profile, **how_to_start(whole=self._whole), **PHONE)
        await self.context.add_init_script(LISTENS)
        self.context.on("console", self._hear)
        self.context.on("request", lambda request: self.addresses.add(request.url))
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page = self.context.pages[0]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text.startswith("said "):
            self.said.append(Said(*json.loads(message.text.removeprefix("said "))))

    async def kill(self) -> None:
        """Its battery is taken out: nothing is written any more, nothing said goodbye to."""
        closed = asyncio.get_running_loop().create_future()
        self.context.on("close", lambda _: closed.done() or closed.set_result(None))
        os.killpg(os.getpgid(self._pid()), signal.SIGKILL)
        await asyncio.wait_for(closed, 10)

    async def off(self) -> None:
        await self.context.close()

    def _pid(self) -> int:
        """The browser's own process, or the script that started it."""
        mine = f"--user-data-dir={self.profile}".encode()
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if folder.name.isdigit():
                    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").split(b" ")
                    if mine in words and not any(word.startswith(b"--type=") for word in words):
                        return int(folder.name)
        raise AssertionError("no browser runs on this profile")

    async def until(self, expression: str, seconds: float = 10, arg: object = None) -> None:
        """Wait until the expression, perhaps a promise, is true in the page. Asks from outside, as our policy wants."""
        started = perf_counter()
        while perf_counter() - started < seconds:
            with contextlib.suppress(Error):  # between two pages there is nobody to ask
                if await self.page.evaluate(expression, arg):
                    return
            await asyncio.sleep(0.02)
        words = (await self.page.inner_text("body"))[:1500]
        raise AssertionError(f"not within {seconds} s: {expression} {arg}; {self.page.url} says {words!r}")

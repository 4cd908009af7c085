"""A key in the meeting, from the press to the last screen: one POST, a wall, a laptop, and phones on three views.

The reference is what cannot be saved on: a durable commit of one row by plain sqlite3 on the same disk.
Run: python -m bench.meeting [--quick]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from contextlib import AsyncExitStack
from time import perf_counter

import httpx2

from bench._team import USER, Screens, a_service, a_store, fill, percentile, signed_in
from bench.flag import commits

ON_BOARD = 30
VIEWS = {"wall": 1, "meeting": 8, "board": 2, "visits": 2}  # what the room looks at


async def main() -> None:
    rounds = 2 if "--quick" in sys.argv else 10
    async with a_store() as store:
        await fill(store, on_board=ON_BOARD)
        await store.close()
        with a_service(store.url.render_as_string()) as address:
            posted, shown = await meetings(address, rounds)
    base = statistics.median(commits(len(posted)))
    screens = sum(VIEWS.values())
    print(f"\n{rounds} meetings of {ON_BOARD} clients, one key each, {screens} screens: {VIEWS}")
    print(f"{'':<44}{'p50 ms':>9}{'p99 ms':>9}{'p50 of a commit':>17}")
    for name, values in (("no change, until the answer", posted), ("no change, until the last screen has it", shown)):
        middle = statistics.median(values)
        print(f"{name:<44}{middle:>9.2f}{percentile(values, 0.99):>9.2f}{middle / base:>17.1f}")


async def meetings(address: str, rounds: int) -> tuple[list[float], list[float]]:
    posted, shown = [], []
    async with httpx2.AsyncClient(base_url=address, timeout=30, headers={"Accept": "application/json"}) as browser:
        cookies = await signed_in(browser)
        async with AsyncExitStack() as open_screens:
            groups = [
                await open_screens.enter_async_context(Screens(address, cookies, number, view))
                for view, number in VIEWS.items()
            ]
            for _ in range(rounds):
                meeting = await opened(browser)
                for client in await agenda(browser):
                    began = perf_counter()
                    answer = await browser.post(f"/meeting/{meeting}/no-change", data={"of": client})
                    seq = int(answer.raise_for_status().json()["seq"])
                    posted.append((perf_counter() - began) * 1e3)
                    await asyncio.gather(*(group.show(seq) for group in groups))
                    shown.append((perf_counter() - began) * 1e3)
                await browser.post(f"/meeting/{meeting}/close", data={"reason": "Mätning"})
    return posted, shown


async def opened(browser: httpx2.AsyncClient) -> str:
    """Begin a meeting; its id."""
    answer = await browser.post("/meeting", data={"chair": USER, "present": USER})
    return str(answer.raise_for_status().json()["meeting"])


async def agenda(browser: httpx2.AsyncClient) -> list[str]:
    """The clients of the open meeting's agenda, in order."""
    page = (await browser.get("/meeting", headers={"Accept": "text/html"})).text
    parts = page.split('id="turn-')[1:]
    return [part.split('"', 1)[0] for part in parts]


if __name__ == "__main__":
    asyncio.run(main())

"""A flag, from the tap to the last of 13 screens: POST over a real socket, durable commit, frame on every stream.

The reference is what cannot be saved on: a durable commit of one row by plain sqlite3 on the same disk.
Run: python -m bench.flag [--quick]
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import httpx2

from bench._team import PASSWORD, USER, a_service, a_store, fill, percentile

SCREENS = 13


async def main() -> None:
    rounds = 40 if "--quick" in sys.argv else 300
    async with a_store() as store:
        ids = await fill(store)
        await store.close()
        url = store.url.render_as_string()
        with a_service(url) as address:
            posted, shown = await flags(address, ids, rounds)
    reference = commits(rounds)
    print(f"\n{rounds} flags, one at a time, {SCREENS} screens watching a board of about 40")
    print(f"{'':<44}{'p50 ms':>9}{'p99 ms':>9}{'p50 of a commit':>17}")
    base = statistics.median(reference)
    for name, values in (
        ("one durable commit by sqlite3 (reference)", reference),
        ("POST /flag until the answer", posted),
        ("POST /flag until the last screen has it", shown),
    ):
        middle = statistics.median(values)
        print(f"{name:<44}{middle:>9.2f}{percentile(values, 0.99):>9.2f}{middle / base:>17.1f}")


async def flags(address: str, ids: list[str], rounds: int) -> tuple[list[float], list[float]]:
    seen = [0] * SCREENS
    news = asyncio.Event()
    async with httpx2.AsyncClient(base_url=address, timeout=30) as browser:
        await browser.post("/login", data={"username": USER, "password": PASSWORD})
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

        async def watch(screen: int) -> None:
            host, port = address.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port), limit=2**22)
            writer.write(
                f"GET /live/board HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\nAccept-Language: sv\r\n\r\n".encode()
            )
            while line := await reader.readline():
                if found := re.match(rb"id: (\d+)-", line):
                    seen[screen] = int(found[1])
                    news.set()

        watchers = [asyncio.create_task(watch(screen)) for screen in range(SCREENS)]
        while not all(seen):
            await asyncio.sleep(0.05)
        posted, shown = [], []
        for number in range(rounds):
            form = {
                "client": ids[number % len(ids)],
                "category": "short_intensive",
                "reason": f"Mätning nummer {number}",
                "request_id": f"bench-{number}",
            }
            began = perf_counter()
            answer = await browser.post("/flag", data=form, headers={"Accept": "application/json"})
            posted.append((perf_counter() - began) * 1e3)
            seq = answer.raise_for_status().json()["seq"]
            while min(seen) < seq:
                news.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), 5)
            shown.append((perf_counter() - began) * 1e3)
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)
    return posted, shown


def commits(rounds: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        plain = sqlite3.connect(Path(folder) / "reference.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute("CREATE TABLE fact (text TEXT)")
        taken = []
        for number in range(rounds):
            began = perf_counter()
            plain.execute("BEGIN IMMEDIATE")
            plain.execute("INSERT INTO fact VALUES (?)", (f"Mätning nummer {number}" * 10,))
            plain.execute("COMMIT")
            taken.append((perf_counter() - began) * 1e3)
        plain.close()
    return taken


if __name__ == "__main__":
    asyncio.run(main())

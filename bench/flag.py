"""A flag, from the tap to the last of 13 screens: POST over a real socket, durable commit, frame on every stream.

The reference is what cannot be saved on: a durable commit of one row by plain sqlite3 on the same disk.
Run: python -m bench.flag [--quick]
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import httpx2

from bench._team import Screens, a_service, a_store, fill, percentile, post_flag, signed_in

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
    posted, shown = [], []
    async with (
        httpx2.AsyncClient(base_url=address, timeout=30) as browser,
        Screens(address, await signed_in(browser), SCREENS) as screens,
    ):
        for number in range(rounds):
            began = perf_counter()
            seq = await post_flag(browser, ids[number % len(ids)], number)
            posted.append((perf_counter() - began) * 1e3)
            await screens.show(seq)
            shown.append((perf_counter() - began) * 1e3)
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

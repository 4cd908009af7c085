"""200 screens under 5 flags a second: from the POST to the last screen; then the same beside 50 that never read.

The reference is the first run; those who never read may make the others at most 20 % slower (docs/hazard-log.md).
Run: python -m bench.crowd [--quick]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from time import perf_counter

import httpx2

from bench._team import Screens, a_service, a_store, fill, percentile, post_flag, signed_in

SCREENS, NEVER_READ, EVERY = 200, 50, 0.2


async def main() -> None:
    rounds = 25 if "--quick" in sys.argv else 150
    async with a_store() as store:
        ids = await fill(store)
        await store.close()
        with a_service(store.url.render_as_string()) as address:
            async with httpx2.AsyncClient(base_url=address, timeout=30) as browser:
                cookies = await signed_in(browser)
                async with Screens(address, cookies, SCREENS) as screens:
                    alone = await flags(browser, screens, ids, 0, rounds)
                    silent = [screens.never_read() for _ in range(NEVER_READ)]
                    beside = await flags(browser, screens, ids, rounds, rounds)
                    for one in silent:
                        one.close()
    print(f"\n{SCREENS} screens, {rounds} flags at {1 / EVERY:.0f} a second; ms POST to last screen")
    print(f"{'':<34}{'p50':>8}{'p95':>8}{'p99':>8}{'p50 of alone':>14}")
    base = statistics.median(alone)
    for name, values in (("alone (reference)", alone), (f"beside {NEVER_READ} that never read", beside)):
        middle = statistics.median(values)
        p95, p99 = percentile(values, 0.95), percentile(values, 0.99)
        print(f"{name:<34}{middle:>8.1f}{p95:>8.1f}{p99:>8.1f}{middle / base:>14.2f}")


async def flags(browser: httpx2.AsyncClient, screens: Screens, ids: list[str], first: int, rounds: int) -> list[float]:
    taken = []
    for number in range(first, first + rounds):
        began = perf_counter()
        await screens.show(await post_flag(browser, ids[number % len(ids)], number))
        taken.append((perf_counter() - began) * 1e3)
        await asyncio.sleep(max(0.0, EVERY - (perf_counter() - began)))
    return taken


if __name__ == "__main__":
    asyncio.run(main())

"""The board rendered: cold (no card kept), warm (all kept), and with one card changed.

The reference is the cold rendering, which is what a board without kept cards would cost each time.
Run: python -m bench.render [--quick]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from datetime import UTC, datetime
from time import perf_counter

from bench._team import TEAM, USER, a_store, fill
from factboard.domain import placement
from factboard.recorder import Recorder
from factboard.web.board import BoardView


async def main() -> None:
    rounds = 20 if "--quick" in sys.argv else 100
    async with a_store() as store:
        ids = await fill(store)
        recorder = Recorder(store, lambda: datetime.now(UTC))
        view = BoardView(store, recorder.clock)
        await view.frame(TEAM, "sv")  # templates are compiled once, at the first use

        async def timed(fresh: bool) -> float:
            shown = BoardView(store, recorder.clock) if fresh else view
            began = perf_counter()
            await shown.frame(TEAM, "sv")
            return (perf_counter() - began) * 1e3

        cold = [await timed(True) for _ in range(rounds)]
        warm = [await timed(False) for _ in range(rounds)]
        changed = []
        for number in range(rounds):
            await recorder.change(TEAM, USER, placement.add_action, client=ids[number % 40], text=f"Ring {number}")
            changed.append(await timed(False))
    reference = statistics.median(cold)
    print(f"\nA board of 40 cards, read and rendered, {rounds} times each")
    print(f"{'':<18}{'median ms':>10}{'p99 ms':>10}{'of cold':>10}")
    for name, values in (("cold (reference)", cold), ("warm", warm), ("one card changed", changed)):
        middle = statistics.median(values)
        print(
            f"{name:<18}{middle:>10.2f}{sorted(values)[int(len(values) * 0.99) - 1]:>10.2f}{middle / reference:>10.2f}"
        )


if __name__ == "__main__":
    asyncio.run(main())

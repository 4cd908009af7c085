"""A history of ten years: finding, looking back, counting, verifying, exporting, and how they grow with the database.

400 teams with ten years each, one of them with 1,000,000 facts; 2.5 million in all, in SQLite, written by
`bench/_ten_years.py`. The curve is taken while the database grows. What a person waits for is asked of the service by
its addresses, so it has the writing of the page in it; what the database does for it stands beside.
Run: python -m bench.history [--quick]    (--quick: 40 teams with a year each, one with 40,000 facts)
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import httpx2

from bench._team import PASSWORD, a_service, percentile
from bench._ten_years import LARGE, LAST, MODEL, Copies, model
from factboard.domain.statistics import Period, Words, figures
from factboard.passwords import hash_password
from factboard.storage import history, past, projections
from factboard.storage.engine import Store
from factboard.storage.history import Filter
from factboard.storage.migrations import migrate
from factboard.storage.statistics import material
from factboard.storage.verifying import verdict

PAGE = 100  # facts on a page of the history
DRAWN = 8  # teams that a point of the curve is of
YEAR = Period(LAST.replace(year=LAST.year - 1), LAST)
Both = tuple[float, float]  # p50 and p99, milliseconds


@dataclass(frozen=True)
class Size:
    teams: int
    years: int
    large: int  # facts
    rounds: int

    @property
    def steps(self) -> tuple[int, ...]:
        """After how many teams the curve has a point, before the large one comes."""
        return (self.teams // 6, self.teams // 3, self.teams * 2 // 3, self.teams)


FULL, QUICK = Size(400, 10, 1_000_000, 60), Size(40, 1, 40_000, 20)


async def main() -> None:
    quick = "--quick" in sys.argv
    size = QUICK if quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        url = f"sqlite+aiosqlite:///{file}"
        store = Store(url)
        await migrate(store)
        await model(store, size.years, await asyncio.to_thread(hash_password, PASSWORD))
        copies, chance, curve = Copies(file), random.Random(7), []
        made = 1
        for step in size.steps:
            for number in range(made, step):
                copies.team(f"t{number:03d}")
            made = step
            if step == size.teams:
                copies.large(LARGE, size.large)
            teams = [f"t{number:03d}" for number in range(1, made)]
            curve.append((copies.count(), *await point(store, teams, chance, size.rounds)))
        copies.close()
        print(f"\n{size.teams} teams x {size.years} years, {copies.facts} facts each; one with {size.large}")
        print("\nAs the database grows (an ordinary team, p50 and p99 in ms)")
        print(f"{'facts in all':>14}{'filtered page':>20}{'a year counted':>20}{'a morning':>20}")
        for count, *rest in curve:
            print(f"{count:>14,}" + "".join(f"{both[0]:>11.1f}{both[1]:>9.1f}" for both in rest))
        print(f"{'last / first':>14}" + "".join(
            f"{curve[-1][place][0] / curve[0][place][0]:>11.2f}{'':>9}" for place in (1, 2, 3)
        ))  # fmt: skip
        sys.stdout.flush()
        await of_the_large_one(store, size, chance)
        await store.close()
        await by_address(url, size, chance)
        exported(url, size, Path(folder))


async def timed(rounds: int, what: Callable[[], Awaitable[object]]) -> Both:
    spent = []
    await what()
    for _ in range(rounds):
        began = perf_counter()
        await what()
        spent.append((perf_counter() - began) * 1e3)
    return statistics.median(spent), percentile(spent, 0.99)


async def filters(store: Store, team: str, chance: random.Random) -> dict[str, Filter]:
    """One of each kind, as people ask."""
    async with store.reading() as connection:
        clients = await projections.caseload(connection, team)
        met = await projections.meetings(connection, team, limit=5)
    day = datetime.combine(LAST, datetime.min.time(), UTC) - timedelta(days=chance.randint(1, 300))
    return {
        "a client": Filter(clients=(chance.choice(clients).id,)),
        "a person": Filter(actor="elin"),
        "a kind": Filter(kinds=("rated",)),
        "a category": Filter(category="short_intensive"),
        "a meeting": Filter(meeting=met[0].id),
        "words": Filter(words="telefon"),
        "a month": Filter(since=day, until=day + timedelta(days=30)),
        "nothing": Filter(),
    }


async def point(store: Store, teams: list[str], chance: random.Random, rounds: int) -> tuple[Both, Both, Both]:
    """First pages by every filter, a year's figures and a past morning, of some teams drawn by chance."""
    drawn = chance.sample(teams, min(DRAWN, len(teams)))
    asked = {team: [*(await filters(store, team, chance)).values()] for team in drawn}

    async def page(team: str) -> None:
        async with store.reading() as connection:
            await history.look(connection, team, chance.choice(asked[team]), limit=PAGE)

    async def year(team: str) -> None:
        async with store.reading() as connection:
            here = await projections.team(connection, team)
            assert here
            figures(await material(connection, here, YEAR, datetime.combine(LAST, datetime.min.time(), UTC), Words()))

    async def morning(team: str) -> None:
        async with store.reading() as connection:
            seq = await past.last_before(connection, team, some_morning(chance))
            await past.past(connection, team, seq)

    found = []
    for what, often in ((page, rounds * 4), (year, rounds), (morning, rounds)):
        for team in drawn:  # what the disk has to bring the first time is no part of it
            await what(team)
        found.append(await timed(often, lambda what=what: what(chance.choice(drawn))))  # type: ignore[misc]
    return found[0], found[1], found[2]


def some_morning(chance: random.Random, years: int = 1) -> datetime:
    return datetime.combine(LAST - timedelta(days=chance.randint(10, 360 * years)), datetime.min.time(), UTC).replace(
        hour=8
    )


async def of_the_large_one(store: Store, size: Size, chance: random.Random) -> None:
    print(f"\nThe team with {size.large:,} facts")
    print(f"{'':<44}{'p50 ms':>9}{'p99 ms':>9}")
    for name, filter in (await filters(store, LARGE, chance)).items():

        async def page(filter: Filter = filter) -> None:
            async with store.reading() as connection:
                await history.look(connection, LARGE, filter, limit=PAGE)

        middle, most = await timed(size.rounds, page)
        print(f"{'first page by ' + name:<44}{middle:>9.1f}{most:>9.1f}")
    pages = size.large // PAGE

    async def numbered(number: int) -> None:
        async with store.reading() as connection:
            before = size.large - (number - 1) * PAGE + 1
            await history.look(connection, LARGE, Filter(), before=before, limit=PAGE)

    first, last = await timed(size.rounds, lambda: numbered(1)), await timed(size.rounds, lambda: numbered(pages))
    print(f"{f'page 1 and page {pages:,}':<44}{first[0]:>9.1f}{last[0]:>9.1f}{last[0] / first[0]:>9.2f} x")
    began, worked = perf_counter(), process_time()
    async with store.reading() as connection:
        told = await verdict(connection, LARGE)
    assert told.broken is None
    assert told.seq == size.large
    spent = f"{perf_counter() - began:>9.1f} s, {process_time() - worked:.1f} s of a processor"
    print(f"{f'verify {size.large:,} facts':<44}{spent}", flush=True)


async def by_address(url: str, size: Size, chance: random.Random) -> None:
    """The same as a person waits for it: one request after the other, the page written."""
    first, last = YEAR.first.isoformat(), YEAR.last.isoformat()
    with a_service(url) as address:
        async with httpx2.AsyncClient(base_url=address, timeout=60) as browser:
            await browser.post("/login", data={"username": "anna", "password": PASSWORD})
            await browser.post("/team", data={"team": MODEL})

            async def asked(path: str) -> None:
                (await browser.get(path)).raise_for_status()

            print("\nBy address, an ordinary team (the page written and sent)")
            print(f"{'':<44}{'p50 ms':>9}{'p99 ms':>9}")
            for name, path in (
                ("the history by a kind", lambda: "/history?kind=rated"),
                ("the statistics of a year", lambda: f"/statistics?first={first}&last={last}"),
                ("the board of a past morning", lambda: f"/board?at={some_morning(chance, size.years):%Y-%m-%dT%XZ}"),
            ):  # fmt: skip
                middle, most = await timed(size.rounds // 2, lambda path=path: asked(path()))  # type: ignore[misc]
                print(f"{name:<44}{middle:>9.1f}{most:>9.1f}")


WATCHED = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(used.ru_maxrss)
sys.exit(bool(status))
"""  # a small process in between: a child begins with the most memory that its parent ever had


def exported(url: str, size: Size, folder: Path) -> None:
    """Each form in a process of its own: how much memory it took at the most. The program alone is the reference."""
    print(f"\n{'factboard export of ' + f'{size.large:,} facts':<44}{'s':>9}{'MB':>9}")
    year = ["--since", (LAST - timedelta(days=365)).isoformat()] if size.years > 1 else []
    environment = os.environ | {"FACTBOARD_DATABASE_URL": url, "FACTBOARD_SECRET_KEY": "x" * 40}
    for name, more in (
        ("the program alone", ["--help"]),
        ("csv", [str(folder / "all.csv"), "--team", LARGE]),
        ("jsonl", [str(folder / "all.jsonl"), "--team", LARGE]),
        ("xlsx, of the last year", [str(folder / "year.xlsx"), "--team", LARGE, *year]),
    ):
        began = perf_counter()
        command = [sys.executable, "-c", WATCHED, sys.executable, "-m", "factboard", "export", *more]
        told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout
        most = int(told) / (1_024**2 if sys.platform == "darwin" else 1_024)
        print(f"{name:<44}{perf_counter() - began:>9.1f}{most:>9.0f}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())

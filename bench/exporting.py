"""A million facts of a team taken out as CSV, XLSX and JSON Lines: how much memory, and how long.

Beside it a tenth of them: memory that grows with the history would be seen at once. The facts are ratings and contacts
of forty clients, linked and written straight into the table; what is measured is `factboard export` in a process of its
own, its interpreter and libraries with it.
Run: python -m bench.exporting [--quick]
"""

from __future__ import annotations

import asyncio
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from rich.console import Console
from rich.table import Table

from bench._team import TEAM, USER, a_store, fill
from factboard.domain import events as e
from factboard.domain.chain import Row, linked
from factboard.storage import history
from factboard.storage.codec import fact_to_text, instant_to_text

MOST_MB = 150
BEGAN = datetime(2016, 11, 1, tzinfo=UTC)
COLUMNS = ", ".join(Row.__slots__)
PLACES = ", ".join("?" for _ in Row.__slots__)


def rows(last: tuple[int, str], clients: list[str], many: int) -> Iterator[Row]:
    """So many facts after the last one: each client is met and rated in turn, one fact every five minutes."""
    seq, hash = last
    for number in range(many):
        at, client = BEGAN + timedelta(minutes=5 * number), clients[number % len(clients)]
        note = f"Pratade om helgen och om sömnen, {number} gånger hittills. Ringer igen."
        met = e.ContactLogged(e.ContactKind.HOME, USER, at, note=note)
        rated = e.Rated(e.Rating.BETTER, e.Basis.SEEN, USER, at)
        fact: e.Fact = met if number // len(clients) % 2 else rated
        row = linked(
            hash,
            team=TEAM,
            seq=seq + 1,
            at=instant_to_text(at),
            actor=USER,
            kind=fact.kind,
            version=fact.version,
            client=client,
            placement=None,
            payload=fact_to_text(fact),
            salt=secrets.token_hex(16),
        )
        seq, hash = row.seq, row.hash
        yield row


def write(path: str, last: tuple[int, str], clients: list[str], many: int) -> None:
    with closing(connect(path)) as plain:
        plain.executemany(f"INSERT INTO history ({COLUMNS}) VALUES ({PLACES})", map(tuple, rows(last, clients, many)))
        end = plain.execute(
            "SELECT seq, hash FROM history WHERE team = ? ORDER BY seq DESC LIMIT 1", (TEAM,)
        ).fetchone()
        plain.execute("UPDATE stream SET seq = ?, hash = ? WHERE team = ?", (*end, TEAM))
        plain.commit()


def exported(url: str, file: Path) -> tuple[float, float]:
    """Seconds, and the most megabytes that the process ever held."""
    began, held = perf_counter(), 0.0
    command = [sys.executable, "-m", "factboard", "export", str(file), "--team", TEAM, "--database", url]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:  # the usage that a parent is told of its child begins with the parent's own
        held = max(held, _held(process.pid))
        sleep(0.02)
    if process.returncode:
        raise SystemExit("the export failed")
    return perf_counter() - began, held


def _held(process: int) -> float:
    """The most megabytes that this process has had in memory so far; 0 where it has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1_000
    return 0.0


async def measure(sizes: tuple[int, ...], shown: Table) -> float:
    worst = 0.0
    async with a_store() as store:
        clients = await fill(store)
        async with store.reading() as connection:
            last = await history.head(connection, TEAM)
        assert last
        url = store.url.render_as_string(hide_password=False)
        for many, before in zip(sizes, (0, *sizes), strict=False):
            async with store.reading() as connection:
                last = await history.head(connection, TEAM) or last
            await asyncio.to_thread(write, str(store.url.database), last, clients, many - before)
            with TemporaryDirectory() as folder:
                for ending in ("jsonl", "csv", "xlsx"):
                    file = Path(folder) / f"all.{ending}"
                    took, held = await asyncio.to_thread(exported, url, file)
                    worst = max(worst, held)
                    size = file.stat().st_size / 1e6
                    shown.add_row(
                        f"{many:,}", ending, f"{held:.0f}", f"{took:.0f}", f"{many / took:,.0f}", f"{size:.0f}"
                    )
    return worst


def main() -> int:
    sizes = (5_000, 50_000) if "--quick" in sys.argv else (100_000, 1_000_000)
    shown = Table(title=f"A team's history taken out; the most memory allowed is {MOST_MB} MB")
    for name in ("facts", "file", "memory MB", "seconds", "facts a second", "file MB"):
        shown.add_column(name, justify="left" if name == "file" else "right")
    worst = asyncio.run(measure(sizes, shown))
    Console().print(shown)
    return 0 if worst <= MOST_MB else 1


if __name__ == "__main__":
    sys.exit(main())

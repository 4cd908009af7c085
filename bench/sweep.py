"""A look of the scheduler at what is due, in a service of 10 to 400 teams with forty on the board of each.

The reference is the same question put to all states, as a service without stored instants would ask it. Then a hundred
returns that are due at once, beside as many ratings by people.
Run: python -m bench.sweep [--quick]
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import perf_counter

from sqlalchemy import event, insert, select

from bench._team import a_store
from factboard.domain import enrolment, events, meeting, placement, stepdown, team
from factboard.domain.state import Client, Team
from factboard.recorder import Recorder
from factboard.scheduler import Scheduler
from factboard.storage import projections, tables
from factboard.storage.codec import CLIENT, TEAM
from factboard.storage.engine import Store
from factboard.watchman import Watchman

BOARD, CASELOAD, TARGET_MS = 40, 200, 50
MORNING = datetime(2026, 11, 24, 7, 40, tzinfo=UTC)  # a Tuesday, 08:40 in Stockholm
POLICY = events.Policy(stable_ratings=2, raters=1, stable_days=1, blockers=())
SOON = events.Category("soon", "Snart", "blue", "circle", 9, 60, False, 0, 90, POLICY)


@dataclass
class Hands:
    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now


async def a_team(recorder: Recorder, hands: Hands, id: str, many: int) -> list[str]:
    """So many clients on the board whose policy is met, rated on the two days before."""
    await recorder.found_team("command_line", id, events.Settings(f"Team {id}", public_holidays=False))
    ids: list[str] = []
    async with recorder.together(id, "command_line") as desk:
        for user in ("anna", "lars"):
            member = events.Member(user, user, user.title(), events.Role.CLINICIAN)
            await desk.decide(team.set_member, member=member)
        await desk.decide(team.set_category, category=SOON)
        hands.now -= timedelta(days=3)
        for number in range(many):
            made = await desk.decide(enrolment.enrol, details=events.Details(f"Mätberg{number:03d}", "Stina"))
            await desk.decide(placement.put_on_board, client=made.client, category="soon", reason="Sover dåligt")
            await desk.decide(placement.take, client=made.client, actor="anna")
            ids.append(str(made.client))
        for _ in range(2):
            hands.now += timedelta(days=1)
            for client in ids:
                how = {"rating": events.Rating.USUAL, "basis": events.Basis.SEEN, "by": "anna"}
                await desk.decide(placement.rate, client=client, **how)
        hands.now += timedelta(days=1)
    return ids


async def a_meeting(recorder: Recorder, id: str) -> None:
    async with recorder.together(id, "anna") as desk:
        await desk.decide(meeting.open_meeting, with_all=True, present=["lars"])
        held = (await desk.state()).meeting or ""
        while focus := (await desk.meeting(held)).focus:  # type: ignore[union-attr]
            await desk.decide(meeting.no_change, of_meeting=held, with_all=True, of=focus)
        await desk.decide(meeting.close, of_meeting=held, with_all=True)


async def grow(store: Store, state: Team, clients: list[Client], teams: range) -> None:
    """More teams like this one, straight into the read tables, by the functions that project them."""
    waiting = [replace(one, stay=None) for one in clients]
    caseload = [*clients, *(waiting[n % BOARD] for n in range(CASELOAD - BOARD))]
    rows = [projections.client_columns(state, one) for one in caseload]
    for number in teams:
        async with store.writing() as connection:
            other = replace(state, id=f"t{number}")
            await connection.execute(insert(tables.team), projections.team_columns(other))
            new = [row | {"team": other.id, "id": f"{n}"} for n, row in enumerate(rows)]
            await connection.execute(insert(tables.client), new)


async def of_all_states(store: Store, now: datetime) -> int:
    """The same question without stored instants: every state is read."""
    async with store.reading() as connection:
        teams = {one.id: one for one in map(TEAM.validate_json, await connection.scalars(select(tables.team.c.state)))}
        on_board = select(tables.client.c.team, tables.client.c.state).where(tables.client.c.on_board)
        found = [(row.team, CLIENT.validate_json(row.state)) for row in await connection.execute(on_board)]
    return sum(at <= now for id, one in found for _, at in stepdown.all_of(stepdown.dues(teams[id], one)))


def reads(store: Store, statements: list[tuple[str, tuple[object, ...]]]) -> tuple[int, int, set[str]]:
    """(steps of SQLite's machine, rows that come back, how each is searched) of these statements."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    with sqlite3.connect(str(store.url.database)) as plain:
        plain.execute("SELECT * FROM team LIMIT 0")
        plain.set_progress_handler(step, 1)
        rows = sum(len(plain.execute(one, values).fetchall()) for one, values in statements)
        plain.set_progress_handler(None, 0)
        plans = {
            str(plan[-1]) for one, values in statements for plan in plain.execute(f"EXPLAIN QUERY PLAN {one}", values)
        }
    return taken, rows, plans


async def looks(
    store: Store, scheduler: Scheduler, rounds: int
) -> tuple[list[float], list[tuple[str, tuple[object, ...]]]]:
    """Milliseconds of each round that finds nothing due, and the statements that one asks."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(_c: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
        if statement != "BEGIN":
            asked.append((statement, values))

    assert not await scheduler.run_next_due()
    engine = store._reader.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await scheduler.run_next_due()
    event.remove(engine, "before_cursor_execute", note)
    taken = []
    for _ in range(rounds):
        began = perf_counter()
        assert not await scheduler.run_next_due()
        taken.append((perf_counter() - began) * 1e3)
    return taken, asked


async def nothing_due(sizes: tuple[int, ...], rounds: int) -> None:
    print("\nA round that finds nothing due; 40 on each board, 200 in each team's care")
    print(f"{'teams':>6}{'placements':>12}{'median ms':>11}{'p99 ms':>9}{'rows read':>11}{'steps':>7}", end="")
    print(f"{'all states ms':>15}{'beside it':>11}")
    async with a_store() as store:
        hands = Hands()
        recorder = Recorder(store, hands)
        await a_team(recorder, hands, "kusten", BOARD)
        hands.now = hands.now.replace(hour=11)  # the meetings of the day are over, and judged
        scheduler = Scheduler(recorder, store, watchman=Watchman(recorder, store, lambda: hands.now.timestamp()))
        await scheduler.run_all()
        async with store.reading() as connection:
            state = await projections.team(connection, "kusten")
            clients = await projections.on_board(connection, "kusten")
        assert state
        plans: set[str] = set()
        have = 1
        for teams in sizes:
            await grow(store, state, clients, range(have, teams))
            have = teams
            taken, asked = await looks(store, scheduler, rounds)
            steps, rows, plans = reads(store, asked)
            began = perf_counter()
            assert await of_all_states(store, hands.now) == 0
            naive = (perf_counter() - began) * 1e3
            middle, worst = statistics.median(taken), sorted(taken)[int(len(taken) * 0.99) - 1]
            print(f"{teams:>6}{teams * BOARD:>12}{middle:>11.2f}{worst:>9.2f}{rows:>11}{steps:>7}", end="")
            print(f"{naive:>15.1f}{middle / naive:>11.4f}")
            assert rows == 0, "read, and not due"
            assert middle < TARGET_MS
    print("How each is found: " + "; ".join(sorted(plans)))


async def returns_due(teams: int, each: int, board: int) -> None:
    """So many teams of each of whom so many return at once: fewer than the guard against too many would stop."""
    async with a_store() as store:
        hands = Hands()
        recorder = Recorder(store, hands)
        ids = {}
        for number in range(teams):
            hands.now = MORNING - timedelta(days=1)
            id = f"team{number}"
            ids[id] = await a_team(recorder, hands, id, each)
            await beside(recorder, id, board - each)
            await a_meeting(recorder, id)
            hands.now = MORNING
            await a_meeting(recorder, id)
        scheduler = Scheduler(recorder, store, watchman=Watchman(recorder, store, lambda: hands.now.timestamp()))
        hands.now = MORNING.replace(hour=11, minute=59, second=30)
        await scheduler.run_all()
        how = {"rating": events.Rating.UNCHANGED, "basis": events.Basis.SEEN}
        began = perf_counter()
        for id, clients in ids.items():
            for client in clients:
                await recorder.change(id, "anna", placement.rate, client=client, **how)
        reference = perf_counter() - began
        hands.now = MORNING.replace(hour=12, minute=0)
        began = perf_counter()
        done = await scheduler.run_all()
        taken = perf_counter() - began
        async with store.reading() as connection:
            left = [len(await projections.on_board(connection, id)) for id in ids]
    many = teams * each
    assert done == many
    assert left == teams * [board - each]
    print(f"\n{many} returns due at once, in {teams} teams with {board} on the board of each")
    print(f"{'':<34}{'seconds':>9}{'ms each':>9}{'beside':>8}")
    print(f"{'as many ratings (reference)':<34}{reference:>9.2f}{reference / many * 1e3:>9.1f}{1:>8}")
    print(f"{'returned, from one o’clock on':<34}{taken:>9.2f}{taken / many * 1e3:>9.1f}{taken / reference:>8.1f}")


async def beside(recorder: Recorder, id: str, many: int) -> None:
    """So many more on the board, who are not ready."""
    async with recorder.together(id, "anna") as desk:
        for number in range(many):
            made = await desk.decide(enrolment.enrol, details=events.Details(f"Nybo{number:03d}", "Åke"))
            await desk.decide(placement.put_on_board, client=made.client, category="soon", reason="Sover dåligt")
            await desk.decide(placement.take, client=made.client)


async def main() -> None:
    quick = "--quick" in sys.argv
    await nothing_due((10, 40) if quick else (10, 40, 100, 200, 400), 20 if quick else 200)
    await returns_due(*((5, 4, 40) if quick else (25, 4, 40)))


if __name__ == "__main__":
    asyncio.run(main())

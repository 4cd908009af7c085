"""`history verify` and `history rebuild`: is the history whole, and do the read tables say what it says?"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import Progress
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.cli.common import Database, Stop, bars, in_database
from factboard.domain.chain import GENESIS, verify
from factboard.recorder import Recorder
from factboard.storage import history, rebuilding

app = typer.Typer(help="The history: is it whole, and do the read tables agree with it?", no_args_is_help=True)

Team = Annotated[str | None, typer.Option(help="Only this team's; else every one.", show_default=False)]


@app.command("verify", epilog="Example: factboard history verify --team kusten")
def verify_chains(team: Team = None, database: Database = None) -> None:
    """Follow each chain from its first fact to its last; the first row that is wrong is named."""

    async def work(recorder: Recorder) -> list[str]:
        async with recorder.store.reading() as connection:
            with bars() as progress:
                return [await _verified(connection, one, progress) for one in await _teams(connection, team)]

    print("\n".join(in_database(database, work)))


@app.command("rebuild", epilog="Example: factboard history rebuild --check")
def rebuild_tables(
    check: Annotated[bool, typer.Option("--check", help="Only compare; the first difference is named.")] = False,
    team: Team = None,
    database: Database = None,
) -> None:
    """Make the read tables anew from the history, in one transaction a team."""

    async def work(recorder: Recorder) -> list[str]:
        async with recorder.store.reading() as connection:
            teams = [one for one in await _teams(connection, team) if one != history.SYSTEM]
        return [await _rebuilt(recorder, one, check) for one in teams]

    print("\n".join(in_database(database, work)))


async def _verified(connection: AsyncConnection, team: str, progress: Progress) -> str:
    end = await history.head(connection, team)
    if end is None:
        raise Stop(f"There is no team {team}.")
    task = progress.add_task(f"Verifying {team}", total=end[0])
    seq, previous = 0, GENESIS
    while rows := await history.after(connection, team, seq):
        broken = verify(rows, after=(seq, previous))
        if broken:
            raise Stop(f"The history of {team} is broken at no. {broken.seq} ({broken.how}).")
        seq, previous = rows[-1].seq, rows[-1].hash
        progress.update(task, completed=seq)
    broken = verify((), end, after=(seq, previous))
    if broken:
        raise Stop(f"The history of {team} is broken at no. {broken.seq} ({broken.how}).")
    return f"{team}: {seq} facts, the chain is whole."


async def _rebuilt(recorder: Recorder, team: str, check: bool) -> str:
    opened = recorder.store.reading() if check else recorder.store.writing()
    async with opened as connection:
        if not check:
            await history.hold(connection, team)  # nobody adds a fact between reading them all and writing
        found = await rebuilding.rebuilt(connection, team)
        if not check:
            await rebuilding.rewrite(connection, team, found)
            return f"{team}: the read tables are made anew."
        difference = await rebuilding.difference(connection, team, found)
    if difference:
        raise Stop(f"{team}: the read tables differ from the history: {difference}.")
    return f"{team}: the read tables agree with the history."


async def _teams(connection: AsyncConnection, only: str | None) -> list[str]:
    teams = await history.teams(connection)
    if only is None:
        return teams
    if only not in teams:
        raise Stop(f"There is no team {only}.")
    return [only]

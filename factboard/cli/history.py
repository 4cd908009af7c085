"""`history`: is it whole, the end of it signed, and do the read tables say what it says?"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.checkpoints import Checkpoints, file_name, read_all, write
from factboard.cli.common import Database, Stop, bars, broken_in_words, in_database, settings
from factboard.domain.checkpoint import Checkpoint
from factboard.recorder import Recorder
from factboard.signing import fingerprint, signed
from factboard.storage import history, rebuilding
from factboard.storage.verifying import verdict

app = typer.Typer(help="The history: is it whole, and do the read tables agree with it?", no_args_is_help=True)

ALONE = (
    "Without a checkpoint kept elsewhere (--checkpoint) nobody can tell whether a whole history was rewritten, or its "
    "end cut off: the chain alone does not show it."
)

Team = Annotated[str | None, typer.Option(help="Only this team's; else every one.", show_default=False)]


@app.command("verify", epilog="Example: factboard history verify --checkpoint /mnt/usb/kusten-0000001234.txt")
def verify_chains(
    team: Team = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            help="A checkpoint kept elsewhere, or a folder of them; several may be named.", show_default=False
        ),
    ] = None,
    key: Annotated[
        str, typer.Option(help="The fingerprint of the key that signed them, where it is not this service's own.")
    ] = "",
    database: Database = None,
) -> None:
    """Follow each chain from its first fact to its last, and hold it against checkpoints; the first row that is wrong
    is named. The copies in FACTBOARD_CHECKPOINTS are always asked.
    """

    async def work(recorder: Recorder) -> list[str]:
        known = Checkpoints(recorder.store, recorder.clock, settings())
        given = _given(checkpoint or [], known, key)
        async with recorder.store.reading() as connection:
            teams = await _teams(connection, team)
            if strange := {one.team for one in given} - {*teams}:
                raise Stop(f"A checkpoint is of {', '.join(sorted(strange))}, whose history is not asked about here.")
            if gone := sorted(await known.copied() - {*teams}) if team is None else []:
                raise Stop(
                    f"There are checkpoints of {', '.join(gone)} in {known.folder}, and no such history any more."
                )
            with bars() as progress:
                told = [await _verified(connection, one, known, given, progress) for one in teams]
        lines = [line for line, _ in told]
        return lines if all(held for _, held in told) else [*lines, ALONE]

    print("\n".join(in_database(database, work)))


@app.command("checkpoint", epilog="Example: factboard history checkpoint --team kusten --to /mnt/usb")
def checkpoint_chains(
    team: Team = None,
    to: Annotated[Path | None, typer.Option(help="A folder to write them to as well.", show_default=False)] = None,
    database: Database = None,
) -> None:
    """Sign the end of each history as it is now. Nothing is signed that is not whole since the newest checkpoint."""

    async def work(recorder: Recorder) -> list[str]:
        own = Checkpoints(recorder.store, recorder.clock, settings())
        async with recorder.store.reading() as connection:
            teams = await _teams(connection, team)
        made = [await own.make(one) for one in teams]
        for one in made if to else ():
            await asyncio.to_thread(write, Path(to or "") / file_name(one), one.file)
        lines = [f"{one.team}: no. {one.seq} of {one.at[:16].replace('T', ' ')} UTC, {one.code}" for one in made]
        return [*lines, f"Signed with the key {fingerprint(own.signer.public)}."]

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


async def _verified(
    connection: AsyncConnection, team: str, known: Checkpoints, given: list[Checkpoint], progress: Progress
) -> tuple[str, bool]:
    """What is to be said of a history that is whole, and whether a checkpoint says so too. Raises `Stop`."""
    task = progress.add_task(f"Verifying {team}", total=None)
    kept = [one for one in await known.copies(team) if known.ours(one)]
    asked = [one for one in given if one.team == team] + kept
    told = await verdict(connection, team, asked, watch=lambda seq, of: progress.update(task, completed=seq, total=of))
    if told.broken:
        raise Stop(broken_in_words(team, told.broken))
    whole = f"{team}: {told.seq} facts, the chain is whole"
    if told.agreed is None:
        return f"{whole}.", False
    signed_on = told.agreed.at[:16].replace("T", " ")
    newest = f"the newest was signed on {signed_on} UTC at no. {told.agreed.seq}"
    return (
        f"{whole}, and as {len(asked)} {'checkpoint says' if len(asked) == 1 else 'checkpoints say'}; {newest}.",
        True,
    )


def _given(places: list[Path], known: Checkpoints, key: str) -> list[Checkpoint]:
    """The checkpoints in these files, each signed as it says, by a key that is known. Raises `Stop`."""
    try:
        found = read_all(places)
    except ValueError as error:
        raise Stop(str(error)) from None
    for one in found:
        if not signed(one.key, one.text, one.signature):
            raise Stop(f"The checkpoint of {one.team} at no. {one.seq} was changed: its signature does not hold.")
        own = fingerprint(one.key)
        if key.replace(" ", "") != own.replace(" ", "") and not known.ours(one):
            raise Stop(
                f"The checkpoint of {one.team} at no. {one.seq} was signed with the key {own}, which is not this "
                f'service\'s own. If that is the key you were told when you were given it, say: --key "{own}"'
            )
    return found


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

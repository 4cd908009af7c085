"""`export`: a team's history, or a part of it, as a file."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from factboard.access import AccessLog
from factboard.cli.common import Database, Stop, bars, in_database
from factboard.domain import calendar
from factboard.domain.chain import Row
from factboard.domain.people import COMMAND_LINE
from factboard.domain.state import Team
from factboard.exporting import About, Lines, NotLogged, csv_pages, disclosed, json_pages, workbook
from factboard.recorder import Recorder
from factboard.storage import history, projections
from factboard.storage.history import Filter
from factboard.web.language import LANGUAGES

ENDINGS = (".csv", ".xlsx", ".jsonl")


@dataclass(frozen=True, slots=True)
class By:
    """Who takes the history out, for the access log: an operator, on the server."""

    team: str
    user: str = COMMAND_LINE


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: factboard export kusten-2026.xlsx --team kusten --since 2026-01-01")(export)


def export(
    file: Annotated[Path, typer.Argument(help="Where to; its ending says in which form: .csv, .xlsx or .jsonl.")],
    team: Annotated[str, typer.Option(help="Whose history.")],
    since: Annotated[str, typer.Option(metavar="DAY", help="From this day on, as 2026-11-23.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Up to and with this day.")] = "",
    client: Annotated[str, typer.Option(help="Only about this client, by id.")] = "",
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind of fact; may be given again.")] = None,
    language: Annotated[str, typer.Option(help="sv or en; else the team's.")] = "",
    codes: Annotated[bool, typer.Option("--codes", help="Codes for clients instead of names.")] = False,
    database: Database = None,
) -> None:
    """Write a team's history to a file: CSV or XLSX for people, JSON Lines for programs (docs/export.md).

    It is a disclosure: the access log gets the file, with what was asked for, and every client in it.
    """
    if file.suffix not in ENDINGS:
        raise Stop(f"The file's name must end with {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.")
    if file.exists():
        raise Stop(f"There is a file at {file} already.")
    if language and language not in LANGUAGES:
        raise Stop(f"factboard speaks {' and '.join(LANGUAGES)}.")

    async def go(recorder: Recorder) -> int:
        here = await a_team(recorder, team)
        async with recorder.store.reading() as connection:
            known = await projections.person(connection, team, client) if client else None
        asked = Filter(
            since=day_begins(since, here),
            until=day_begins(until, here, after=True),
            clients=known.records if known else (client,) if client else (),
            kinds=tuple(kind or ()),
        )
        lines = Lines(recorder.store, here, language or here.settings.language, masked=codes)
        return await _written(recorder, lines, asked, file)

    print(f"{in_database(database, go)} facts of {team} are in {file}.")


async def a_team(recorder: Recorder, id: str) -> Team:
    """Raises `Stop` for no such team."""
    async with recorder.store.reading() as connection:
        known = await projections.team(connection, id)
    if known is None:
        raise Stop(f"There is no team {id}.")
    return known


def day_begins(day: str, team: Team, *, after: bool = False) -> datetime | None:
    """When this day of the team's begins (UTC), or the one after it; None for no day. Raises `Stop`."""
    if not day:
        return None
    try:
        known = date.fromisoformat(day) + timedelta(days=after)
    except (ValueError, OverflowError):
        raise Stop(f"{day} is no day. Write it as 2026-11-23.") from None
    return calendar.instant(known, time(), team.settings)


async def _written(recorder: Recorder, lines: Lines, asked: Filter, file: Path) -> int:
    """Write it beside its place, then put it there; what breaks off leaves nothing."""
    access, by = AccessLog(recorder.store, recorder.clock), By(lines.team.id)
    beside = file.with_name(f".{file.name}.part")
    counted = 0
    try:
        with bars() as shown:
            found = await disclosed(recorder.store, access, by, by.team, asked, f"history{file.suffix}")
            found = _shown(found, shown, await _last(recorder, by.team))
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL, 0o600))  # names are in it
            if file.suffix == ".xlsx":
                counted = await workbook(lines, found, About(lines.team.settings.name), beside)
            else:
                counted = await _streamed(lines, found, beside, file.suffix)
        await access.flush()
        os.replace(beside, file)
    except NotLogged:
        raise Stop("The access log cannot be written, so nothing was exported.") from None
    finally:
        beside.unlink(missing_ok=True)
    return counted


async def _streamed(lines: Lines, found: AsyncIterator[list[Row]], file: Path, ending: str) -> int:
    counted = 0

    async def counting() -> AsyncIterator[list[Row]]:
        nonlocal counted
        async for rows in found:
            counted += len(rows)
            yield rows

    parts = csv_pages(lines, counting()) if ending == ".csv" else json_pages(lines, counting())
    with file.open("wb") as out:
        async for part in parts:
            out.write(part)
    return counted


async def _shown(found: AsyncIterator[list[Row]], shown: Progress, last: int) -> AsyncIterator[list[Row]]:
    task = shown.add_task("Exporting", total=last)
    async for rows in found:
        yield rows
        shown.update(task, completed=rows[-1].seq)


async def _last(recorder: Recorder, team: str) -> int:
    async with recorder.store.reading() as connection:
        return (await history.heads(connection, [team]))[team]

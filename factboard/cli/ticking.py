"""`tick`: do what has fallen due, once, without serving: for a machine that is woken up by something else."""

from __future__ import annotations

from pathlib import Path

import typer

from factboard.access import AccessLog
from factboard.cli.common import Database, Stop, in_database, settings
from factboard.recorder import Recorder
from factboard.scheduler import Scheduler
from factboard.sheets import Sheets


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: FACTBOARD_SHEETS=/srv/sheets factboard tick")(tick)


def tick(database: Database = None) -> None:
    """Do what has fallen due by now: meetings that were not held, sheets for paper. The service does it by itself."""
    folder = settings().sheets

    async def go(recorder: Recorder) -> tuple[int, str]:
        access = AccessLog(recorder.store, recorder.clock)
        sheets = Sheets(recorder, recorder.store, access, Path(folder)) if folder else None
        scheduler = Scheduler(recorder, recorder.store, sheets.write if sheets else None)
        done = await scheduler.run_all()
        await access.flush()
        return done, scheduler.failed

    done, failed = in_database(database, go)
    print(f"Done: {done}." if done else "Nothing was due.")
    if failed:
        raise Stop(f"Something that is due could not be done ({failed}); it is tried again at the next tick.")

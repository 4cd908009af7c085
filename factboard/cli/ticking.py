"""`tick`: do what has fallen due, once, without serving: for a machine that is woken up by something else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import typer

from factboard import logs
from factboard.access import AccessLog
from factboard.checkpoints import Checkpoints
from factboard.cli.common import Database, Stop, in_database, settings
from factboard.domain.people import SYSTEM
from factboard.recorder import Recorder
from factboard.retention import Retention
from factboard.scheduler import Scheduler
from factboard.sheets import Sheets
from factboard.shortening import Shortening
from factboard.storage import history
from factboard.storage.engine import Store

PLAIN = {  # what is said of one, and of several
    "meeting_not_held": ("meeting was not held", "meetings were not held"),
    "meeting_closed": ("meeting that nobody closed has ended", "meetings that nobody closed have ended"),
    "client_discussed": ("client had been discussed in it", "clients had been discussed in them"),
    "not_discussed": ("client was passed over by it", "clients were passed over by them"),
    "sheet_written": ("sheet for paper was written", "sheets for paper were written"),
    "review_fell_due": ("review is overdue", "reviews are overdue"),
    "unseen_too_long": ("client has gone unseen for too long", "clients have gone unseen for too long"),
    "flag_untaken": ("flag has not been taken", "flags have not been taken"),
    "follow_up_missed": ("follow-up of a return was not made", "follow-ups of returns were not made"),
    "planned_contact_missed": ("planned contact was not made", "planned contacts were not made"),
    "returned": ("client went back to planned care", "clients went back to planned care"),
    "return_postponed": ("return waits for the next held meeting", "returns wait for the next held meeting"),
    "announcement_withdrawn": ("announced return was called off", "announced returns were called off"),
    "returns_paused": ("team's returns are paused", "teams' returns are paused"),
    "redacted": ("client's content was taken away by the team's rule", "clients' contents were taken away by the rule"),
    "access_log_shortened": ("month of an access log has gone", "months of access logs have gone"),
    "service_was_down": ("time was noted in which nobody was served", "times were noted in which nobody was served"),
}


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: FACTBOARD_SHEETS=/srv/sheets factboard tick")(tick)


def tick(database: Database = None) -> None:
    """Do once what has fallen due by now: meetings, sheets for paper, and what step-down asks.

    The service does all of it by itself, every few seconds. A service that does not run counts as down: nobody could
    have stopped a return in the hour before it, so a tick alone lets nobody return; the return waits for the next held
    meeting. Everything that gets louder, and whatever is called off, is written down.
    """
    known = settings()
    logs.set_up(known.log_format, known.log_level)

    async def go(recorder: Recorder) -> tuple[Counter[str], str]:
        before = await _heads(recorder.store)
        access = AccessLog(recorder.store, recorder.clock)
        sheets = Sheets(recorder, recorder.store, access, Path(known.sheets)) if known.sheets else None
        daily = (
            Retention(recorder, recorder.store),
            Shortening(recorder, recorder.store, known.access_log_years),
            Checkpoints(recorder.store, recorder.clock, known),
        )
        scheduler = Scheduler(recorder, recorder.store, sheets.write if sheets else None, daily=daily)
        await scheduler.run_all()
        await access.flush()
        return await _written(recorder.store, before), scheduler.failed

    done, failed = in_database(database, go)
    for kind, many in done.items():
        print(f"{many} {_plainly(kind, many)}.")
    if not done:
        print("Nothing was due.")
    if failed:
        raise Stop(f"Something that is due could not be done ({failed}); it is tried again at the next tick.")


def _plainly(kind: str, many: int) -> str:
    one, several = PLAIN.get(kind, (kind.replace("_", " "),) * 2)
    return one if many == 1 else several


async def _heads(store: Store) -> dict[str, int]:
    """The newest fact's number of every history."""
    async with store.reading() as connection:
        return await history.heads(connection, await history.teams(connection))


async def _written(store: Store, before: dict[str, int]) -> Counter[str]:
    """How many facts of each kind factboard itself has written since then, in the order in which they came."""
    found: Counter[str] = Counter()
    now = await _heads(store)
    async with store.reading() as connection:
        for team, seq in now.items():
            last = before.get(team, 0)
            while last < seq:
                rows = await history.after(connection, team, last)
                found.update(row.kind for row in rows if row.actor == SYSTEM)
                last = rows[-1].seq
    return found

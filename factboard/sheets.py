"""Sheets for paper: made as pages, and written to the team's folder as one file that needs nothing else.

The file is written whole beside its place, the fact is decided, the file takes its place, then the transaction commits.
A kill between leaves at most a file without its fact, which the next try writes anew; never a fact without its file.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from markupsafe import Markup

from factboard.access import AccessLog
from factboard.assets import asset_dir
from factboard.domain import calendar, due, sheet
from factboard.domain.consent import Eyes
from factboard.domain.events import Part, Sheet
from factboard.domain.people import SYSTEM
from factboard.domain.signs import RECENT
from factboard.domain.state import Team
from factboard.recorder import Recorder
from factboard.storage import projections
from factboard.storage.engine import Store
from factboard.web.labels import labels_of
from factboard.web.pages import render

KEPT = timedelta(days=14)
NAMES = {Sheet.MORNING: "morning", Sheet.ON_CALL: "on-call"}
TEMPLATES = {Sheet.MORNING: "sheets/morning.html", Sheet.ON_CALL: "sheets/on_call.html"}
OURS = re.compile(r"(?:morning|on-call)-(\d{4}-\d{2}-\d{2})\.html")


@dataclass(frozen=True, slots=True)
class By:
    """Who takes the names out, for the access log: nobody did, it happened by itself."""

    team: str
    user: str = SYSTEM


async def made(
    store: Store, team: str, one: due.SheetDue, now: datetime, eyes: Eyes | None = None
) -> tuple[Team, dict[str, Any], set[str]]:
    """What a sheet says: the team, what its template needs, and whom it shows, as `eyes` see them; without them, as
    anybody of the team's own employer does whom no lock names. Raises LookupError for no such team.
    """
    async with store.reading() as connection:
        here = await projections.team(connection, team)
        if here is None:
            raise LookupError(team)
        eyes = eyes or Eyes.of_the_lens(here, "", calendar.local_day(now, here.settings))
        present = await projections.on_board_page(connection, team, now - RECENT)
        clients, hidden = eyes.only(present, Part.BOARD), eyes.hidden_on_board(present)
        labels = await labels_of(connection, team, [*clients, *hidden])
    if one.sheet is Sheet.MORNING:
        shown: Any = sheet.morning(here, clients, labels, now)
    else:
        shown = sheet.on_call(here, clients, labels, now, one.until)
    context = {"sheet": shown, "labels": labels, "now": now, "hidden": [labels[client.id] for client in hidden]}
    return here, context, {*shown.board.clients, *(client.id for client in hidden)}


class Sheets:
    """Writes what is due to `folder`/<the team's own folder>."""

    def __init__(self, recorder: Recorder, store: Store, access: AccessLog, folder: Path) -> None:
        self.recorder, self.store, self.access, self.folder = recorder, store, access, folder

    async def write(self, team: str, one: due.SheetDue) -> bool:
        """Write it, unless it is there by now. Raises OSError where the folder cannot be written."""
        here, context, clients = await made(self.store, team, one, self.recorder.clock())
        content = _page(here, one.sheet, context).encode()
        file = place(self.folder, here) / f"{NAMES[one.sheet]}-{one.day.isoformat()}.html"
        beside = await asyncio.to_thread(_beside, file, content)
        digest = hashlib.sha256(content).hexdigest()
        try:
            async with self.recorder.together(team, SYSTEM) as desk:
                receipt = await desk.decide(
                    due.sheet_written,
                    sheet=one.sheet,
                    day=one.day,
                    file=file.name,
                    digest=digest,
                    clients=len(clients),
                )
                if receipt.kinds:
                    await asyncio.to_thread(os.replace, beside, file)
        finally:
            await asyncio.to_thread(beside.unlink, missing_ok=True)
        if receipt.kinds:
            self.access.did(By(team), "sheet", "export", file.name)
            self.access.saw(By(team), "sheet", clients, action="export", detail=file.name)
        with suppress(OSError):
            await asyncio.to_thread(_tidy, file.parent, one.day)
        return bool(receipt.kinds)


def place(folder: Path, team: Team) -> Path:
    """The team's own folder; a name from settings never leads out of the operator's."""
    wanted = team.settings.sheet_folder.strip()
    safe = bool(re.fullmatch(r"[\w -][\w. -]*", wanted))
    return folder / (wanted if safe else team.id)


def _page(team: Team, kind: Sheet, context: dict[str, Any]) -> str:
    """The sheet as one file: its style inside, no script, nothing to fetch."""
    style = Markup((asset_dir("static") / "sheets.css").read_text())
    return render(TEMPLATES[kind], team.settings.language, team=team, layout="sheets/file.html", style=style, **context)


def _beside(place: Path, content: bytes) -> Path:
    """The content in a file of its own in the same folder, safely on disk, readable by its owner alone."""
    for folder in (place.parent.parent, place.parent):  # the operator's, then the team's; one that stands is theirs
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".sheet-", dir=place.parent)  # mkstemp: 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _tidy(folder: Path, today: date) -> None:
    """Take away our own sheets that are older than they need be."""
    for file in folder.iterdir():
        named = OURS.fullmatch(file.name)
        if named and date.fromisoformat(named.group(1)) < today - KEPT:
            file.unlink(missing_ok=True)

"""`/history.csv`, `.xlsx` and `.jsonl`: the history that the reader has asked for, as a file that they take with them.

It is a disclosure: the access log has the file with its filter, and everybody in it, before the file leaves.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from factboard.domain.calendar import local_day
from factboard.domain.chain import Row
from factboard.exporting import About, Lines, NotLogged, csv_pages, disclosed, json_pages, workbook
from factboard.storage.history import Filter
from factboard.web.asking import Offered, Wish, asked
from factboard.web.labels import labels_for
from factboard.web.language import N_, catalogue
from factboard.web.sentences import Teller
from factboard.web.sight import eyes
from factboard.web.times import Times

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = N_("The history of %(team)s")
CODES = N_("By their codes. What people wrote in their own words may hold a name all the same.")
NAMES = N_("By name. Keep the file under lock, and delete it when it has served.")


async def csv_file(request: Request) -> Response:
    found = await _found(request, await _wish(request), "history.csv")
    return StreamingResponse(csv_pages(_lines(request), found), media_type="text/csv", headers=_named(request, "csv"))


async def json_lines(request: Request) -> Response:
    found = await _found(request, await _wish(request), "history.jsonl")
    lines = json_pages(_lines(request), found)
    return StreamingResponse(lines, media_type="application/jsonl", headers=_named(request, "jsonl"))


async def xlsx_file(request: Request) -> Response:
    """Written whole before it leaves: the parts of a workbook cannot be sent one after another."""
    wish = await _wish(request)
    found, shown = await _found(request, wish, "history.xlsx"), await _shown(request, wish)
    folder = tempfile.TemporaryDirectory(prefix="factboard-")  # its owner's alone
    try:
        place = Path(folder.name) / "history.xlsx"
        await workbook(_lines(request), found, _about(request, shown), place)
    except BaseException:
        folder.cleanup()
        raise
    after = BackgroundTask(folder.cleanup)
    return FileResponse(place, media_type=SPREADSHEET, headers=_named(request, "xlsx"), background=after)


async def _wish(request: Request) -> Wish:
    """What the address asks for, as the list does; where something in it cannot be meant, the list says what."""
    async with request.app.state.store.reading() as connection:
        wish = await asked(request, connection)
    if wish.filter is None:
        raise HTTPException(303, headers={"Location": wish.address("/history")})
    return wish


async def _found(request: Request, wish: Wish, view: str) -> AsyncIterator[list[Row]]:
    """The facts asked for; none where they cannot be logged."""
    who, state = request.state.who, request.app.state
    try:
        return await disclosed(state.store, state.access, who, who.team, wish.filter or Filter(), view)
    except NotLogged:
        raise HTTPException(503) from None


async def _shown(request: Request, wish: Wish) -> list[tuple[str, str]]:
    """What was asked for, in the reader's words."""
    who, known = request.state.who, [wish.client] if wish.client else []
    async with request.app.state.store.reading() as connection:
        offered = await Offered.to(request, connection, wish)
        teller = Teller(request.state.language, who.here, await labels_for(who, connection, eyes(request).of(known)))
    return [(offered.names[field], said) for field, said in offered.chosen(wish, teller)]


def _lines(request: Request) -> Lines:
    who = request.state.who
    return Lines(request.app.state.store, who.here, request.state.language, masked=who.masked, eyes=eyes(request))


def _about(request: Request, shown: Sequence[tuple[str, str]]) -> About:
    who, gettext = request.state.who, catalogue(request.state.language).gettext
    times, now = Times(request.state.language, who.here.settings.time_zone), request.app.state.clock()
    said = [
        (gettext("Made"), f"{times.full_day(now)} {times.clock(now)}"),
        (gettext("By"), who.name),
        (gettext("People"), gettext(CODES if who.masked else NAMES)),
        *shown,
    ]
    return About(gettext(TITLE) % {"team": who.here.settings.name}, said)


def _named(request: Request, ending: str) -> dict[str, str]:
    """The file's name, when it is saved."""
    who = request.state.who
    day = local_day(request.app.state.clock(), who.here.settings)
    return {"Content-Disposition": f'attachment; filename="history-{who.team}-{day.isoformat()}.{ending}"'}

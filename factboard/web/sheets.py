"""`/sheets/morning` and `/sheets/on-call`: the pages for paper as they would be written now, at any time."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, due
from factboard.domain.events import Sheet
from factboard.domain.refusal import Unknown
from factboard.sheets import NAMES, TEMPLATES, made, place
from factboard.web.pages import page
from factboard.web.sight import eyes

KINDS = {name: kind for kind, name in NAMES.items()}


async def show(request: Request) -> Response:
    """The sheet that the address names, of this moment. Raises `Unknown`."""
    kind = KINDS.get(request.path_params["sheet"])
    if kind is None:
        raise Unknown("unknown_page")
    who, now = request.state.who, request.app.state.clock()
    until = due.next_working_morning(now, who.here.settings)
    wanted = due.SheetDue(now, kind, calendar.local_day(now, who.here.settings), until)
    _, context, clients = await made(request.app.state.store, who.team, wanted, now, eyes(request))
    request.app.state.access.saw(who, "sheet", clients, action="export", detail=NAMES[kind])
    context.pop("now")  # a page knows it
    other = next(one for one in Sheet if one is not kind)
    return page(
        request,
        TEMPLATES[kind],
        style="",
        kind=kind,
        other=other,
        other_path=f"/sheets/{NAMES[other]}",
        written=bool(request.app.state.settings.sheets),
        folder=place(Path(), who.here).name,
        **context,
    )

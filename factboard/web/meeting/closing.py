"""Closing: what is still open, a reason to let it go, and the meeting is over."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import meeting
from factboard.domain.refusal import Refused
from factboard.recorder import new_id
from factboard.storage import projections
from factboard.web.answers import not_saved
from factboard.web.forms import Typed, read
from factboard.web.labels import labels_of
from factboard.web.meeting.lead import MeetingForm, asked, this_meeting, went_through
from factboard.web.pages import page
from factboard.web.security import wants_json


class Close(MeetingForm):
    reason: str = ""


async def close_form(request: Request) -> Response:
    return await _shown(request, Typed[Close]({"request_id": new_id()}))


async def close(request: Request) -> Response:
    found, typed = await this_meeting(request), await read(request, Close)
    if typed.form is None:
        return await _shown(request, typed, send=True)
    try:
        receipt = await asked(request, found, typed.form, meeting.close, with_all=True)
    except Refused as refusal:
        return await _shown(request, typed, refusal, send=True)
    return went_through(request, receipt) if wants_json(request) else RedirectResponse(f"/meetings/{found.id}", 303)


async def _shown(
    request: Request, typed: Typed[Close], refusal: Refused | None = None, *, send: bool = False
) -> Response:
    found, who = await this_meeting(request), request.state.who
    if found.closed and not send:
        return RedirectResponse(f"/meetings/{found.id}", 303)
    async with request.app.state.store.reading() as connection:
        clients = await projections.on_board(connection, who.team)
        labels = await labels_of(connection, who.team, clients)
    left = meeting.left_open(who.here, found, clients, request.app.state.clock())
    shown = [
        *left.not_discussed,
        *left.untaken,
        *(gap.client for gap in left.uncovered),
        *(one for one, _ in left.unowned),
    ]
    request.app.state.access.saw(who, "meeting", {client.id for client in shown})
    context: dict[str, Any] = {"meeting": found, "left": left, "called": labels}
    typed.values.setdefault("request_id", new_id())
    if send:
        return not_saved(request, "meeting/close.html", typed, refusal=refusal, **context)
    return page(request, "meeting/close.html", typed=typed, refusal=None, meanwhile=(), **context)

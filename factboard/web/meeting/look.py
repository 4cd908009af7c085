"""`/meeting`: begin one, or join the one that is open."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain import calendar, meeting, roster
from factboard.domain.consent import with_lens
from factboard.domain.events import Member, NotePart, Part
from factboard.domain.people import Right, may
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.state import Team
from factboard.recorder import new_id
from factboard.storage import projections
from factboard.web.answers import as_json, not_saved
from factboard.web.forms import Form, RequestId, Typed, read
from factboard.web.labels import labels_of
from factboard.web.meeting.view import MeetingView
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.sight import eyes


class Begin(Form):
    chair: str | None = None
    recorder: str | None = None
    present: tuple[str, ...] = ()
    request_id: RequestId | None = None


async def page_of_meeting(request: Request) -> Response:
    """The open meeting, the same for all; without one, the form that begins it."""
    who = request.state.who
    if who.here.meeting:
        return await _joined(request)
    today = calendar.local_day(request.app.state.clock(), who.here.settings)
    present = [one.user for one in roster.working(who.here, today)]
    values = {"chair": who.user, "present": [*present, who.user], "request_id": new_id()}
    return await _start(request, Typed[Begin](values))


async def open_(request: Request) -> Response:
    """Begin. Whoever presses second, on another screen, joins."""
    typed, who = await read(request, Begin), request.state.who
    if typed.form is None:
        return await _start(request, typed, send=True)
    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            meeting.open_meeting,
            request_id=typed.form.request_id,
            with_all=True,
            **typed.form.model_dump(exclude={"request_id"}),
        )
    except Refused as refusal:
        if isinstance(refusal, Conflict) and not wants_json(request):
            return RedirectResponse("/meeting", 303)
        return await _start(request, typed, refusal, send=True)
    if wants_json(request):
        async with request.app.state.store.reading() as connection:
            here = await projections.team(connection, who.team)
        return JSONResponse(as_json(receipt) | {"meeting": here.meeting if here else None})
    return RedirectResponse("/meeting", 303)


async def _start(
    request: Request, typed: Typed[Begin], refusal: Refused | None = None, *, send: bool = False
) -> Response:
    view: MeetingView = request.app.state.meeting
    who = request.state.who
    frame = await view.frame(who.team, request.state.language, with_lens("", who.lens))
    context: dict[str, Any] = {"view": Markup(frame.marked), "roster": _roster(request)}
    if send:
        typed.values.setdefault("request_id", new_id())
        return not_saved(request, "meeting/start.html", typed, refusal=refusal, **context)
    return page(request, "meeting/start.html", typed=typed, refusal=None, meanwhile=(), **context)


async def _joined(request: Request) -> Response:
    view: MeetingView = request.app.state.meeting
    who = request.state.who
    frame = await view.frame(who.team, request.state.language, with_lens("", who.lens))
    request.app.state.access.saw(who, "meeting", frame.clients)
    async with request.app.state.store.reading() as connection:
        now = await projections.meeting(connection, who.team, who.here.meeting)
        up = await projections.clients(connection, who.team, [now.focus]) if now and now.focus else []
        up = eyes(request).only(up, Part.BOARD)
        labels = await labels_of(connection, who.team, up)
        items = meeting.remaining(now, await projections.on_board(connection, who.team)) if now else ()
    if now is None or now.closed:  # it ended while the page was asked for
        return RedirectResponse("/meeting", 303)
    context: dict[str, Any] = {
        "view": Markup(frame.marked),
        "meeting": now,
        "up": up[0] if up else None,
        "label": labels[up[0].id] if up else None,
        "following": meeting.following(items, now.focus),
        "preceding": meeting.preceding(items, now.focus),
        "parts": list(NotePart),
        "request_id": new_id(),
    }
    return page(request, "meeting/page.html", **context)


def _roster(request: Request) -> list[tuple[Member, bool, bool]]:
    """(member, does not work today, may lead), by name: whoever could be at a meeting."""
    here: Team = request.state.who.here
    today = calendar.local_day(request.app.state.clock(), here.settings)
    known = sorted((one for one in here.members.values() if not one.left), key=lambda one: (one.name, one.user))
    works = {one.user for one in roster.working(here, today)}
    return [(one, one.user not in works, one.role in roster.CLINICAL) for one in known if may(one.role, Right.CARE)]

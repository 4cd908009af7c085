"""The page of a day, and everyone's own first page."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import today
from factboard.domain.consent import with_lens
from factboard.domain.events import Role
from factboard.domain.people import Right
from factboard.web.pages import page


async def start(request: Request) -> Response:
    """`/`: a clinician's day stands there itself, for on a phone each way to the server counts."""
    who = request.state.who
    if who.role is Role.CLINICIAN:
        return await _day_of(request, None)
    if who.role is Role.MANAGER:
        return RedirectResponse("/statistics", 303)
    for right, target in ((Right.CARE, "/board"), (Right.HISTORY, "/history"), (Right.ADMIN, "/admin")):
        if who.may(right):
            return RedirectResponse(target, 303)
    return page(request, "account/no_team.html", status=403)


async def page_of_today(request: Request) -> Response:
    """The reader's own day, or a colleague's. 404 for nobody of this team."""
    return await _day_of(request, request.query_params.get("person"))


async def _day_of(request: Request, asked: str | None) -> Response:
    """The day of the person asked for, without one the reader's own; the stream keeps it true."""
    who, view = request.state.who, request.app.state.today
    person = today.whose(who.here, who.user, asked)
    if person is None:
        raise HTTPException(404)
    audience = with_lens(today.audience(who.user, person.user), who.lens)
    frame = await view.frame(who.team, request.state.language, audience)
    request.app.state.access.saw(who, "today", frame.clients)
    others = sorted(
        (one for one in who.here.members.values() if today.whose(who.here, one.user, None)),
        key=lambda one: (one.user != who.user, one.name),
    )
    return page(request, "today/page.html", view=Markup(frame.marked), person=person, others=others)

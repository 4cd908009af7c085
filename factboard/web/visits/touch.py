"""What is done to a visit with one touch: moved to another day, made, taken over."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import anchoring, visits
from factboard.web.forms import read
from factboard.web.visits.forms import Done, Go, Move, Outcome, send

REFUSED = "visits/refused.html"


async def move(request: Request) -> Response:
    """The same visit on another day, by drag or by key."""
    typed = await read(request, Move)
    what = {"visit": request.path_params["visit"], "day": typed.form.day} if typed.form else {}
    return await send(request, typed, anchoring.telling(visits.move_visit), REFUSED, what)


async def done(request: Request) -> Response:
    """The visit was made, rated or not, or nobody was there."""
    typed = await read(request, Done)
    form = typed.form
    if form and form.rating is None and form.outcome is None:
        typed.errors["rating"] = ("choose_one", {})
        typed.form = form = None
    what: dict[str, Any] = {}
    if form:
        what = {"visit": request.path_params["visit"], "by": form.by, "rating": form.rating}
        what["tried"] = form.outcome is Outcome.TRIED
    return await send(request, typed, visits.make_visit, REFUSED, what)


async def go(request: Request) -> Response:
    """ "I'll go": to whom nobody goes."""
    typed = await read(request, Go)
    return await send(
        request, typed, anchoring.telling(visits.go), REFUSED, {"visit": typed.form.visit} if typed.form else {}
    )

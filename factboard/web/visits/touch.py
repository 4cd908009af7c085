"""What is done to a visit with one touch: moved to another day, made, taken over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import visits
from factboard.domain.events import Entry
from factboard.domain.refusal import Refused
from factboard.web.answers import saved
from factboard.web.forms import Typed, read
from factboard.web.labels import label_of, this_client
from factboard.web.visits.forms import Done, Go, Move, Outcome, again

Rule = Callable[..., list[Entry]]


async def move(request: Request) -> Response:
    """The same visit on another day, by drag or by key."""
    typed = await read(request, Move)
    what = {"visit": request.path_params["visit"], "day": typed.form.day} if typed.form else {}
    return await _touched(request, typed, visits.move_visit, what)


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
    return await _touched(request, typed, visits.make_visit, what)


async def go(request: Request) -> Response:
    """ "I'll go": to whom nobody goes."""
    typed = await read(request, Go)
    return await _touched(request, typed, visits.go, {"visit": typed.form.visit} if typed.form else {})


async def _touched(request: Request, typed: Typed[Any], rule: Rule, what: dict[str, Any]) -> Response:
    client, who = await this_client(request), request.state.who
    refusal: Refused | None = None
    if typed.form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                rule,
                client=client.id,
                request_id=typed.form.request_id,
                seen=typed.form.seen,
                **what,
            )
            return saved(request, receipt, f"/clients/{client.id}", await label_of(request, client))
        except Refused as refused:
            refusal = refused
    return await again(request, client, "visits/refused.html", typed, refusal)

"""Changing a visit, and cancelling it: short forms, in the dialog or as pages of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import visits
from factboard.domain.events import Entry
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.state import Client, Visit
from factboard.recorder import new_id
from factboard.web.answers import blank, saved
from factboard.web.forms import Typed, read
from factboard.web.labels import about, label_of, this_client
from factboard.web.visits.forms import AboutVisit, Cancel, Change, again

Rule = Callable[..., list[Entry]]


async def change_form(request: Request) -> Response:
    """Another person, day or time: the visit as it stands."""
    client = await this_client(request)
    return await _form(request, client, "visits/change.html")


async def change(request: Request) -> Response:
    typed = await read(request, Change)
    return await _send(request, typed, visits.change_visit, "visits/change.html")


async def cancel_form(request: Request) -> Response:
    client = await this_client(request)
    return await _form(request, client, "visits/cancel.html")


async def cancel(request: Request) -> Response:
    typed = await read(request, Cancel)
    return await _send(request, typed, visits.cancel_visit, "visits/cancel.html")


def visit_in(request: Request, client: Client) -> Visit | None:
    """The visit in the address, if it is one of this client's and still planned."""
    return next((one for one in client.visits if one.seq == request.path_params["visit"]), None)


async def _form(request: Request, client: Client, template: str) -> Response:
    visit = visit_in(request, client)
    if visit is None or visits.is_made(client, visit, request.state.who.here.settings):
        why = Conflict("visit_was_made" if visit else "unknown_visit")
        return await again(request, client, "act/refused.html", Typed({}), why)
    request.app.state.access.saw(request.state.who, "visit", [client.id])
    values = {
        "who": visit.who,
        "backup": visit.backup or "",
        "day": visit.day.isoformat(),
        "at": visit.at.isoformat("minutes") if visit.at else "",
        "note": visit.note,
        "seen": client.seq,
        "request_id": new_id(),
    }
    return blank(request, template, values, visit=visit, **await about(request, client))


async def _send(request: Request, typed: Typed[Any], rule: Rule, template: str) -> Response:
    client, who = await this_client(request), request.state.who
    form: AboutVisit | None = typed.form
    refusal: Refused | None = None
    if form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                rule,
                client=client.id,
                request_id=form.request_id,
                seen=form.seen,
                visit=request.path_params["visit"],
                **form.model_dump(exclude={"seen", "request_id"}),
            )
            return saved(request, receipt, f"/clients/{client.id}", await label_of(request, client))
        except Refused as refused:
            refusal = refused
            client = await this_client(request)
    return await again(request, client, template, typed, refusal, visit=visit_in(request, client))

"""Changing a visit, and cancelling it: short forms, in the dialog or as pages of their own."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import anchoring, visits
from factboard.domain.refusal import Conflict
from factboard.domain.state import Client
from factboard.recorder import Rule, new_id
from factboard.web.anchoring import beside
from factboard.web.answers import blank
from factboard.web.forms import Typed, read
from factboard.web.labels import about, this_client
from factboard.web.visits.forms import Cancel, Change, again, send, visit_in


async def change_form(request: Request) -> Response:
    """Another person, day or time: the visit as it stands."""
    client = await this_client(request)
    return await _form(request, client, "visits/change.html")


async def change(request: Request) -> Response:
    typed = await read(request, Change)
    return await _send(request, typed, anchoring.asking(visits.change_visit), "visits/change.html")


async def cancel_form(request: Request) -> Response:
    client = await this_client(request)
    return await _form(request, client, "visits/cancel.html")


async def cancel(request: Request) -> Response:
    typed = await read(request, Cancel)
    return await _send(request, typed, anchoring.asking(visits.cancel_visit), "visits/cancel.html")


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
    return blank(
        request, template, values, visit=visit, **await about(request, client), **await beside(request, client)
    )


async def _send(request: Request, typed: Typed[Any], rule: Rule, template: str) -> Response:
    what = typed.form.model_dump(exclude={"seen", "request_id"}) if typed.form else {}
    return await send(request, typed, rule, template, what | {"visit": request.path_params["visit"]})

"""A legal hold: the lead lets nothing about a client be taken away, and lets the team's rule hold again."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import retention
from factboard.domain.refusal import Refused
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.web.answers import blank, not_saved, saved
from factboard.web.client.change import ChangeForm
from factboard.web.forms import read
from factboard.web.labels import label_of, this_client


class HoldForm(ChangeForm):
    """`lift`: the hold that its reader saw is to be lifted."""

    reason: str = ""
    lift: str = ""


async def hold_form(request: Request) -> Response:
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "client", [client.id])
    return blank(request, "client/legal-hold.html", {"request_id": new_id()}, **await _context(request, client))


async def hold(request: Request) -> Response:
    """Place it, or lift it: what the form was opened for."""
    client, typed, who, refusal = await this_client(request), await read(request, HoldForm), request.state.who, None
    if typed.form:
        rule = retention.lift_hold if typed.form.lift else retention.place_hold
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                rule,
                client=client.id,
                request_id=typed.form.request_id,
                reason=typed.form.reason,
            )
            return saved(request, receipt, f"/clients/{client.id}")
        except Refused as refused:
            refusal, client = refused, await this_client(request)
            typed.values["request_id"] = new_id()
    request.app.state.access.saw(who, "client", [client.id])
    return not_saved(request, "client/legal-hold.html", typed, refusal=refusal, **await _context(request, client))


async def _context(request: Request, client: Client) -> dict[str, Any]:
    label = await label_of(request, client)
    return {"client": client, "label": label, "labels": {client.id: label}}

"""Past lock and missing consent, for a while and in this browser only: with a reason that is logged first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import consent
from factboard.domain.people import alias
from factboard.domain.refusal import Refused
from factboard.recorder import new_id
from factboard.storage import openings
from factboard.web.answers import blank, not_saved
from factboard.web.forms import Form, RequestId, Typed, read
from factboard.web.labels import this_client

FORM = "sharing/emergency.html"
VIEW, ACTION = "client", "opened"  # in the access log


class Opening(Form):
    reason: str = ""
    request_id: RequestId | None = None


async def emergency_form(request: Request) -> Response:
    """What is the danger?"""
    return await _form(request, Typed[Opening]({"request_id": new_id()}))


async def open_now(request: Request) -> Response:
    """The client's page, whole. Nothing is seen before the reason is in the history and in the access log; sent once
    more, or where nothing is hidden, it opens nothing: each opening has a fact of its own.
    """
    client, typed, who = await this_client(request), await read(request, Opening), request.state.who
    if typed.form is None:
        return await _form(request, typed)
    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            consent.open_in_emergency,
            client=client.id,
            request_id=typed.form.request_id,
            reason=typed.form.reason,
        )
    except Refused as refusal:
        typed.values["request_id"] = new_id()
        return await _form(request, typed, refusal)
    whole = RedirectResponse(f"/clients/{client.id}", 303)
    if receipt.repeated or not receipt.kinds:
        return whole
    access = request.app.state.access
    access.saw(who, VIEW, [client.id], action=ACTION, detail=typed.form.reason)
    await access.flush()
    if access.failing:
        raise HTTPException(503)
    async with request.app.state.store.writing() as connection:
        until = datetime.now(UTC) + timedelta(minutes=consent.MINUTES)
        await openings.add(connection, who.session, client.id, until)
    return whole


async def _form(request: Request, typed: Typed[Opening], refusal: Refused | None = None) -> Response:
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "emergency", [client.id])
    context: dict[str, Any] = {"client": client, "code": alias(client.id), "minutes": consent.MINUTES}
    if request.method == "GET":
        return blank(request, FORM, typed.values, **context)
    return not_saved(request, FORM, typed, refusal=refusal, **context)

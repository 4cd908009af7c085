"""They are two people: a merging is taken back."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import merging
from factboard.domain.refusal import Refused, Unknown
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.web.answers import blank, not_saved, saved, seq_in
from factboard.web.forms import Form, RequestId, read
from factboard.web.labels import label_of, this_client


class ApartForm(Form):
    request_id: RequestId | None = None
    reason: str = ""


async def separate_form(request: Request) -> Response:
    client = await this_client(request)
    return blank(request, "merging/apart.html", {"request_id": new_id()}, **await _context(request, client))


async def separate(request: Request) -> Response:
    client, typed, who, refusal = await this_client(request), await read(request, ApartForm), request.state.who, None
    if typed.form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                merging.separate,
                client=client.id,
                request_id=typed.form.request_id,
                seen=0,
                merge=seq_in(request),
                reason=typed.form.reason,
            )
            return saved(request, receipt, f"/clients/{client.id}")
        except Refused as refused:
            refusal, client = refused, await this_client(request)
            typed.values["request_id"] = new_id()
    return not_saved(request, "merging/apart.html", typed, refusal=refusal, **await _context(request, client))


async def _context(request: Request, client: Client) -> dict[str, Any]:
    """Raises `Unknown` for a merging that there was not."""
    same = next((one for one in client.merged if one.seq == seq_in(request)), None)
    if same is None:
        raise Unknown("unknown_fact")
    request.app.state.access.saw(request.state.who, "merge", client.records)
    label = await label_of(request, client)
    return {"client": client, "label": label, "labels": {client.id: label}, "same": same}

"""What the forms about a visit ask for, how one is sent, and how it comes back when the rules say no."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.events import Rating
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.state import Client, Visit
from factboard.recorder import Rule, new_id
from factboard.web.anchoring import Said, beside
from factboard.web.answers import next_try, not_saved, saved
from factboard.web.forms import Choice, Day, Form, RequestId, Seq, TimeOfDay, Typed
from factboard.web.labels import about, label_of, this_client
from factboard.web.queued import circumstances


class Outcome(StrEnum):
    """What came of a visit that is not rated."""

    DONE = "done"
    TRIED = "tried"


class AboutVisit(Form):
    """What its reader had seen, and one id for all tries."""

    seen: Seq | None = None
    request_id: RequestId | None = None


class Planned(AboutVisit):
    """It says whether it is anchored with the case manager."""

    anchored: Said | None = None


class Change(Planned):
    who: Choice
    backup: str | None = None
    day: Day
    at: TimeOfDay | None = None
    note: str = ""


class Cancel(Planned):
    reason: str = ""


class Move(AboutVisit):
    day: Day


class Done(AboutVisit):
    by: str | None = None
    rating: Rating | None = None
    outcome: Outcome | None = None


class Go(AboutVisit):
    visit: Seq | None = None


async def again(
    request: Request, client: Client, template: str, typed: Typed[Any], refusal: Refused | None = None, **more: Any
) -> Response:
    """The form once more. Where somebody was quicker, the next try is made on what this answer shows."""
    typed.values.setdefault("seen", client.seq)
    typed.values.setdefault("request_id", new_id())
    if isinstance(refusal, Conflict):
        next_try(typed, refusal)
    request.app.state.access.saw(request.state.who, "visit", [client.id])
    context = {**await about(request, client), **await beside(request, client)}
    return not_saved(request, template, typed, refusal=refusal, **context, **more)


async def send(request: Request, typed: Typed[Any], rule: Rule, template: str, what: dict[str, Any]) -> Response:
    """Ask the rule about the client in the address; what it refuses is said in the template."""
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
                **circumstances(request),
                **what,
            )
            return saved(request, receipt, f"/clients/{client.id}", await label_of(request, client))
        except Refused as refused:
            refusal = refused
            client = await this_client(request)
    return await again(request, client, template, typed, refusal, visit=visit_in(request, client))


def visit_in(request: Request, client: Client) -> Visit | None:
    """The visit in the address, if it is one of this client's and still planned."""
    return next((one for one in client.visits if one.seq == request.path_params.get("visit")), None)

"""What the forms about a visit ask for, and what all of them need to be shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.events import Rating
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.web.answers import next_try, not_saved
from factboard.web.forms import Choice, Day, Form, RequestId, Seq, TimeOfDay, Typed
from factboard.web.labels import about


class Outcome(StrEnum):
    """What came of a visit that is not rated."""

    DONE = "done"
    TRIED = "tried"


class AboutVisit(Form):
    """What its reader had seen, and one id for all tries."""

    seen: Seq | None = None
    request_id: RequestId | None = None


class Change(AboutVisit):
    who: Choice
    backup: str | None = None
    day: Day
    at: TimeOfDay | None = None
    note: str = ""


class Cancel(AboutVisit):
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
    return not_saved(request, template, typed, refusal=refusal, **await about(request, client), **more)

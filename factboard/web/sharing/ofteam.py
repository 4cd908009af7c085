"""The team's setting: whose records these are, and what staff of other employers see. It ships closed."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import consent
from factboard.domain.events import Sharing
from factboard.domain.refusal import Refused
from factboard.recorder import new_id
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, RequestId, read
from factboard.web.words import initial, words_for

PAGE = "sharing/team.html"


class SharingForm(Form):
    employer: str = ""
    sharing: Sharing
    request_id: RequestId | None = None


async def sharing_form(request: Request) -> Response:
    """What it means, what the law leaves to the care provider to decide, and the choice."""
    who = request.state.who
    values = {
        "employer": who.here.employer or who.here.members[who.user].employer,
        "sharing": who.here.sharing.value,
        "request_id": new_id(),
    }
    return blank(request, PAGE, values, **_context(request))


async def save_sharing(request: Request) -> Response:
    """From now on, on every open screen."""
    typed, who, refusal = await read(request, SharingForm), request.state.who, None
    if typed.form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                consent.set_sharing,
                request_id=typed.form.request_id,
                employer=typed.form.employer,
                sharing=typed.form.sharing,
            )
            return saved(request, receipt, "/settings/sharing")
        except Refused as refused:
            refusal = refused
            typed.values["request_id"] = new_id()
    return not_saved(request, PAGE, typed, refusal=refusal, **_context(request))


def _context(request: Request) -> dict[str, Any]:
    here = request.state.who.here
    words = words_for(here.settings, request.state.language)
    present = sorted((one for one in here.members.values() if not one.left), key=lambda one: one.name)
    by: dict[str, list[str]] = {}
    for one in present:
        by.setdefault(one.employer, []).append(one.name)
    return {
        "choices": [(one.value, initial(words.term(one))) for one in Sharing],
        "by_employer": sorted(by.items()),
        "saved": request.query_params.get("saved"),
    }

"""What an outside auditor sees of clients: codes, until they say why they need the names; by one touch codes again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain.refusal import Invalid
from factboard.domain.text import REASON, clean
from factboard.storage import accounts
from factboard.web.answers import blank, not_saved
from factboard.web.forms import Form, read
from factboard.web.security import local_path

FORM = "account/unmask.html"
FOR = timedelta(minutes=30)  # names are seen so long; whoever needs them longer says so again


class Unmask(Form):
    """`reason` goes to the access log; `next` is the page from which they came."""

    reason: str = ""
    next: str = "/history"


async def form(request: Request) -> Response:
    """Why do they need the names?"""
    return blank(
        request, FORM, {"next": local_path(request.query_params.get("next") or "/history")}, minutes=_minutes()
    )


async def unmask(request: Request) -> Response:
    """Names, for a while and in this session only. No name is seen before the reason is in the access log."""
    typed, who, access = await read(request, Unmask), request.state.who, request.app.state.access
    typed.values["next"] = local_path(typed.values.get("next"))
    try:
        reason = clean(typed.values.get("reason"), "reason", limit=REASON, required=True)
    except Invalid as no:
        return not_saved(request, FORM, typed, refusal=no, minutes=_minutes())
    access.did(who, "names", "unmasked", reason)
    await access.flush()
    if access.failing:
        raise HTTPException(503)
    async with request.app.state.store.writing() as connection:
        await accounts.unmask(connection, who.session, datetime.now(UTC) + FOR)
    return RedirectResponse(typed.values["next"], 303)


async def mask(request: Request) -> Response:
    """Codes again."""
    typed, who = await read(request, Unmask), request.state.who
    async with request.app.state.store.writing() as connection:
        await accounts.unmask(connection, who.session, None)
    if not who.masked:
        request.app.state.access.did(who, "names", "masked")
    return RedirectResponse(local_path(typed.values.get("next")), 303)


def _minutes() -> int:
    return int(FOR.total_seconds() // 60)

"""When there is no page to give: refusals, a database that is away, and faults of our own. Never a traceback."""

from __future__ import annotations

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from factboard.domain.people import alias
from factboard.domain.refusal import Refused
from factboard.web import language
from factboard.web.answers import refused_as_json, status_of
from factboard.web.forms import sent_id
from factboard.web.pages import NOBODYS, page
from factboard.web.security import SAFE, is_fragment, is_stream, wants_json
from factboard.web.sessions import settle
from factboard.web.sight import Closed
from factboard.web.words import words_for

KEYS = {401: "signed_out", 403: "not_allowed", 404: "unknown_page", 503: "not_logged"}

log = structlog.get_logger()


async def refused_page(request: Request, error: Exception) -> Response:
    """404, 403 and their like, in the reader's language; never what belongs to whom."""
    if isinstance(error, HTTPException):
        status, key = error.status_code, KEYS.get(error.status_code, "refused")
        headers = dict(error.headers or {})
    else:
        assert isinstance(error, Refused)
        status, key, headers = status_of(error), error.key, {}
    if wants_json(request):
        return await _to_program(request, error, status, key, headers)
    if is_stream(request):
        return PlainTextResponse(key, status, headers=headers)
    if not hasattr(request.state, "language"):
        await settle(request)
    if isinstance(error, Closed):
        context = {"client": error.client, "code": alias(error.client.id), "may_open": error.may_open}
        return page(request, "sharing/closed.html", status=status, headers=headers, **context)
    return page(request, "error.html", status=status, key=key, headers=headers)


async def _to_program(
    request: Request, error: Exception, status: int, key: str, headers: dict[str, str]
) -> JSONResponse:
    """The key; for what was to be saved, all that any other refusal says, once it is known who asks."""
    who = getattr(request.state, "who", None)
    if request.method in SAFE or who is None:
        return JSONResponse({"refused": key}, status, headers=headers)
    await sent_id(request)
    refusal = error if isinstance(error, Refused) else Refused(key)
    team = who.team_state
    words = words_for(team.settings if team else NOBODYS, request.state.language)
    answer = refused_as_json(request, status, [words.refusal(refusal, team)], refusal=refusal)
    answer.headers.update(headers)
    return answer


async def unavailable(request: Request, error: Exception) -> Response:
    """The database cannot be reached or written: whatever was asked, nothing was saved, and we say so."""
    log.error("storage unavailable", error=type(error).__name__, path=request.scope.get("route_path", ""))
    if wants_json(request):
        return JSONResponse({"saved": False, "refused": "storage_unavailable"}, 503)
    if is_fragment(request) or is_stream(request):
        return PlainTextResponse("not saved", 503)
    _without_database(request)
    return page(request, "error.html", status=503, key="storage_unavailable", headers=_again(request))


async def hung_up(request: Request, error: Exception) -> Response:
    """The line broke before all of the form was here: nothing was done, and nobody hears it."""
    return PlainTextResponse("cut off", 400)


async def failed(request: Request, error: Exception) -> Response:
    """A fault of ours: logged whole, told plainly, nothing of it shown."""
    log.error("failed", exc_info=error)
    if wants_json(request):
        return JSONResponse({"refused": "failed"}, 500)
    _without_database(request)
    return page(request, "error.html", status=500, key="failed", headers=_again(request))


def _again(request: Request) -> dict[str, str]:
    """A wall screen has nobody to reload it."""
    return {"Refresh": "10"} if request.url.path == "/wall" else {}


def _without_database(request: Request) -> None:
    request.state.who = None
    request.state.language = language.choose(
        None, request.cookies.get(language.COOKIE), None, None, request.headers.get("accept-language")
    )

"""Pairing, the lead's side: the code that a screen shows is compared, the screen named, set, and later revoked.

A code says nothing to whoever has no lead's session, and ties this very screen to this very team, or nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.events import Naming, OutsideMeeting
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.screens import change_screen, pair_screen, revoke_screen
from factboard.domain.state import Screen
from factboard.recorder import answered, new_id, remember
from factboard.storage import devices
from factboard.web.answers import blank as blank_form
from factboard.web.answers import not_saved, saved
from factboard.web.forms import Form, RequestId, Ticked, Typed, read
from factboard.web.wall.waiting import good, grouped, plain
from factboard.web.words import initial, words_for

FORM = "wall/pair.html"


class PairForm(Form):
    code: str
    name: str
    naming: Naming
    outside: OutsideMeeting
    seen: Ticked = False
    request_id: RequestId | None = None


class ScreenForm(Form):
    name: str
    naming: Naming
    outside: OutsideMeeting


async def pair_form(request: Request) -> Response:
    """Name the screen whose code this is; the code may come from the QR code."""
    values = {
        "code": grouped(plain(request.query_params.get("code", ""))),
        "naming": Naming.SHORT,
        "outside": OutsideMeeting.COUNTS,
        "request_id": new_id(),
    }
    return blank_form(request, FORM, values, **_choices(request))


async def pair(request: Request) -> Response:
    """Tie the screen to the team: the fact and the key in one transaction."""
    typed, who = await read(request, PairForm), request.state.who
    if typed.form is None:
        return not_saved(request, FORM, typed, **_choices(request))
    given = typed.form.model_dump(exclude={"code", "seen", "request_id"})
    asked = {"code": plain(typed.form.code), **given}
    try:
        if not typed.form.seen:  # a link to a stranger's code can be sent; what hangs on the wall can only be seen
            raise Invalid("not_compared", "seen")
        if not await request.app.state.codes.may_try(who.user):
            raise Invalid("too_many_codes", "code")
        async with request.app.state.recorder.together(who.team, who.user) as desk:
            receipt = await answered(desk, typed.form.request_id, pair_screen, None, asked)
            if receipt is None:
                receipt = await desk.decide(pair_screen, screen=(screen := new_id()), **given)
                await _tie(desk.connection, asked["code"], who.team, screen)
                await remember(desk, typed.form.request_id, pair_screen, None, asked, receipt)
    except Refused as refusal:
        return not_saved(request, FORM, typed, refusal=refusal, **_choices(request))
    return saved(request, receipt, "/settings")


async def _tie(connection: AsyncConnection, code: str, team: str, screen: str) -> None:
    """The device that shows this very code, and no other, becomes the screen. Raises `Invalid`."""
    device = await devices.by_code(connection, code)
    if device is None or not good(device) or not await devices.pair(connection, device.id, team, screen):
        raise Invalid("unknown_code", "code")


async def screen_form(request: Request) -> Response:
    known = _screen(request)
    values = {"name": known.name, "naming": known.naming, "outside": known.outside}
    return blank_form(request, "wall/screen.html", values, **_context(request, known))


async def change(request: Request) -> Response:
    known, typed, who = _screen(request), await read(request, ScreenForm), request.state.who
    context = _context(request, known)
    if typed.form is None:
        return not_saved(request, "wall/screen.html", typed, **context)
    try:
        receipt = await request.app.state.recorder.change(
            who.team, who.user, change_screen, screen=known.id, **typed.form.model_dump()
        )
    except Refused as refusal:
        return not_saved(request, "wall/screen.html", typed, refusal=refusal, **context)
    return saved(request, receipt, "/settings")


async def revoke(request: Request) -> Response:
    """It is blank within seconds: its stream ends, and its key opens nothing any more."""
    known, who = _screen(request), request.state.who
    try:
        async with request.app.state.recorder.together(who.team, who.user) as desk:
            receipt = await desk.decide(revoke_screen, screen=known.id)
            await devices.revoke(desk.connection, who.team, known.id)
    except Refused as refusal:
        typed = Typed[ScreenForm]({"name": known.name, "naming": known.naming, "outside": known.outside})
        return not_saved(request, "wall/screen.html", typed, refusal=refusal, **_context(request, known))
    return saved(request, receipt, "/settings")


def _screen(request: Request) -> Screen:
    known: Screen | None = request.state.who.here.screens.get(request.path_params["screen"])
    if known is None:
        raise Unknown("unknown_screen")
    return known


def _context(request: Request, screen: Screen) -> dict[str, Any]:
    team, audience = request.state.who.team, f"screen.{screen.id}"
    on = request.app.state.hub.open_streams(team, audience) > 0
    return {"screen": screen, "on": on, **_choices(request)}


def _choices(request: Request) -> dict[str, Any]:
    words = words_for(request.state.who.here.settings, request.state.language)
    return {
        "namings": [(one.value, initial(words.term(one))) for one in Naming],
        "outsides": [(one.value, initial(words.term(one))) for one in OutsideMeeting],
    }

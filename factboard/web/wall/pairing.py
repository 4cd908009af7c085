"""Pairing: an unpaired screen shows a code, a lead types it (or follows the QR code) and names the screen.

The key is the screen's own, in its cookie, from the first code on; what is typed in only ties it to a team. A code is
good for ten minutes, is shown once, and says nothing to whoever has no lead's session.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import segno
from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.events import Naming, OutsideMeeting
from factboard.domain.people import Right
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.screens import change_screen, pair_screen, revoke_screen
from factboard.domain.state import Screen
from factboard.recorder import new_id
from factboard.storage import devices
from factboard.storage.devices import Device
from factboard.web.answers import blank as blank_form
from factboard.web.answers import not_saved, saved
from factboard.web.forms import Form, RequestId, Typed, read
from factboard.web.pages import page
from factboard.web.security import is_fragment
from factboard.web.sessions import keep_screen, new_token, screen_cookie, session_id
from factboard.web.words import initial, words_for

GOOD_FOR = timedelta(minutes=10)
LETTERS = "34679ACDEFGHJKMNPQRTVWXY"  # none that looks like another, on a wall or in a hurry
CODE_LENGTH = 8
MOST_WAITING = 2_000  # devices with a code, of all teams together
NEW_KEYS = parse("30 per minute")  # for one address: a screen asks for one
TRIES = parse("20 per 15 minutes")  # of a code, by one person

FORM = "wall/pair.html"


class Codes:
    """Counts who asks for codes and who tries them, so that neither the table is filled nor a code guessed."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def may_have(self, address: str) -> bool:
        return await self._limiter.hit(NEW_KEYS, "new", address)

    async def may_try(self, user: str) -> bool:
        return await self._limiter.hit(TRIES, "try", user)


class PairForm(Form):
    code: str
    name: str
    naming: Naming
    outside: OutsideMeeting
    request_id: RequestId | None = None


class ScreenForm(Form):
    name: str
    naming: Naming
    outside: OutsideMeeting


# --- the screen's side --------------------------------------------------------------------------------------


async def waiting(request: Request) -> Response:
    """A screen that is nobody's yet: its code, for a person to read and for a phone to follow."""
    found = await _with_code(request)
    if isinstance(found, str):
        return page(request, "wall/waiting.html", status=503, problem=found)
    device, token = found
    address = f"{request.url.scheme}://{request.url.netloc}/pair?code={device.code}"
    picture = segno.make(address, error="m").svg_inline(scale=1, border=2, dark="#000", light="#fff", omitsize=True)
    may_here = request.state.who is not None and request.state.who.may(Right.CARE)
    shown = f"{(device.code or '')[:4]} {(device.code or '')[4:]}"
    plain = f"{request.url.netloc}/pair"
    context: dict[str, Any] = {
        "code": shown,
        "address": plain,
        "qr": Markup(picture),
        "may_here": may_here,
        "problem": "",
    }
    response = page(request, "wall/waiting.html", **context)
    if token:
        keep_screen(request, response, token)
    return response


async def paired(request: Request) -> Response:
    """Asked by a screen that shows a code: nothing yet, or on to the wall; a code that has run out is renewed.

    A browser that keeps no cookies would go round for ever: it is told so instead.
    """
    if is_fragment(request) and not request.cookies.get(screen_cookie(request)):
        return page(request, "wall/no_cookies.html")
    device = await _device(request)
    if device is None or device.screen or not _good(device):
        headers = {"HX-Redirect": "/wall"} if is_fragment(request) else {"Location": "/wall"}
        return Response(status_code=200 if is_fragment(request) else 303, headers=headers)
    return Response(status_code=204)


async def _with_code(request: Request) -> tuple[Device, str] | str:
    """The device with a code that is good, and the token of a new key where it had none; or why there is none now."""
    device = await _device(request)
    if device and device.code and _good(device):
        return device, ""
    if not await request.app.state.codes.may_have(request.client.host if request.client else ""):
        return "too_many_screens"
    now, token = datetime.now(UTC), new_token()
    async with request.app.state.store.writing() as connection:
        await devices.forget_waiting(connection, now - GOOD_FOR)
        if await devices.count_waiting(connection) >= MOST_WAITING:
            return "too_many_screens"
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        await devices.add(connection, session_id(request, token), code, now)
    return Device(session_id(request, token), code, now, None, None), token


async def _device(request: Request) -> Device | None:
    token = request.cookies.get(screen_cookie(request))
    if not token:
        return None
    async with request.app.state.store.reading() as connection:
        return await devices.by_id(connection, session_id(request, token))


def _good(device: Device) -> bool:
    return datetime.now(UTC) - device.made < GOOD_FOR


# --- the lead's side ----------------------------------------------------------------------------------------


async def pair_form(request: Request) -> Response:
    """Name the screen whose code this is; the code may come from the QR code."""
    values = {
        "code": request.query_params.get("code", "")[:20],
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
    given = typed.form.model_dump(exclude={"code", "request_id"})
    asked = {"code": _plain(typed.form.code), **given}
    try:
        if not await request.app.state.codes.may_try(who.user):
            raise Invalid("too_many_codes", "code")
        async with request.app.state.recorder.together(who.team, who.user) as desk:
            receipt = await desk.answered(typed.form.request_id, pair_screen, None, asked)
            if receipt is None:
                receipt = await desk.decide(pair_screen, screen=(screen := new_id()), **given)
                await _tie(desk.connection, asked["code"], who.team, screen)
                await desk.remember(typed.form.request_id, pair_screen, None, asked, receipt)
    except Refused as refusal:
        return not_saved(request, FORM, typed, refusal=refusal, **_choices(request))
    return saved(request, receipt, "/settings")


async def _tie(connection: AsyncConnection, code: str, team: str, screen: str) -> None:
    """The device that shows this very code, and no other, becomes the screen. Raises `Invalid`."""
    device = await devices.by_code(connection, code)
    if device is None or not _good(device) or not await devices.pair(connection, device.id, team, screen):
        raise Invalid("unknown_code", "code")


async def screen_form(request: Request) -> Response:
    known = _screen(request)
    values = {"name": known.name, "naming": known.naming, "outside": known.outside}
    return blank_form(request, "wall/screen.html", values, screen=known, **_choices(request))


async def change(request: Request) -> Response:
    known, typed, who = _screen(request), await read(request, ScreenForm), request.state.who
    context = {"screen": known, **_choices(request)}
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
        return not_saved(request, "wall/screen.html", typed, refusal=refusal, screen=known, **_choices(request))
    return saved(request, receipt, "/settings")


def _screen(request: Request) -> Screen:
    known: Screen | None = request.state.who.here.screens.get(request.path_params["screen"])
    if known is None:
        raise Unknown("unknown_screen")
    return known


def _plain(code: str) -> str:
    """The code as it was made, however it was typed."""
    return "".join(sign for sign in code.upper() if sign.isalnum())[: 2 * CODE_LENGTH]


def _choices(request: Request) -> dict[str, Any]:
    words = words_for(request.state.who.here.settings, request.state.language)
    return {
        "namings": [(one.value, initial(words.term(one))) for one in Naming],
        "outsides": [(one.value, initial(words.term(one))) for one in OutsideMeeting],
    }

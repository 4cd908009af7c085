"""A screen that is nobody's yet: its key, and the code that it shows until a lead pairs it.

The key is the screen's own, in its cookie, from the first code on; a code only ties it to a team. It is good for ten
minutes and for one time.
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
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.people import Right
from factboard.storage import devices
from factboard.storage.devices import Device
from factboard.web.pages import page
from factboard.web.security import is_fragment
from factboard.web.sessions import keep_screen, new_token, screen_cookie, session_id

GOOD_FOR = timedelta(minutes=10)
LETTERS = "34679ACDEFGHJKMNPQRTVWXY"  # none that looks like another, on a wall or in a hurry
CODE_LENGTH = 8
MOST_WAITING = 2_000  # devices with a code, of all teams together
NEW_KEYS = parse("30 per minute")  # for one address: a screen asks for one
TRIES = parse("20 per 15 minutes")  # of a code, by one person


class Codes:
    """Counts who asks for codes and who tries them, so that neither the table is filled nor a code guessed."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def may_have(self, address: str) -> bool:
        return await self._limiter.hit(NEW_KEYS, "new", address)

    async def may_try(self, user: str) -> bool:
        return await self._limiter.hit(TRIES, "try", user)


async def waiting(request: Request) -> Response:
    """A screen that is nobody's yet: its code, for a person to read and for a phone to follow."""
    found = await _with_code(request)
    if isinstance(found, str):
        return page(request, "wall/waiting.html", status=503, problem=found)
    device, token = found
    address = f"{request.url.scheme}://{request.url.netloc}/pair?code={device.code}"
    picture = segno.make(address, error="m").svg_inline(scale=1, border=2, dark="#000", light="#fff", omitsize=True)
    may_here = request.state.who is not None and request.state.who.may(Right.CARE)
    shown = grouped(device.code or "")
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
    if device is None or device.screen or not good(device):
        headers = {"HX-Redirect": "/wall"} if is_fragment(request) else {"Location": "/wall"}
        return Response(status_code=200 if is_fragment(request) else 303, headers=headers)
    return Response(status_code=204)


async def _with_code(request: Request) -> tuple[Device, str] | str:
    """The device with a code that is good, and the token of a new key where it had none; or why there is none now."""
    device = await _device(request)
    if device and device.code and good(device):
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


def good(device: Device) -> bool:
    return datetime.now(UTC) - device.made < GOOD_FOR


def plain(code: str) -> str:
    """The code as it was made, however it was typed."""
    return "".join(sign for sign in code.upper() if sign.isalnum())[: 2 * CODE_LENGTH]


def grouped(code: str) -> str:
    """The code in two groups, for eyes."""
    return f"{code[:4]} {code[4:]}".strip()

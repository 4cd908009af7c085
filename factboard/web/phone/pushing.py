"""Notifications on this phone, on and off; a test; and devices that are forgotten."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain.refusal import Invalid
from factboard.pushing import TEST, is_push_service
from factboard.storage import phones, pushes
from factboard.web.forms import Form, Ticked, read
from factboard.web.phone.look import this_phone
from factboard.web.sessions import KEPT, new_token, phone_cookie, session_id

TEST_IS_OF_USE = timedelta(minutes=5)
PUBLIC_KEY, SECRET = 65, 16  # bytes (RFC 8291)
BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Macintosh": "Mac",
    "Linux": "Linux",
}  # fmt: skip


class Subscribing(Form):
    """What the browser gives out; `renews`: by itself, without anybody having asked."""

    endpoint: str
    p256dh: str
    auth: str
    renews: Ticked = False


async def on(request: Request) -> Response:
    """This browser is told things from now on. Asked by static/push.js, and by the worker when its address changes."""
    typed, who = await read(request, Subscribing), request.state.who
    form, here = typed.form, this_phone(request)
    if form is None:
        return _not(*((field, key) for field, (key, _) in typed.errors.items()))
    try:
        _check(form, request.app.state.pusher.own)
    except Invalid as refusal:
        return _not((refusal.field, refusal.key))
    token = request.cookies.get(phone_cookie(request), "") if here else new_token()
    new = phones.Subscription(
        id=session_id(request, token),
        user=who.user,
        endpoint=form.endpoint,
        p256dh=form.p256dh,
        auth=form.auth,
        device=device(request.headers.get("user-agent", "")),
        language=request.state.language,
        made=datetime.now(UTC),
    )
    async with request.app.state.store.writing() as connection:
        if form.renews and new.id not in {one.id for one in await phones.of_user(connection, who.user)}:
            return JSONResponse({"on": False})  # somebody else's: whoever is signed in now has not asked to be told
        await phones.subscribe(connection, new, who.session)
    response = JSONResponse({"on": True})
    response.set_cookie(
        phone_cookie(request),
        token,
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure_cookies,
    )
    return response


async def off(request: Request) -> Response:
    """This browser is told nothing any more."""
    await _forget(request, this_phone(request))
    return RedirectResponse("/phone?done=off", 303)


class Device(Form):
    device: str


async def forget(request: Request) -> Response:
    """Another device of one's own is told nothing any more: it was lost, or is another's now."""
    typed = await read(request, Device)
    await _forget(request, typed.form.device if typed.form else "")
    return RedirectResponse("/phone?done=forgotten", 303)


async def test(request: Request) -> Response:
    """A message to each of one's own devices, by the way that all take."""
    who, now = request.state.who, datetime.now(UTC)
    async with request.app.state.store.writing() as connection:
        await pushes.put(connection, [who.user], TEST, now, TEST_IS_OF_USE, team=who.team)
    request.app.state.pusher.wake()
    return RedirectResponse("/phone?done=tested", 303)


async def _forget(request: Request, id: str) -> None:
    async with request.app.state.store.writing() as connection:
        own = {one.id for one in await phones.of_user(connection, request.state.who.user)}
        await phones.forget(connection, own & {id})


def _check(form: Subscribing, own: frozenset[str]) -> None:
    if not is_push_service(form.endpoint, own):
        raise Invalid("not_a_push_service", "endpoint")
    key = _bytes(form.p256dh)
    if len(key) != PUBLIC_KEY or key[0] != 4:
        raise Invalid("not_understood", "p256dh")
    if len(_bytes(form.auth)) != SECRET:
        raise Invalid("not_understood", "auth")


def _bytes(text: str) -> bytes:
    """Base64url as browsers write it; nothing where it is not."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,100}", text):
        return b""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def _not(*errors: tuple[str | None, str]) -> Response:
    return JSONResponse({"on": False, "errors": dict(errors)}, 422)


def device(user_agent: str) -> str:
    """What a person may know this browser by: "Chrome, Android"."""
    browser = next((name for sign, name in BROWSERS.items() if f"{sign}/" in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    return ", ".join(filter(None, (browser, system)))

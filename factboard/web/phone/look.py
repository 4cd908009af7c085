"""The page itself: notifications on this phone, quiet hours, the devices that are told things."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.events import News
from factboard.pushing import own_key
from factboard.storage import accounts, phones
from factboard.web.answers import blank
from factboard.web.sessions import phone_cookie, session_id


async def page_of_phone(request: Request) -> Response:
    store = request.app.state.store
    async with store.reading() as connection:
        known = await accounts.by_id(connection, request.state.who.user)
    values = {"quiet_from": known.quiet_from, "quiet_to": known.quiet_to} if known else {}
    return blank(request, "phone/page.html", values, **await context(request))


async def context(request: Request) -> dict[str, Any]:
    """What stands on the page beside the form of the quiet hours."""
    who, store = request.state.who, request.app.state.store
    async with store.reading() as connection:
        devices = await phones.of_user(connection, who.user)
    here = this_phone(request)
    this = next((one for one in devices if one.id == here), None)
    return {
        "devices": devices,
        "this": this,
        "endpoint": hashlib.sha256(this.endpoint.encode()).hexdigest() if this else "",
        "public_key": (await own_key(store))["public"],
        "rules": [(what, getattr(who.here.settings.told, what)) for what in News],
        "done": request.query_params.get("done", ""),
    }


def this_phone(request: Request) -> str:
    """What the database knows this browser by; empty where it has never been told anything."""
    token = request.cookies.get(phone_cookie(request))
    return session_id(request, token) if token else ""

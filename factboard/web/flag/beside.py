"""What to know of the client who was chosen, before the door opens: warnings, what helps, whom to call."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, roster
from factboard.domain.state import Client
from factboard.web.flag.choosing import log
from factboard.web.labels import this_client
from factboard.web.pages import page


async def beside(request: Request) -> Response:
    """A fragment for the form. Of a protected identity only the way to see it."""
    client = await this_client(request)
    log(request, [client], "read")
    return page(request, "flag/beside.html", **known_of(request, client))


async def reveal(request: Request) -> Response:
    """The same with what is hidden of a protected identity, for the one who asks: a look of its own in the log."""
    client = await this_client(request)
    log(request, [client], "revealed")
    return page(request, "flag/beside.html", **known_of(request, client, revealed=True))


def known_of(request: Request, client: Client, *, revealed: bool = False) -> dict[str, Any]:
    here = request.state.who.here
    return {
        "client": client,
        "revealed": revealed or not client.details.protected,
        "duty": roster.on_duty(here, calendar.local_day(request.app.state.clock(), here.settings)),
    }

"""What to know of the client who was chosen, before the door opens: the crisis plan, warnings, what helps, whom to
call, and what each of the resource group may be told.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, crisis_plan, resource_group, roster
from factboard.domain.events.contents import Kind
from factboard.domain.state import Client
from factboard.storage import documents
from factboard.web.flag.choosing import log
from factboard.web.labels import this_client
from factboard.web.pages import page
from factboard.web.sight import sees, unseen


async def beside(request: Request) -> Response:
    """A fragment for the form. Of a protected identity only the way to see it."""
    client = await this_client(request)
    log(request, [client], "read")
    return page(request, "flag/beside.html", ticked=(), **await known_of(request, client))


async def reveal(request: Request) -> Response:
    """The same with what is hidden of a protected identity, for the one who asks: a look of its own in the log."""
    client = await this_client(request)
    log(request, [client], "revealed")
    return page(request, "flag/beside.html", ticked=(), **await known_of(request, client, revealed=True))


async def known_of(request: Request, client: Client, *, revealed: bool = False) -> dict[str, Any]:
    here, state = request.state.who.here, request.app.state
    today, shown = calendar.local_day(state.clock(), here.settings), revealed or not client.details.protected
    async with state.store.reading() as connection:
        found = []
        for kind in (Kind.CRISIS_PLAN, Kind.RESOURCE_GROUP):
            asked = shown and sees(request, client, kind)
            found.append(await documents.newest(connection, here.id, client.id, kind) if asked else None)
    plan, group = found
    return {
        "client": client,
        "revealed": shown,
        "unseen": unseen(request, client),
        "plan": plan,
        "group": group.content if group else None,
        "near": resource_group.of(group, today),
        "stands": crisis_plan.standing(client, today),
        "duty": roster.on_duty(here, today),
    }

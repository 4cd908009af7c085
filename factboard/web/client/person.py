"""Who the client is and what is written about their planned care, as their page shows it first."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from factboard.domain import calendar, resource_group
from factboard.domain.events.contents import MANY, Kind
from factboard.domain.state import Client
from factboard.storage import documents, drafts
from factboard.web.sight import documents_seen, sees

SHOWN = 5  # of the documents of which there are several, the newest


async def person(request: Request, client: Client) -> dict[str, Any]:
    """`written` is the newest version of each document by its kind, `recent` the newest of those that are many, `begun`
    the reader's own drafts: document -> when (UTC), `near` who is in the resource group, and may be told what.
    """
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        found = await documents.of_client(connection, who.team, client.id)
        begun = await drafts.of_user(connection, who.team, client.id, who.user)
    found = documents_seen(request, client, found)
    today = calendar.local_day(request.app.state.clock(), who.here.settings)
    group = next((one for one in found if one.kind is Kind.RESOURCE_GROUP), None)
    return {
        "near": resource_group.of(group, today),
        "written": {one.kind.value: one for one in found if one.kind not in MANY},
        "recent": [one for one in found if one.kind in MANY][:SHOWN],
        "kinds": [kind for kind in Kind if kind not in MANY and sees(request, client, kind)],
        "begun": begun,
    }

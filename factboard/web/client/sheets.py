"""What a client takes home on paper: the crisis plan on A4 and on a card for the wallet, and the sheet of their own."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, crisis_card, crisis_plan
from factboard.domain.events.contents import Kind, WrittenCrisisPlan
from factboard.domain.own_sheet import own_sheet
from factboard.domain.refusal import Unknown
from factboard.storage import documents
from factboard.web.labels import label_of, this_client
from factboard.web.pages import page

TEMPLATES = {"crisis-plan": "own/crisis_plan.html", "crisis-card": "own/crisis_card.html", "mine": "own/mine.html"}


async def sheet(request: Request) -> Response:
    """The paper that the address names, of this moment. Raises `Unknown`."""
    name = request.path_params["paper"]
    if name not in TEMPLATES:
        raise Unknown("unknown_page")
    client, who, now = await this_client(request), request.state.who, request.app.state.clock()
    async with request.app.state.store.reading() as connection:
        plan = await documents.newest(connection, who.team, client.id, Kind.CRISIS_PLAN)
        wish = await documents.newest(connection, who.team, client.id, Kind.WISH)
    request.app.state.access.saw(who, "own_sheet", [client.id], action="export", detail=name)
    more: dict[str, Any] = {}
    if name == "crisis-card" and plan and isinstance(plan.content, WrittenCrisisPlan):
        more = {"card": crisis_card.card(plan.content)}
    elif name == "mine":
        more = {"sheet": own_sheet(who.here, client, now), "wish": wish}
    return page(
        request,
        TEMPLATES[name],
        client=client,
        label=await label_of(request, client),
        plan=plan,
        stands=crisis_plan.standing(client, calendar.local_day(now, who.here.settings)),
        **more,
    )

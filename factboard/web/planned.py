"""The planned contacts: those that nobody made, seen though nobody of them is on the board, and those to come."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import planned_care
from factboard.domain.events import Part, Role
from factboard.domain.roster import CLINICAL
from factboard.web.labels import labels_of
from factboard.web.pages import page
from factboard.web.sight import eyes

EVERYBODY = "everybody"


async def page_of_contacts(request: Request) -> Response:
    """One's own, for a clinician; the whole team's for a lead; `who` says otherwise."""
    who, now = request.state.who, request.app.state.clock()
    asked = request.query_params.get("who") or (EVERYBODY if who.role is Role.LEAD else who.user)
    member = who.here.members.get(asked)
    known = asked == EVERYBODY or (member is not None and member.role in CLINICAL)
    whose = asked if known and asked != EVERYBODY else None
    async with request.app.state.store.reading() as connection:
        everybody = await request.app.state.caseload.of(connection, who.team)
        clients = eyes(request).only(everybody, Part.BOARD)
        found = planned_care.listing(who.here, clients, now, whose)
        named = await labels_of(connection, who.team, found.clients)
    request.app.state.access.saw(who, "planned_contacts", [one.id for one in found.clients])
    people = sorted((one.name, one.user) for one in who.here.members.values() if not one.left and one.role in CLINICAL)
    return page(
        request,
        "planned/page.html",
        listing=found,
        labels=named,
        whose=whose,
        asked=asked if known else EVERYBODY,
        unknown=not known,
        people=people,
    )

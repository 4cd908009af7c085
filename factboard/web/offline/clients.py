"""`/phone/clients`: whom this person most likely flags, for their phone to keep sealed while no server answers.

Never a protected identity: what is kept on a phone is read there without asking anybody.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factboard.domain.offered import offered
from factboard.domain.people import Label
from factboard.domain.state import Client, Team
from factboard.storage import projections
from factboard.web.labels import labels_of

MOST = 60  # clients kept on a phone


async def clients(request: Request) -> Response:
    who, now = request.state.who, request.app.state.clock()
    async with request.app.state.store.reading() as connection:
        cared_for = await projections.in_care(connection, who.team)
        offers = [one.client for one in offered(who.here, cared_for, who.user, now) if not one.client.details.protected]
        named = await labels_of(connection, who.team, offers[:MOST])
    shown = [_as_json(who.here, client, named[client.id]) for client in offers[:MOST]]
    request.app.state.access.saw(who, "flag", [one["id"] for one in shown], action="export", detail="kept on a phone")
    return JSONResponse({"clients": shown})


def _as_json(team: Team, client: Client, label: Label) -> dict[str, Any]:
    """`here`: on the board already, as this phone knew it; `category`: of that time there, else of the last one."""
    details, born = client.details, client.details.birth_date
    past = [one.category for one in client.past if not one.in_error][-1:]
    category = client.stay.category if client.stay else past[0] if past else ""
    known = team.categories.get(category)
    return {
        "id": client.id,
        "seen": client.seq,
        "name": label.name,
        "second": label.second or (born.isoformat() if born else ""),
        "short": details.short_name,
        "here": client.stay is not None,
        "category": category if known and not known.retired else "",
        "helps": details.helps,
        "warnings": details.warnings,
        "phone": details.phone,
    }

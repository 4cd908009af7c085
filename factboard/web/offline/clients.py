"""`/phone/clients`: whom this person most likely flags, for their phone to keep sealed while no server answers.

Rows as the flag page has them, each with what helps, what to look out for and whom to call; and whom of the team to
call while nothing is sent. Never a protected identity: what is kept on a phone is read there without asking anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factboard.domain import calendar, crisis_plan, roster
from factboard.domain.events import Part
from factboard.domain.events.contents import Kind
from factboard.domain.offered import AT_FIRST, likely_category, offered
from factboard.domain.people import Label, full_name
from factboard.domain.state import Client, Visit
from factboard.domain.text import folded
from factboard.domain.versions import Version
from factboard.storage import documents
from factboard.web.labels import labels_of
from factboard.web.pages import render
from factboard.web.sight import eyes, sees

MOST = 60  # clients kept on a phone


@dataclass(frozen=True, slots=True)
class Kept:
    """A client to choose by one touch; `find` is what any part of is enough to find them by."""

    client: Client
    label: Label
    category: str
    visit: Visit | None
    find: str
    plan: Version | None
    stands: crisis_plan.Standing


async def clients(request: Request) -> Response:
    who, now = request.state.who, request.app.state.clock()
    async with request.app.state.store.reading() as connection:
        cared_for = eyes(request).only(await request.app.state.caseload.of(connection, who.team), Part.BOARD)
        offers = [one for one in offered(who.here, cared_for, who.user, now) if not one.client.details.protected][:MOST]
        named = await labels_of(connection, who.team, [one.client for one in offers])
        with_plan = [
            one.client.id
            for one in offers
            if crisis_plan.on_phone(who.here, one) and sees(request, one.client, Kind.CRISIS_PLAN)
        ]
        plans = {one.client: one for one in await documents.of_kind(connection, who.team, Kind.CRISIS_PLAN, with_plan)}
    today = calendar.local_day(now, who.here.settings)
    rows = [
        Kept(
            one.client,
            named[one.client.id],
            likely_category(who.here, one.client),
            one.visit,
            _find(one.client),
            plans.get(one.client.id),
            crisis_plan.standing(one.client, today),
        )
        for one in offers
    ]
    for kept, detail in ([one.client.id for one in rows], "kept on a phone"), (plans, "crisis plan kept on a phone"):
        request.app.state.access.saw(who, "flag", kept, action="export", detail=detail)
    shown = {"at_once": rows[:AT_FIRST], "more": rows[AT_FIRST:], "reader": who.user, "now": now}
    html = render("offline/clients.html", request.state.language, team=who.here, **shown)
    duty = roster.on_duty(who.here, today)
    known = {"team": who.here, "who": who, "duty": duty, "known_at": now}
    return JSONResponse({"html": html, "call": render("flag/call.html", request.state.language, **known)})


def _find(client: Client) -> str:
    details = client.details
    born = details.birth_date.isoformat() if details.birth_date else ""
    return folded(f"{full_name(details)} {details.short_name} {born}")

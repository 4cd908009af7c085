"""SIP, the strengths assessment, group supervision and advocacy, on their pages."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, sip, strengths
from factboard.domain.events.contents import Advocacy, CarePlan, Content, Goal, Kind, Sip, Strengths, Supervision
from factboard.domain.refusal import Unknown
from factboard.domain.versions import Version
from factboard.recorder import new_id
from factboard.storage import documents
from factboard.storage.drafts import Fields
from factboard.web.documents.base import This
from factboard.web.documents.reading import as_fields, rows_in
from factboard.web.labels import about, this_client
from factboard.web.pages import page
from factboard.web.sight import still_seen


async def beside_sip(request: Request, this: This, version: Version) -> dict[str, Any]:
    """Beside a SIP: what it still has to have, and what is to be done when."""
    newest = this.newest is not None and version.number == this.newest.number
    content = version.content
    return {
        "is_newest": newest,
        "lacks": sip.lacks(content) if newest and isinstance(content, Sip) else [],
        "held": isinstance(content, Sip) and sip.held(content),
        "dated": [one for one in this.client.coming if one.kind is Kind.SIP] if newest else [],
    }


async def beside_strengths(request: Request, this: This, version: Version) -> dict[str, Any]:
    """Beside an assessment: which goals the care plan has already, and the sessions of supervision; what the reader may
    not see of them is left out.
    """
    seen = await still_seen(request, this.client.id)
    async with request.app.state.store.reading() as connection:
        team = request.state.who.team
        plan = await documents.newest(connection, team, this.client.id, Kind.CARE_PLAN.value)
        sessions = await documents.of_client(connection, team, this.client.id, (Kind.SUPERVISION,))
    content = plan.content if plan and Kind.CARE_PLAN in seen else None
    sessions = sessions if Kind.SUPERVISION in seen else []
    return {
        "is_newest": this.newest is not None and version.number == this.newest.number,
        "goals": {one.goal for one in content.goals} if isinstance(content, CarePlan) else set(),
        "sessions": sorted(sessions, key=lambda one: (getattr(one.content, "on", None), one.seq), reverse=True),
        "fresh": new_id(),  # the id of the next session
    }


async def strengths_begun(request: Request, this: This) -> Strengths:
    return strengths.begun()


async def advocacy_begun(request: Request, this: This) -> Advocacy:
    """Of today, by who writes it."""
    who = request.state.who
    return Advocacy(on=calendar.local_day(request.app.state.clock(), who.here.settings), spoke=who.user)


async def supervision_begun(request: Request, this: This) -> Supervision:
    """A session of today, brought by who writes it."""
    return Supervision(
        on=calendar.local_day(request.app.state.clock(), request.state.who.here.settings),
        brought_by=request.state.who.user,
    )


async def with_goal(request: Request, this: This, fields: Fields) -> Fields:
    """A care plan's form with one goal more: what the client wishes in a domain of the strengths assessment.

    The address names the row, never its words.
    """
    row = request.query_params.get("strength", "")
    if (
        this.ref.kind is not Kind.CARE_PLAN
        or not row
        or Kind.STRENGTHS not in await still_seen(request, this.client.id)
    ):
        return fields
    async with request.app.state.store.reading() as connection:
        found = await documents.newest(connection, request.state.who.team, this.client.id, Kind.STRENGTHS.value)
    content: Content | None = found.content if found else None
    goal = strengths.goal_of(content, row) if isinstance(content, Strengths) else ""
    if not goal or any(value == goal for _, value in fields):
        return fields
    place = max([int(one) for one in rows_in(fields, "goals")], default=-1) + 1
    return [*fields, *as_fields(Goal(goal=goal), f"goals-{place}-")]


async def invitation(request: Request) -> Response:
    """The letter that calls one party to the meeting of a SIP: no more than is needed to come."""
    client, row = await this_client(request), request.path_params["member"]
    async with request.app.state.store.reading() as connection:
        found = await documents.newest(connection, request.state.who.team, client.id, Kind.SIP.value)
    content = found.content if found else None
    party = next((one for one in content.parties if one.id == row), None) if isinstance(content, Sip) else None
    if party is None:
        raise Unknown("unknown_page")
    request.app.state.access.saw(request.state.who, "document", [client.id], detail="invitation")
    return page(request, "documents/invitation.html", **await about(request, client), sip=content, party=party)

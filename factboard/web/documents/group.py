"""The people around the client, on their pages: the resource group, its meetings and education, and the network."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, resource_group
from factboard.domain.events.contents import GroupMeeting, Kind, ResourceGroup, WrittenCrisisPlan
from factboard.domain.refusal import Unknown
from factboard.domain.state import Client
from factboard.domain.versions import Version
from factboard.recorder import new_id
from factboard.storage import documents
from factboard.web.documents.base import This
from factboard.web.labels import about, this_client
from factboard.web.pages import page
from factboard.web.sight import documents_seen

MEETINGS = (Kind.GROUP_MEETING, Kind.EDUCATION)


async def around(request: Request, this: This, version: Version) -> dict[str, Any]:
    """Beside the group: what each may be told today, who was there when, its meetings and education.

    An older version is shown as of the day on which it was written.
    """
    team, today = request.state.who.team, _today(request)
    async with request.app.state.store.reading() as connection:
        versions = await documents.versions(connection, team, this.client.id, str(this.ref))
        found = await documents.of_client(connection, team, this.client.id, MEETINGS)
    found = documents_seen(request, this.client, found)
    content = version.content
    newest = this.newest is not None and version.number == this.newest.number
    day = today if newest else calendar.local_day(version.at, request.state.who.here.settings)
    members = resource_group.near(content, day) if isinstance(content, ResourceGroup) else []
    return {
        "near": members,
        "over_time": resource_group.over_time(versions, today, request.state.who.here.settings) if newest else [],
        "meetings": _by_day(found, Kind.GROUP_MEETING) if newest else [],
        "sessions": _by_day(found, Kind.EDUCATION) if newest else [],
        "is_newest": newest,
        "fresh": new_id(),  # the id of the next meeting or session
    }


async def network(request: Request, this: This, version: Version) -> dict[str, Any]:
    """Beside the network: who is in the resource group now, for the same drawing."""
    group = await group_of(request, this.client)
    return {"near": resource_group.near(group, _today(request)) if group else []}


async def meeting(request: Request, this: This) -> GroupMeeting:
    """A new meeting of the group begins with who is in it and the goals that are left."""
    async with request.app.state.store.reading() as connection:
        found = await documents.of_client(
            connection, request.state.who.team, this.client.id, (Kind.GROUP_MEETING, Kind.RESOURCE_GROUP)
        )
    found = documents_seen(request, this.client, found)
    group = next((one.content for one in found if isinstance(one.content, ResourceGroup)), None)
    earlier = [one.content for one in _by_day(found, Kind.GROUP_MEETING)]
    met = [one for one in earlier if isinstance(one, GroupMeeting)]
    return resource_group.begun(group, met, _today(request))


async def sheet(request: Request) -> Response:
    """The sheet for one member of the group, on paper: what the group is, what to do, no more than they may know."""
    client, id = await this_client(request), request.path_params["member"]
    team, today = request.state.who.team, _today(request)
    async with request.app.state.store.reading() as connection:
        found = await documents.of_client(connection, team, client.id, (Kind.RESOURCE_GROUP, Kind.CRISIS_PLAN))
    group = next((one.content for one in found if isinstance(one.content, ResourceGroup)), None)
    plan = next((one.content for one in found if isinstance(one.content, WrittenCrisisPlan)), None)
    made = resource_group.sheet(group, plan, client, id, today) if group else None
    if made is None:
        raise Unknown("unknown_page")
    request.app.state.access.saw(request.state.who, "document", [client.id], detail="member")
    return page(request, "documents/member.html", **await about(request, client), sheet=made)


async def group_of(request: Request, client: Client) -> ResourceGroup | None:
    """The client's resource group as it stands."""
    async with request.app.state.store.reading() as connection:
        found = await documents.newest(connection, request.state.who.team, client.id, Kind.RESOURCE_GROUP.value)
    seen = documents_seen(request, client, [found] if found else [])
    return next((one.content for one in seen if isinstance(one.content, ResourceGroup)), None)


def _by_day(found: list[Version], kind: Kind) -> list[Version]:
    """Those of this kind, the newest day first."""
    these = [one for one in found if one.kind is kind]
    return sorted(these, key=lambda one: (getattr(one.content, "on", None) or date.min, one.seq), reverse=True)


def _today(request: Request) -> date:
    return calendar.local_day(request.app.state.clock(), request.state.who.here.settings)

"""Clients as pages know them: found by id in the reader's own team, and told apart from all who share their name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from factboard.domain import calendar, mandate
from factboard.domain.people import Label, labels
from factboard.domain.refusal import Unknown
from factboard.domain.roster import CLINICAL
from factboard.domain.state import Client
from factboard.storage import projections
from factboard.web.sessions import Who
from factboard.web.sight import eyes

LONGEST_ID = 64


async def client_of(request: Request, id: str | None) -> Client | None:
    """The client of the reader's team with this id, enrolled or not, as they may see them. None for nobody's
    and for another team's.

    Of a record that was merged into another, it is that one: whatever is asked or sent about it is about the person.
    """
    if not id or len(id) > LONGEST_ID or not id.isprintable():
        return None
    async with request.app.state.store.reading() as connection:
        known = await projections.person(connection, request.state.who.team, id)
    return eyes(request).see(known) if known else None


async def this_client(request: Request) -> Client:
    """The client in the address. Raises `Unknown`, the same whether it is another team's or nobody's."""
    known = await client_of(request, request.path_params["client"])
    if known is None:
        raise Unknown("unknown_client")
    return known


async def labels_of(connection: AsyncConnection, team: str, clients: Sequence[Client]) -> dict[str, Label]:
    """A label for each of these clients, against all namesakes in the team's care."""
    known = {client.id: client for client in [*await projections.namesakes(connection, team, clients), *clients]}
    named = labels((client.id, client.details) for client in known.values())
    return {client.id: named[client.id] for client in clients}


async def labels_for(who: Who, connection: AsyncConnection, clients: Sequence[Client]) -> dict[str, Label]:
    """The labels by which this reader may know these clients; none for a masked one, who knows them by their codes."""
    return {} if who.masked else await labels_of(connection, who.team, clients)


def as_one(client: Client, label: Label) -> dict[str, Label]:
    """The client's label for whatever is told of them, in whichever record of theirs it stands."""
    return dict.fromkeys(client.records, label)


async def label_of(request: Request, client: Client) -> Label:
    async with request.app.state.store.reading() as connection:
        return (await labels_of(connection, request.state.who.team, [client]))[client.id]


async def about(request: Request, client: Client) -> dict[str, Any]:
    """What every form about a client shows: who they are, the day, and the people it offers, the reader first."""
    who, label = request.state.who, await label_of(request, client)
    people = sorted(
        (member for member in who.here.members.values() if not member.left and member.role in CLINICAL),
        key=lambda member: (member.user != who.user, member.name),
    )
    return {
        "client": client,
        "label": label,
        "labels": {client.id: label},
        "people": [(member.user, member.name) for member in people],
        "asks_mandate": mandate.asked(who.here, client),
        "today": calendar.local_day(request.app.state.clock(), who.here.settings),
    }

"""Whose extract: a client found by code, or, by whoever sees names, by any part of the name."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.people import alias
from factboard.domain.state import Client
from factboard.storage import projections
from factboard.web.access_log.naming import teller_of
from factboard.web.forms import Form, read
from factboard.web.language import in_order
from factboard.web.pages import page

FOUND = 30  # clients offered for a search
LONGEST = 100  # characters of a search


class Search(Form):
    q: str = ""


async def choose(request: Request) -> Response:
    """The field to search in."""
    return page(request, "access/clients.html", found=[], q="", most=FOUND)


async def search(request: Request) -> Response:
    """Those whose code it is, or in whose names it occurs. A POST: no name stands in an address."""
    text = (await read(request, Search)).values.get("q", "").strip()[:LONGEST]
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        if who.masked:
            ids = await projections.coded(connection, who.team, text)
            clients: list[Client] = await projections.clients(connection, who.team, ids[:FOUND])
        else:
            clients = await projections.search(connection, who.team, text, limit=FOUND, ended=True) if text else []
        teller = await teller_of(request, connection, [one.id for one in clients])
    request.app.state.access.saw(who, "access_log", [one.id for one in clients], action="search")
    found = [(one.id, teller.client(one.id), alias(one.id)) for one in clients]
    found.sort(key=lambda one: in_order(one[1], who.here.settings.language))
    return page(request, "access/clients.html", found=found, q=text, most=FOUND)

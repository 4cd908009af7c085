"""Whose history: a client found by code, or, by whoever sees names, by any part of the name."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.consent import EVERYTHING
from factboard.domain.people import alias
from factboard.domain.state import Client
from factboard.storage import projections
from factboard.web.asking import asked
from factboard.web.forms import Form, read
from factboard.web.labels import labels_for
from factboard.web.language import in_order
from factboard.web.pages import page
from factboard.web.sentences import Teller
from factboard.web.sight import withheld

FOUND = 30  # clients offered for a search
LONGEST = 100  # characters of a search


class Search(Form):
    q: str = ""


async def choose(request: Request) -> Response:
    """The field to search in. What else was asked of the history is kept in the address."""
    return await _page(request, "", [])


async def search(request: Request) -> Response:
    """Those whose code it is, or in whose names it occurs, gone or not. A POST: no name stands in an address."""
    text, who = (await read(request, Search)).values.get("q", "").strip()[:LONGEST], request.state.who
    async with request.app.state.store.reading() as connection:
        if who.masked:
            ids = await projections.coded(connection, who.team, text)
            clients = await projections.clients(connection, who.team, ids[:FOUND])
        else:
            clients = await projections.search(connection, who.team, text, limit=FOUND, ended=True) if text else []
        hidden = await withheld(request, connection, *EVERYTHING)
    clients = [one for one in clients if one.id not in hidden]
    request.app.state.access.saw(who, "history", [one.id for one in clients], action="search")
    return await _page(request, text, clients)


async def _page(request: Request, text: str, clients: list[Client]) -> Response:
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        wish = await asked(request, connection)
        teller = Teller(request.state.language, who.here, await labels_for(who, connection, clients))
    found = [
        (wish.address("/history", but="client", client=one.id), teller.client(one.id), alias(one.id), one.enrolled)
        for one in clients
    ]
    found.sort(key=lambda one: in_order(one[1], request.state.language))
    here = wish.address("/history/clients", but="client")
    return page(
        request, "history/clients.html", found=found, q=text, most=FOUND, here=here, back=wish.address("/history")
    )

"""Whom: those whom the reader most likely flags stand there at once, and typing any part of a name finds everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factboard.domain.events import Part
from factboard.domain.offered import AT_FIRST, likely_category, offered
from factboard.domain.people import Label
from factboard.domain.state import Client, Visit
from factboard.storage import projections
from factboard.web.forms import Form, read
from factboard.web.labels import client_of, label_of, labels_of
from factboard.web.language import in_order
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.sight import CARE, eyes, sees, to_look_at

FOUND = 12  # clients offered for a search
LONGEST = 100  # characters of a search
LONGEST_LIST = 60  # clients offered before anything is typed, those folded away included


class Search(Form):
    q: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A client to choose by one touch. `category` is preset for them; `visit` is the reader's own of today."""

    client: Client
    label: Label
    category: str
    visit: Visit | None = None


async def search(request: Request) -> Response:
    """Clients in whose names all that was typed occurs: a list to choose from. A POST: no name stands in an address."""
    text = (await read(request, Search)).values.get("q", "")
    found = await find(request, text)
    if wants_json(request):
        offered = [{"client": one.client.id, "name": one.label.name, "second": one.label.second} for one in found]
        return JSONResponse(offered)
    return page(request, "flag/found.html", found=found, q=text, most=FOUND)


async def find(request: Request, text: str) -> list[Row]:
    if not text.strip():
        return []
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        found = await projections.search(connection, who.team, text[:LONGEST], limit=to_look_at(request, FOUND))
        clients = eyes(request).only(found, Part.BOARD)[:FOUND]
        named = await labels_of(connection, who.team, clients)
    log(request, clients, "search")
    rows = [Row(client, named[client.id], likely_category(who.here, client)) for client in clients]
    return sorted(rows, key=lambda one: in_order(one.label.name or one.label.second, who.here.settings.language))


async def near(request: Request) -> tuple[list[Row], list[Row]]:
    """Whom the reader most likely flags: those shown at once, and those folded away."""
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        clients = eyes(request).only(await request.app.state.caseload.of(connection, who.team), Part.BOARD)
        offers = offered(who.here, clients, who.user, request.app.state.clock())[:LONGEST_LIST]
        named = await labels_of(connection, who.team, [one.client for one in offers])
    log(request, [one.client for one in offers], "read")
    rows = [Row(o.client, named[o.client.id], likely_category(who.here, o.client), o.visit) for o in offers]
    return rows[:AT_FIRST], rows[AT_FIRST:]


async def chosen(request: Request, id: str | None) -> Row | None:
    known = await client_of(request, id)
    if known is None or not known.enrolled or not sees(request, known, *CARE):
        return None
    return Row(known, await label_of(request, known), likely_category(request.state.who.here, known))


def log(request: Request, clients: Iterable[Client], action: str) -> None:
    request.app.state.access.saw(request.state.who, "flag", {client.id for client in clients}, action=action)

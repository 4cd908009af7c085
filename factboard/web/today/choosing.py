"""`/contact`: whom a contact was with that began at nobody's row: today's and one's own first, all others by name."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.events import Part
from factboard.domain.offered import AT_FIRST, offered
from factboard.domain.state import Client, Visit
from factboard.storage import projections
from factboard.web.forms import Form, read
from factboard.web.labels import labels_of
from factboard.web.pages import page
from factboard.web.sight import eyes, to_look_at

FOUND = 12  # clients offered for a search
LONGEST = 100  # characters of a search


class Search(Form):
    q: str = ""


async def choose(request: Request) -> Response:
    """Those whom the reader most likely has met, each a link to the form."""
    return await _listed(request, "")


async def find(request: Request) -> Response:
    """Those in whose names all that was typed occurs. A POST: no name stands in an address."""
    return await _listed(request, (await read(request, Search)).values.get("q", ""))


async def _listed(request: Request, text: str) -> Response:
    who, state = request.state.who, request.app.state
    async with state.store.reading() as connection:
        if text.strip():
            found = await projections.search(connection, who.team, text[:LONGEST], limit=to_look_at(request, FOUND))
            found = eyes(request).only(found, Part.BOARD)[:FOUND]
            listed: list[tuple[Client, Visit | None]] = [(client, None) for client in found]
        else:
            clients = eyes(request).only(await state.caseload.of(connection, who.team), Part.BOARD)
            listed = [(one.client, one.visit) for one in offered(who.here, clients, who.user, state.clock())]
        labels = await labels_of(connection, who.team, [client for client, _ in listed])
    state.access.saw(who, "contact", labels, action="search" if text.strip() else "read")
    return page(request, "today/contact.html", listed=listed, labels=labels, q=text, most=FOUND, at_first=AT_FIRST)

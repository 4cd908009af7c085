"""Which other record is of the same person: those that could be, and a search among all."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.consent import EVERYTHING
from factboard.domain.merging import likeness
from factboard.domain.people import Label
from factboard.domain.state import Client
from factboard.storage import projections
from factboard.web.forms import Form, read
from factboard.web.labels import label_of, labels_of, this_client
from factboard.web.language import N_, catalogue
from factboard.web.pages import page
from factboard.web.sight import eyes, sees

FOUND = 30
ALIKE = {
    "national_id": N_("national id"),
    "birth_date": N_("birth date"),
    "name": N_("name"),
    "surname": N_("surname"),
    "phone": N_("phone"),
}


class Search(Form):
    q: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A record to compare with, and in words what is the same in both."""

    client: Client
    label: Label
    said: tuple[str, ...]


async def choose(request: Request) -> Response:
    """Those who share a national id, a name, a surname and a birth date, or a telephone number."""
    client = await this_client(request)
    async with request.app.state.store.reading() as connection:
        known = await projections.caseload(connection, request.state.who.team, ended=True)
    everyone = eyes(request).only(known, *EVERYTHING)
    likely = [one for one in everyone if one.id != client.id and likeness(client.details, one.details)]
    return await _listed(request, client, likely)


async def search(request: Request) -> Response:
    """Those in whose names all that was typed occurs. A POST, so that no name is in an address."""
    client, text = await this_client(request), (await read(request, Search)).values.get("q", "")
    if not text.strip():
        return await choose(request)
    async with request.app.state.store.reading() as connection:
        known = await projections.search(connection, request.state.who.team, text, limit=FOUND, ended=True)
    found = eyes(request).only(known, *EVERYTHING)
    return await _listed(request, client, [one for one in found if one.id != client.id], q=text)


async def _listed(request: Request, client: Client, found: list[Client], *, q: str = "") -> Response:
    who = request.state.who
    found = [one for one in found if sees(request, one, *EVERYTHING)]
    async with request.app.state.store.reading() as connection:
        named = await labels_of(connection, who.team, found)
    request.app.state.access.saw(
        who, "merge", [client.id, *(one.id for one in found)], action="search" if q else "read"
    )
    gettext = catalogue(request.state.language).gettext
    others = [
        Other(one, named[one.id], tuple(gettext(ALIKE[name]) for name in likeness(client.details, one.details)))
        for one in found
    ]
    others.sort(key=lambda one: (-len(one.said), one.label.name or one.label.second))
    return page(
        request, "merging/choose.html", client=client, label=await label_of(request, client), others=others, q=q
    )

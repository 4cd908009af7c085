"""`/access-log`: every look at anybody of the team, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.access import Look, Row, gathered
from factboard.domain.calendar import local_day
from factboard.storage import access
from factboard.web.access_log.asked import Wish, asked
from factboard.web.access_log.details import detailed
from factboard.web.access_log.naming import teller_of
from factboard.web.access_log.said import Said
from factboard.web.forms import seq_in_text
from factboard.web.pages import page
from factboard.web.sentences import Teller

LOOKS = 50  # on a page
ROWS = 2_000  # read for a page at most: one look at a long list has a row for each client on it


@dataclass(frozen=True, slots=True)
class Told:
    """A look as its reader sees it: who, as what and in which unit, what, and whom, each with their id."""

    look: Look
    person: str
    office: str
    done: str
    detail: str
    clients: list[tuple[str, str]]


async def listing(request: Request) -> Response:
    """A page of looks older than `before`, as the address asks for them."""
    who, before = request.state.who, seq_in_text(request.query_params.get("before"))
    looks: list[Look] = []
    older: int | None = None
    async with request.app.state.store.reading() as connection:
        wish = await asked(request, connection)
        if wish.filter:
            looks, older = await _page(connection, who.team, wish.filter, before)
        shown = {client for look in looks for client in look.clients}
        teller = await teller_of(request, connection, shown | ({wish.client} if wish.client else set()))
    request.app.state.access.saw(who, "access_log", shown)
    said = Said(request.state.language, who.here)
    of_days = groupby(
        (told(look, said, teller) for look in looks), lambda one: local_day(one.look.at, who.here.settings)
    )
    days = [(day, list(of)) for day, of in of_days]
    return page(
        request,
        "access/list.html",
        status=200 if wish.filter else 422,
        days=days,
        older=older,
        before=before,
        name=teller.client(wish.client) if wish.client else "",
        **_form(wish, said),
    )


def told(look: Look, said: Said, teller: Teller) -> Told:
    """A look in words, with the clients as its reader may know them."""
    whom = [(client, teller.client(client)) for client in look.clients]
    office = ", ".join(filter(None, (said.office(look.actor), said.team.settings.name)))
    detail = detailed(look, said.language, said.team)
    return Told(look, said.person(look.actor), office, said.done(look), detail, whom)


def _form(wish: Wish, said: Said) -> dict[str, Any]:
    return {
        "typed": wish.typed,
        "address": wish.address,
        "client": wish.client,
        "people": said.people(),
        "views": said.views(),
        "choices": said.choices(),
    }


async def _page(
    connection: AsyncConnection, team: str, wanted: access.Filter, before: int | None
) -> tuple[list[Look], int | None]:
    """A page of whole looks, and the row before which the next page begins; None: there is nothing older.

    A look longer than all that is read for a page is shown in parts.
    """
    rows: list[Row] = []
    looks: list[Look] = []
    more = True
    while more and len(looks) <= LOOKS and len(rows) < ROWS:
        part = await access.find(connection, team, wanted, rows[-1].id if rows else before)
        more = len(part) == access.PAGE
        rows += part
        looks = list(gathered(rows))
    whole = looks[:-1] if more and len(looks) > 1 else looks
    shown = whole[:LOOKS]
    return shown, shown[-1].id if shown and (more or len(looks) > len(shown)) else None

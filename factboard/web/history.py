"""The history for auditors: plain sentences, newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.calendar import local_day
from factboard.domain.chain import Row
from factboard.domain.state import Team
from factboard.storage import accounts, history, projections
from factboard.storage.codec import instant_from_text
from factboard.web.forms import seq_in_text
from factboard.web.labels import client_of, labels_of
from factboard.web.pages import page
from factboard.web.sentences import Teller, clients_in

ROWS = 100  # on a page


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as an auditor reads it; `at` is UTC."""

    seq: int
    at: datetime
    client: str | None
    sentence: str


async def listing(request: Request) -> Response:
    """A page of facts older than `before`, of the whole team or of one client."""
    who, asked = request.state.who, request.query_params.get("client")
    before = seq_in_text(request.query_params.get("before"))
    client = await client_of(request, asked)
    rows: list[Row] = []
    async with request.app.state.store.reading() as connection:
        if client or not asked:
            only = client.id if client else None
            rows = await history.newest(connection, who.team, before=before, client=only, limit=ROWS + 1)
        shown = rows[:ROWS]
        teller = await _teller(connection, request.state.language, who.here, shown, [client.id] if client else [])
    request.app.state.access.saw(who, "history", clients_in(shown))
    facts = [Told(row.seq, instant_from_text(row.at), row.client, teller.tell_row(row)) for row in shown]
    days = [(day, list(told)) for day, told in groupby(facts, lambda fact: local_day(fact.at, who.here.settings))]
    return page(
        request,
        "history/list.html",
        days=days,
        older=shown[-1].seq if len(rows) > ROWS else None,
        before=before,
        client=asked,
        name=teller.client(client.id) if client else "",
    )


async def _teller(
    connection: AsyncConnection, language: str, team: Team, rows: Sequence[Row], also: Collection[str]
) -> Teller:
    """Who can name everybody in these rows."""
    about = clients_in(rows) | set(also)
    clients = await projections.clients(connection, team.id, about)
    strangers = {row.actor for row in rows} - team.members.keys()
    return Teller(
        language,
        team,
        await labels_of(connection, team.id, clients),
        await accounts.names(connection, strangers),
    )

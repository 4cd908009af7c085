"""What the sending team has given to read of its history of a client whom it has handed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar
from factboard.domain.events import Given, NoticeRead
from factboard.domain.people import labels
from factboard.domain.refusal import Unknown
from factboard.domain.state import Moved
from factboard.storage import accounts, history, projections
from factboard.storage.codec import instant_from_text
from factboard.web.labels import as_one, label_of, this_client
from factboard.web.moving.answering import Elsewhere
from factboard.web.pages import page
from factboard.web.sentences import Teller

YEAR = timedelta(days=365)


async def page_of_before(request: Request) -> Response:
    """The other team's history of the client up to the move. Raises `Unknown` where none is given."""
    client, who = await this_client(request), request.state.who
    came = client.moves.came
    if came is None or came.history is Given.NOTHING:
        raise Unknown("unknown_page")
    async with request.app.state.store.reading() as connection:
        team = await projections.team(connection, came.team)
        theirs = await projections.person(connection, came.team, came.theirs)
        if team is None or theirs is None or theirs.shared.locks:  # what was locked there since is locked here too
            raise Unknown("unknown_page")
        rows = await history.about(connection, came.team, *theirs.records)
        names = await accounts.names(connection, {row.actor for row in rows} - team.members.keys())
    first = _first(came)
    rows = [row for row in rows if row.kind != NoticeRead.kind and first <= instant_from_text(row.at) <= came.at]
    label = await label_of(request, client)
    request.app.state.access.saw(who, "move", [client.id])
    request.app.state.access.saw(Elsewhere(who.user, came.team), "move", theirs.records)
    known = labels([(theirs.id, theirs.details)])[theirs.id]
    teller = Teller(request.state.language, team, as_one(theirs, known), names)
    told = [(instant_from_text(row.at), teller.tell_row(row)) for row in reversed(rows)]
    days = [(day, list(some)) for day, some in groupby(told, lambda one: calendar.local_day(one[0], who.here.settings))]
    return page(request, "moving/before.html", client=client, label=label, came=came, days=days)


def _first(came: Moved) -> datetime:
    """From when (UTC) on it may be read."""
    return came.at - YEAR if came.history is Given.YEAR else calendar.FIRST

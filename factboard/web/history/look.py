"""`/history`: a page of facts as sentences, newest first, as the address asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.calendar import local_day
from factboard.domain.chain import Row
from factboard.domain.finding import words
from factboard.domain.people import SYSTEM
from factboard.domain.text import folded
from factboard.storage import accounts, history, projections
from factboard.storage.codec import instant_from_text
from factboard.storage.history import Page
from factboard.web.asking import Offered, Wish, asked
from factboard.web.forms import seq_in_text
from factboard.web.labels import labels_for
from factboard.web.pages import page
from factboard.web.sentences import Teller, clients_in
from factboard.web.sight import eyes

ROWS = 100  # on a page
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as its reader reads it; `at` is UTC. `parts` is the sentence, in pieces that are what was looked for or
    not; `elsewhere`: what was looked for stands in the fact, and not in its sentence.
    """

    seq: int
    at: datetime
    client: str | None
    by_itself: bool
    parts: Sequence[tuple[str, bool]]
    elsewhere: bool


async def listing(request: Request) -> Response:
    """A page of the facts asked for, older than `before`."""
    who, before = request.state.who, seq_in_text(request.query_params.get("before"))
    found = Page([])
    async with request.app.state.store.reading() as connection:
        wish = await asked(request, connection)
        if wish.filter:
            found = await history.look(connection, who.team, wish.filter, before=before, limit=ROWS)
        teller = await _teller(connection, request, found.rows, wish)
        offered = await Offered.to(request, connection, wish)
    shown = clients_in(found.rows) | ({wish.client.id} if wish.client else set())
    searched = bool(wish.filter and wish.filter.words)
    request.app.state.access.saw(who, "history", shown, action="search" if searched else "read")
    told = [_told(row, teller, words(wish.asked.get("words", ""))) for row in found.rows]
    return page(
        request,
        "history/list.html",
        status=200 if wish.filter else 422,
        days=[(day, list(of)) for day, of in groupby(told, lambda fact: local_day(fact.at, who.here.settings))],
        older=found.older,
        before=before,
        wish=wish,
        offered=offered,
        chosen=offered.chosen(wish, teller),
        **_places(wish, before, found.older),
    )


def _places(wish: Wish, before: int | None, older: int | None) -> dict[str, Any]:
    """Where this page and its neighbours are."""
    return {
        "here": wish.address("/history", before=before) if before else wish.address("/history"),
        "newest": wish.address("/history"),
        "further": wish.address("/history", before=older) if older else "",
    }


def _told(row: Row, teller: Teller, wanted: Sequence[str]) -> Told:
    parts = list(_parts(teller.tell_row(row), wanted))
    elsewhere = bool(wanted) and not any(hit for _, hit in parts)
    return Told(row.seq, instant_from_text(row.at), row.client, row.actor == SYSTEM, parts, elsewhere)


def _parts(sentence: str, wanted: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The sentence in pieces; True for a word that was looked for, the last one perhaps not to its end."""
    done = 0
    for word in WORD.finditer(sentence) if wanted else ():
        plain = folded(word[0])
        if plain in wanted[:-1] or plain.startswith(wanted[-1]):
            yield sentence[done : word.start()], False
            yield word[0], True
            done = word.end()
    yield sentence[done:], False


async def _teller(connection: AsyncConnection, request: Request, rows: Sequence[Row], wish: Wish) -> Teller:
    """Who can tell these rows to this reader."""
    who = request.state.who
    about = clients_in(rows) | ({wish.client.id} if wish.client else set())
    clients = eyes(request).of(await projections.clients(connection, who.team, about))
    strangers = {row.actor for row in rows} - who.here.members.keys()
    return Teller(
        request.state.language,
        who.here,
        await labels_for(who, connection, clients),
        await accounts.names(connection, strangers),
    )

"""The caseload and one client's page: who they are, where they stand, what has happened."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import anchoring, calendar
from factboard.domain.board import card, measures
from factboard.domain.consent import PARTS
from factboard.domain.events import MergedInto, NoticeRead, Part, Undone
from factboard.domain.merging import separable
from factboard.domain.state import Client
from factboard.storage import history, projections
from factboard.storage.codec import instant_from_text, recorded
from factboard.web.anchoring import in_words
from factboard.web.answers import calls_off, still_undoable
from factboard.web.client.person import person
from factboard.web.client.way import way
from factboard.web.forms import Form, Ticked, read
from factboard.web.labels import as_one, label_of, labels_of, this_client
from factboard.web.language import in_order
from factboard.web.pages import page
from factboard.web.sentences import Teller
from factboard.web.sight import eyes, of_others, rows_seen, still_seen, to_look_at, unseen

STORY = 50  # newest facts on the client's page; the rest are in the history
AT_ONCE = 12  # of them to be read at once, the others one touch away
UNTOLD = (NoticeRead.kind, MergedInto.kind)  # the other side of a merging says the same once more
FOUND = 200  # clients listed for a search


class Search(Form):
    q: str = ""
    ended: Ticked = False


async def listing(request: Request) -> Response:
    """The caseload; with `ended=1`, those who have left it too."""
    ended = request.query_params.get("ended") == "1"
    async with request.app.state.store.reading() as connection:
        clients = eyes(request).named(await projections.caseload(connection, request.state.who.team, ended=ended))
    return await _listed(request, clients, ended=ended)


async def search(request: Request) -> Response:
    """Those in whose names all that was typed occurs. A POST, so that no name is in an address."""
    typed = await read(request, Search)
    text, ended = typed.values.get("q", ""), bool(typed.form and typed.form.ended)
    if not text.strip():
        return await listing(request)
    async with request.app.state.store.reading() as connection:
        most = to_look_at(request, FOUND)
        found = await projections.search(connection, request.state.who.team, text, limit=most, ended=ended)
        clients = eyes(request).named(found)[:FOUND]
    return await _listed(request, clients, q=text, ended=ended)


async def _listed(request: Request, clients: list[Client], *, q: str = "", ended: bool) -> Response:
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        named = await labels_of(connection, who.team, clients)
    request.app.state.access.saw(who, "clients", [client.id for client in clients], action="search" if q else "read")
    language = who.here.settings.language
    shown = [(client, named[client.id]) for client in clients]
    shown.sort(key=lambda one: in_order(one[1].name or one[1].second, language))
    return page(request, "client/list.html", clients=shown, q=q, ended=ended, most=FOUND)


async def page_of_client(request: Request) -> Response:
    """Who they are, where they stand, what has happened."""
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "client", [client.id])
    return await _page(request, client, revealed=not client.details.protected)


async def reveal(request: Request) -> Response:
    """The page with the name of a protected identity, for the one who asks: a look of its own in the access log."""
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "client", [client.id], action="revealed")
    return await _page(request, client, revealed=True)


async def _page(request: Request, client: Client, *, revealed: bool) -> Response:
    who, label, now = request.state.who, await label_of(request, client), request.app.state.clock()
    today = calendar.local_day(now, who.here.settings)
    teller = Teller(request.state.language, who.here, as_one(client, label))
    anchorings = anchoring.shown(client, now)
    async with request.app.state.store.reading() as connection:
        newest = await history.newest(connection, who.team, clients=client.records, limit=STORY)
        planned = await in_words(connection, who.team, anchorings, teller)
    parts = await still_seen(request, client.id)
    rows = rows_seen(newest, parts)
    facts = [recorded(row) for row in rows if row.payload is not None]
    undone = {fact.fact.seq for fact in facts if isinstance(fact.fact, Undone)}
    saved = request.query_params.get("saved", "")
    told = [(row.seq, instant_from_text(row.at), teller.tell_row(row)) for row in rows if row.kind not in UNTOLD]
    if Part.BOARD not in parts:
        seen = [part for part in PARTS if part in parts]
        hidden = unseen(request, client)
        return page(request, "client/partly.html", client=client, label=label, parts=seen, story=told, unseen=hidden)
    return page(
        request,
        "client/page.html",
        separable=separable(client, now),
        unseen=unseen(request, client),
        of_others=of_others(who),
        client=client,
        label=label,
        revealed=revealed,
        card=card(who.here, client, label, now) if client.stay else None,
        **way(who.here, client, now),
        **await person(request, client),
        today=today,
        legal=measures(client, today),
        anchorings=anchorings,
        planned=planned,
        answers=anchoring.answers(client, who.user),
        story=told,
        at_once=AT_ONCE,
        undoable={fact.seq for fact in facts if fact.seq not in undone and still_undoable(request, fact)},
        saved=saved,
        called_off=any(calls_off(fact, row) for row in facts if f"{row.seq}" == saved for fact in facts),
    )

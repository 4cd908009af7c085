"""Put a client on the board: find, say why, send, and know that it arrived. No approval."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain import placement
from factboard.domain.events import Informed, Source
from factboard.domain.people import Label
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.storage import history, projections
from factboard.storage.codec import recorded
from factboard.web.answers import as_json, not_saved
from factboard.web.forms import Form, Typed, read
from factboard.web.labels import label_of, labels_of
from factboard.web.pages import page
from factboard.web.security import is_fragment, wants_json

FOUND = 12  # clients offered for a search


class Flag(Form):
    client: str
    category: str
    reason: str
    request_id: str
    warning_signs: list[str] = []
    needed: str = ""
    informed: Informed = Informed.UNKNOWN
    source: Source = Source.TEAM
    review_by: date | None = None
    seen: int | None = None
    q: str = ""


async def form(request: Request) -> Response:
    """The form; with `client`, that client is chosen already; with `q`, those found (no script needed)."""
    chosen = await _client(request, request.query_params.get("client"))
    text = request.query_params.get("q", "")[:100]
    found = await _found(request, text) if text else []
    typed = Typed[Flag]({"request_id": new_id(), "q": text})
    if chosen:
        typed.values["client"] = chosen.id
    _log(request, found, chosen)
    return page(request, "flag/form.html", typed=typed, found=found, chosen=chosen and await _labelled(request, chosen))


async def search(request: Request) -> Response:
    """Clients in whose names all that was typed occurs: a list to choose from."""
    found = await _found(request, request.query_params.get("q", "")[:100])
    _log(request, found, None)
    if wants_json(request):
        return JSONResponse([{"client": client.id, "name": label.name or label.second} for client, label in found])
    return page(request, "flag/found.html", found=found, q=request.query_params.get("q", ""))


async def submit(request: Request) -> Response:
    typed = await read(request, Flag)
    flag, who = typed.form, request.state.who
    if flag is None:
        return await _again(request, typed)
    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            placement.put_on_board,
            client=flag.client,
            request_id=flag.request_id[:100],
            seen=flag.seen,
            category=flag.category,
            reason=flag.reason,
            warning_signs=flag.warning_signs,
            needed=flag.needed,
            informed=flag.informed,
            source=flag.source,
            review_by=flag.review_by,
        )
    except Unknown:
        return await _again(request, typed, Invalid("unknown_client", "client"))
    except Refused as refusal:
        return await _again(request, typed, refusal)
    if wants_json(request):
        return JSONResponse(as_json(receipt))
    target = f"/flag/{receipt.seq}?screens={receipt.screens}"
    if is_fragment(request):
        return Response(status_code=200, headers={"HX-Location": target})
    return RedirectResponse(target, 303)


async def receipt(request: Request) -> Response:
    """The receipt of a flag: when, by whom, which number, to how many screens; then who has taken it."""
    screens = request.query_params.get("screens", "")
    shown = int(screens) if screens.isdecimal() and len(screens) < 6 else None
    return page(request, "flag/receipt.html", screens=shown, **await _flagged(request))


async def taken(request: Request) -> Response:
    """Has somebody taken it? Asked by the open receipt until somebody has."""
    return page(request, "flag/taken.html", **await _flagged(request))


async def _flagged(request: Request) -> dict[str, object]:
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        row = await history.row(connection, who.team, request.path_params["seq"])
        client = await projections.client(connection, who.team, row.client) if row and row.client else None
    if row is None or client is None or row.kind not in ("put_on_board", "flagged_again"):
        raise Unknown("unknown_page")
    request.app.state.access.saw(who, "flag", [client.id])
    return {"fact": recorded(row), "client": client, "label": await label_of(request, client)}


async def _again(request: Request, typed: Typed[Flag], refusal: Refused | None = None) -> Response:
    chosen = await _client(request, typed.values.get("client"))
    typed.values.setdefault("request_id", new_id())
    return not_saved(
        request,
        "flag/form.html",
        typed,
        refusal=refusal,
        found=await _found(request, typed.values.get("q", "")[:100]) if not chosen else [],
        chosen=chosen and await _labelled(request, chosen),
    )


async def _client(request: Request, id: str | None) -> Client | None:
    if not id:
        return None
    async with request.app.state.store.reading() as connection:
        known = await projections.client(connection, request.state.who.team, id)
    return known if known and known.enrolled else None


async def _found(request: Request, text: str) -> list[tuple[Client, Label]]:
    if not text.strip():
        return []
    team = request.state.who.team
    async with request.app.state.store.reading() as connection:
        clients = await projections.search(connection, team, text, limit=FOUND)
        named = await labels_of(connection, team, clients)
    return [(client, named[client.id]) for client in clients]


async def _labelled(request: Request, client: Client) -> tuple[Client, Label]:
    return client, await label_of(request, client)


def _log(request: Request, found: list[tuple[Client, Label]], chosen: Client | None) -> None:
    shown = {client.id for client, _ in found} | ({chosen.id} if chosen else set())
    request.app.state.access.saw(request.state.who, "flag", shown, action="search" if found else "read")

"""What the team does on a card: each one touch or one short form, each a fact, each live for all others.

The same address is a page without script and a form in the dialog with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, contact, placement, tips, undo
from factboard.domain.case import Case
from factboard.domain.events import Basis, ContactKind, ContactLogged, Rating, TipEnd
from factboard.domain.refusal import Conflict, Invalid, Refused, Unknown
from factboard.domain.state import Client
from factboard.recorder import Receipt, new_id
from factboard.storage import history
from factboard.web.act import anchoring
from factboard.web.act.base import ActForm
from factboard.web.act.forms import ACTS, Act
from factboard.web.act.returning import ahead
from factboard.web.anchoring import beside
from factboard.web.answers import blank, next_try, not_saved, saved, seq_in
from factboard.web.forms import Typed, read
from factboard.web.labels import about, label_of, this_client
from factboard.web.queued import circumstances, made
from factboard.web.words import initial, words_for

OPTIONS: dict[str, Iterable[StrEnum]] = {
    "rating": Rating,
    "basis": Basis,
    "contact": ContactKind,
    "relation": tips.FROM,
    "ending": [one for one in TipEnd if one is not TipEnd.FLAGGED],
}
PRESET = ("day", "who", "by", "of", "tip")  # what a link to a form may bring with it


async def form(request: Request) -> Response:
    """The short form of one act about one client."""
    name, act = _act(request)
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "card", [client.id])
    if not client.enrolled or (client.stay is None and not act.anywhere):
        why = "not_on_board" if client.enrolled else "enrolment_has_ended"
        return await _refused(request, client, Conflict(why))
    try:
        _fits(request, act, client)
    except Refused as refusal:
        return await _refused(request, client, refusal)
    asked = {field: request.query_params[field] for field in PRESET if field in request.query_params}
    values = asked | {"seen": client.seq, "request_id": new_id()}
    if name == "contact":
        values |= {"contact": await _kind(request, client), "rating": Rating.NOT_ASSESSED}
    return blank(request, f"act/{name}.html", values, **await _context(request, client, values))


def _fits(request: Request, act: Act, client: Client) -> None:
    """Raises `Refused` where the act makes no sense now, whatever is typed."""
    who, now = request.state.who, request.app.state.clock()
    if act.fits:
        act.fits(Case(who.here, client, who.user, now, new_id))


async def submit(request: Request) -> Response:
    name, act = _act(request)
    typed, who = await read(request, act.form), request.state.who
    client = await this_client(request)
    if typed.form is None:
        return await _again(request, name, typed)
    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            act.rule,
            client=client.id,
            request_id=typed.form.request_id,
            seen=typed.form.seen,
            **circumstances(request),
            **typed.form.what(who.here.settings, made(request) or request.app.state.clock()),
        )
    except Refused as refusal:
        return await _again(request, name, typed, refusal)
    return saved(request, receipt, f"/clients/{client.id}", await label_of(request, client))


async def tick(request: Request) -> Response:
    """One touch: an action is done."""
    who, client = request.state.who, await this_client(request)
    try:
        receipt: Receipt = await request.app.state.recorder.change(
            who.team, who.user, placement.tick_action, client=client.id, action=request.path_params["action"]
        )
    except Refused as refusal:
        return await _refused(request, client, refusal)
    return saved(request, receipt, f"/clients/{client.id}", await label_of(request, client))


async def take_back(request: Request) -> Response:
    """Undo: within a minute, one's own, and only while nothing rests on it."""
    who, client, seq = request.state.who, await this_client(request), seq_in(request)
    try:
        receipt: Receipt = await request.app.state.recorder.change(
            who.team, who.user, undo.undo, client=client.id, seen=max(seq - 1, 0), seq=seq
        )
    except Refused as refusal:
        return await _refused(request, client, refusal)
    return saved(request, receipt, f"/clients/{client.id}", await label_of(request, client))


def _act(request: Request) -> tuple[str, Act]:
    name = request.path_params["act"]
    if name not in ACTS:
        raise Unknown("unknown_page")
    return name, ACTS[name]


async def _again(request: Request, name: str, typed: Typed[ActForm], refusal: Refused | None = None) -> Response:
    """The form once more. Where the board has moved on, the next try is made on what this answer shows."""
    client = await this_client(request)
    typed.values.setdefault("seen", client.seq)
    typed.values.setdefault("request_id", new_id())
    if isinstance(refusal, Conflict):
        next_try(typed, refusal)
    if isinstance(refusal, Invalid) and refusal.field == "happened_at":
        refusal.field = "day"  # the form asks for a day and a time
    request.app.state.access.saw(request.state.who, "card", [client.id])
    context = await _context(request, client, typed.values)
    return not_saved(request, f"act/{name}.html", typed, refusal=refusal, **context)


async def _refused(request: Request, client: Client, refusal: Refused) -> Response:
    """There is nothing to type anew: why not, and what happened."""
    request.app.state.access.saw(request.state.who, "card", [client.id])
    context = await _context(request, client, {})
    return not_saved(request, "act/refused.html", Typed[ActForm]({}), refusal=refusal, **context)


async def _context(request: Request, client: Client, values: Mapping[str, Any]) -> dict[str, Any]:
    here, now = request.state.who.here, request.app.state.clock()
    words = words_for(here.settings, request.state.language)
    options = {field: [(one.value, initial(words.term(one))) for one in kind] for field, kind in OPTIONS.items()}
    known = await about(request, client)
    of = await anchoring.asking(request, client, known["label"], values["of"]) if "of" in values else None
    return known | ahead(here, client, now) | await beside(request, client) | {"options": options, "asking": of}


async def _kind(request: Request, client: Client) -> ContactKind:
    """The kind of contact that a form begins with."""
    who, last = request.state.who, None
    async with request.app.state.store.reading() as connection:
        newest = await history.of_kind(connection, who.team, ContactLogged.kind, actor=who.user, limit=1)
    if newest and isinstance(newest[0].fact, ContactLogged):
        last = newest[0].fact.contact
    today = calendar.local_day(request.app.state.clock(), who.here.settings)
    return contact.kind_to_begin_with(who.here, client, who.user, last, today)

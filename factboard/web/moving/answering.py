"""In the receiving team, for its lead: whom other teams ask it to take over, and the answer.

The client is the sending team's until they are taken over: who reads what it says of them stands in its access log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard import moving
from factboard.domain.consent import EVERYTHING
from factboard.domain.merging import likeness
from factboard.domain.people import Label, labels
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.roster import CLINICAL
from factboard.domain.state import Client
from factboard.moving import Offered
from factboard.recorder import new_id
from factboard.storage import projections
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, RequestId, read
from factboard.web.labels import labels_of
from factboard.web.pages import page
from factboard.web.sentences import Teller
from factboard.web.sight import sees
from factboard.web.words import words_for

NEW = "new"  # the choice that it is nobody whom the team knows


class AcceptForm(Form):
    """`into` is the record of this team that it is: an id, or `NEW`; asked where somebody could be the same person."""

    into: str = ""
    case_manager: str | None = None
    category: str = ""
    request_id: RequestId | None = None


class DeclineForm(Form):
    reason: str = ""
    request_id: RequestId | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A reader as the other team's access log knows them."""

    user: str
    team: str


async def listing(request: Request) -> Response:
    offers = sorted(request.state.who.here.offers.values(), key=lambda one: one.at, reverse=True)
    return page(request, "moving/list.html", offers=offers)


async def one_move(request: Request) -> Response:
    known = await _offered(request)
    values = {"request_id": new_id()}
    return blank(request, "moving/offer.html", values, **await _context(request, known))


async def accept(request: Request) -> Response:
    typed, who, refusal = await read(request, AcceptForm), request.state.who, None
    if form := typed.form:
        try:
            receipt = await moving.accept(
                request.app.state.recorder,
                who.team,
                who.user,
                request.path_params["move"],
                into=await _into(request, form.into),
                case_manager=form.case_manager,
                category=form.category,
                request_id=form.request_id,
            )
            return saved(request, receipt, f"/clients/{receipt.client}")
        except Refused as refused:
            refusal = refused
            typed.values["request_id"] = new_id()
    known = await _offered(request)
    return not_saved(request, "moving/offer.html", typed, refusal=refusal, **await _context(request, known))


async def decline(request: Request) -> Response:
    typed, who, refusal = await read(request, DeclineForm), request.state.who, None
    if form := typed.form:
        recorder, move = request.app.state.recorder, request.path_params["move"]
        try:
            await moving.decline(recorder, who.team, who.user, move, form.reason, form.request_id)
            return RedirectResponse("/moves", 303)
        except Refused as refused:
            refusal = refused
            typed.values["request_id"] = new_id()
    known = await _offered(request)
    return not_saved(request, "moving/offer.html", typed, refusal=refusal, **await _context(request, known))


async def _into(request: Request, typed: str) -> str | None:
    """Which record of this team it is. Raises `Invalid` where that has to be said, of what is asked still."""
    try:
        alike = await _alike(request, await _offered(request))
    except Unknown:  # answered by now, perhaps by this very request
        return typed if typed and typed != NEW else None
    if not alike or typed == NEW:
        return None
    if typed not in {one.id for one in alike}:
        raise Invalid("choose_one", "into")
    return typed


async def _offered(request: Request) -> Offered:
    return await moving.offered(request.app.state.store, request.state.who.team, request.path_params["move"])


async def _alike(request: Request, known: Offered) -> list[Client]:
    """Whom of this team it could be."""
    if known.client is None:
        return []
    details = known.client.details
    async with request.app.state.store.reading() as connection:
        everyone = await projections.caseload(connection, request.state.who.team, ended=True)
    return [one for one in everyone if likeness(details, one.details) and sees(request, one, *EVERYTHING)]


async def _context(request: Request, known: Offered) -> dict[str, Any]:
    who, client = request.state.who, known.client
    if client:
        action = "revealed" if client.details.protected else "read"
        request.app.state.access.saw(Elsewhere(who.user, known.offer.team), "move", [client.id], action=action)
    alike = await _alike(request, known)
    async with request.app.state.store.reading() as connection:
        named = await labels_of(connection, who.team, alike)
    request.app.state.access.saw(who, "move", [one.id for one in alike])
    words = words_for(who.here.settings, request.state.language)
    staff = [one for one in who.here.members.values() if not one.left and one.role in CLINICAL]
    label: Label | None = labels([(client.id, client.details)])[client.id] if client else None
    shown = {client.id: label} if client and label else {}
    return {
        "offer": known.offer,
        "client": client,
        "label": label,
        "labels": named,
        "sender": known.team,
        "said": Teller(request.state.language, known.team, shown),
        "alike": [(one, named[one.id]) for one in alike],
        "new": NEW,
        "people": sorted(((one.user, one.name) for one in staff), key=lambda one: one[1]),
        "written": [] if client and client.shared.locks else [words.term(kind) for kind in known.kinds],
    }

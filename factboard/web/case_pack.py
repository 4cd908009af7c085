"""`/history/case-pack`: one client and one period, in one signed file, for an investigation.

For the team's lead, and for an auditor who sees names: it says who the client is.
"""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from factboard.case_pack import file_name, gather, packed
from factboard.domain.consent import EVERYTHING
from factboard.domain.investigation import Wish, wish
from factboard.domain.refusal import Invalid, Unknown
from factboard.domain.state import Client
from factboard.exporting import EXPORTED, Lines, NotLogged, logged
from factboard.signing import NoKey, signer
from factboard.storage import projections
from factboard.web.forms import Day, Form, Typed, read
from factboard.web.labels import client_of, labels_of
from factboard.web.language import in_order
from factboard.web.pages import page
from factboard.web.sentences import Teller
from factboard.web.sight import eyes, require

VIEW = "case_pack"  # in the access log, of a pack that was made: the form is a list of clients, or a form about one


class Asked(Form):
    """`first` and `last` are local days, both in the period."""

    client: str = ""
    first: Day | None = None
    last: Day | None = None
    why: str = ""


async def form(request: Request) -> Response:
    """Which client, which days, and why."""
    query = request.query_params
    return await _form(request, Typed({name: query.get(name, "") for name in ("client", "first", "last")}))


async def make(request: Request) -> Response:
    """The file. A POST: why it is made stands in no address."""
    typed = await read(request, Asked)
    who, state = request.state.who, request.app.state
    if who.masked:
        return await _form(request, typed, status=409)
    client, wanted = await _meant(request, typed)
    if client is None or wanted is None:
        return await _form(request, typed, status=422)
    try:
        own = signer(state.settings)
    except NoKey:
        typed.errors[""] = "no_signing_key", {}
        return await _form(request, typed, status=503)
    detail = f"{wanted.first} {wanted.last} {wanted.why}"
    state.access.saw(who, VIEW, [client.id], action=EXPORTED, detail=detail)
    try:
        await logged(state.access)
    except NotLogged:
        raise HTTPException(503) from None
    language, now = request.state.language, state.clock()
    case = await gather(state.store, who.here, client, wanted, now, who.name, language)
    pack = await asyncio.to_thread(packed, case, Lines(state.store, who.here, language, masked=False), own)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(case)}"'}
    return Response(pack, media_type="application/zip", headers=headers)


async def _meant(request: Request, typed: Typed[Asked]) -> tuple[Client | None, Wish | None]:
    """What was asked for; what cannot be meant stands beside its field."""
    if typed.form is None:
        return None, None
    asked, settings = typed.form, request.state.who.here.settings
    client = await client_of(request, asked.client)
    if asked.client and client is None:
        raise Unknown("unknown_client")
    if client:
        require(request, client, *EVERYTHING)
    if client is None:
        typed.errors["client"] = "choose_one", {}
    try:
        return client, wish(asked.first, asked.last, asked.why, request.app.state.clock(), settings)
    except Invalid as no:
        typed.refuse(no)
        return client, None


async def _form(request: Request, typed: Typed[Asked], *, status: int = 200) -> Response:
    """The form. Whoever comes from a client's page need not choose one; a masked reader is told how to see names."""
    who, known = request.state.who, None
    people: list[tuple[str, str]] = []
    if not who.masked:
        known = await client_of(request, typed.values.get("client"))
        async with request.app.state.store.reading() as connection:
            everyone = [known] if known else await projections.caseload(connection, who.team, ended=True)
            clients = eyes(request).only(everyone, *EVERYTHING)
            teller = Teller(request.state.language, who.here, await labels_of(connection, who.team, clients))
        named = [(one.id, teller.client(one.id)) for one in clients]
        people = sorted(named, key=lambda one: in_order(one[1], request.state.language))
        request.app.state.access.saw(who, "card" if known else "clients", [id for id, _ in people])
    return page(request, "case_pack/form.html", status=status, typed=typed, people=people, known=bool(known and people))

"""Clients: the caseload, one client's page, and enrolling, correcting, ending by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, enrolment
from factboard.domain.board import card
from factboard.domain.events import Details, EndReason
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.state import Client
from factboard.importing.national_id import national_id
from factboard.importing.problems import BadCell
from factboard.recorder import new_id
from factboard.storage import history, projections
from factboard.storage.codec import recorded
from factboard.web.answers import not_saved, saved
from factboard.web.forms import Form, Ticked, Typed, read
from factboard.web.labels import label_of, labels_of
from factboard.web.pages import page

STORY = 50  # newest facts on the client's page; the rest are in the history


class ClientForm(Form):
    surname: str
    first_name: str
    short_name: str = ""
    birth_date: date | None = None
    national_id: str = ""
    case_manager: str | None = None
    address: str = ""
    phone: str = ""
    protected: Ticked = False
    notes: str = ""
    seen: int | None = None
    request_id: str | None = None

    def details(self) -> Details:
        return Details(**self.model_dump(exclude={"seen", "request_id"}))


class EndForm(Form):
    reason: EndReason
    note: str = ""
    seen: int | None = None
    request_id: str | None = None


async def listing(request: Request) -> Response:
    """The caseload, or those in whose names the search occurs."""
    who, text = request.state.who, request.query_params.get("q", "")[:100]
    ended = request.query_params.get("ended") == "1"
    async with request.app.state.store.reading() as connection:
        if text.strip():
            clients = await projections.search(connection, who.team, text, limit=200, ended=ended)
        else:
            clients = await projections.caseload(connection, who.team, ended=ended)
        named = await labels_of(connection, who.team, clients)
    request.app.state.access.saw(who, "clients", [client.id for client in clients])
    return page(request, "client/list.html", clients=[(one, named[one.id]) for one in clients], q=text, ended=ended)


async def page_of_client(request: Request) -> Response:
    """Who they are, where they stand, what has happened."""
    client, who = await _client(request), request.state.who
    async with request.app.state.store.reading() as connection:
        rows = await history.newest(connection, who.team, client=client.id, limit=STORY)
    request.app.state.access.saw(who, "client", [client.id])
    label = await label_of(request, client)
    now = request.app.state.clock()
    return page(
        request,
        "client/page.html",
        client=client,
        label=label,
        card=card(who.here, client, label, now) if client.stay else None,
        story=[recorded(row) for row in rows],
    )


async def reveal(request: Request) -> Response:
    """Show the name of a protected identity to the one who asks: a look of its own in the access log."""
    client = await _client(request)
    request.app.state.access.saw(request.state.who, "client", [client.id], action="revealed")
    return page(request, "client/revealed.html", client=client)


async def new(request: Request) -> Response:
    return page(request, "client/form.html", typed=Typed[ClientForm]({"request_id": new_id()}), client=None)


async def enrol(request: Request) -> Response:
    typed, who = await read(request, ClientForm), request.state.who
    if typed.form is None:
        return not_saved(request, "client/form.html", typed, client=None)
    try:
        details = _checked(request, typed.form)
        receipt = await request.app.state.recorder.change(
            who.team, who.user, enrolment.enrol, request_id=typed.form.request_id, details=details
        )
    except Refused as refusal:
        return not_saved(request, "client/form.html", typed, refusal=refusal, client=None)
    return saved(request, receipt, f"/clients/{receipt.client}")


async def correct_form(request: Request) -> Response:
    client = await _client(request)
    values = {name: getattr(client.details, name) for name in Details.__slots__}
    values |= {"seen": client.seq, "request_id": new_id(), "birth_date": client.details.birth_date or ""}
    request.app.state.access.saw(request.state.who, "client", [client.id])
    return page(request, "client/form.html", typed=Typed[ClientForm](values), **await _context(request, client))


async def correct(request: Request) -> Response:
    typed, who, client = await read(request, ClientForm), request.state.who, await _client(request)
    if typed.form is None:
        return not_saved(request, "client/form.html", typed, **await _context(request, client))
    try:
        details = _checked(request, typed.form)
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            enrolment.correct if client.enrolled else enrolment.enrol,
            client=client.id,
            request_id=typed.form.request_id,
            seen=typed.form.seen,
            details=details,
        )
    except Refused as refusal:
        typed.values |= {"seen": (await _client(request)).seq, "request_id": new_id()}
        return not_saved(request, "client/form.html", typed, refusal=refusal, **await _context(request, client))
    return saved(request, receipt, f"/clients/{client.id}")


async def end_form(request: Request) -> Response:
    client = await _client(request)
    values = {"seen": client.seq, "request_id": new_id()}
    request.app.state.access.saw(request.state.who, "client", [client.id])
    return page(request, "client/end.html", typed=Typed[EndForm](values), **await _context(request, client))


async def end(request: Request) -> Response:
    typed, who, client = await read(request, EndForm), request.state.who, await _client(request)
    if typed.form is None:
        return not_saved(request, "client/end.html", typed, **await _context(request, client))
    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            enrolment.end_enrolment,
            client=client.id,
            request_id=typed.form.request_id,
            seen=typed.form.seen,
            reason=typed.form.reason,
            note=typed.form.note,
        )
    except Refused as refusal:
        typed.values |= {"seen": (await _client(request)).seq, "request_id": new_id()}
        return not_saved(request, "client/end.html", typed, refusal=refusal, **await _context(request, client))
    return saved(request, receipt, f"/clients/{client.id}")


def _checked(request: Request, form: ClientForm) -> Details:
    """The details typed; a national id must be one of the team's country and agree with the birth date.

    Raises `Invalid`.
    """
    details, settings = form.details(), request.state.who.here.settings
    if not details.national_id:
        return details
    today = calendar.local_day(request.app.state.clock(), settings)
    try:
        number, born = national_id(details.national_id, settings.country, today, details.birth_date)
    except BadCell:
        raise Invalid("not_a_national_id", "national_id") from None
    if born and details.birth_date and born != details.birth_date:
        raise Invalid("birth_dates_differ", "birth_date")
    return replace(details, national_id=number, birth_date=details.birth_date or born)


async def _client(request: Request) -> Client:
    async with request.app.state.store.reading() as connection:
        known = await projections.client(connection, request.state.who.team, request.path_params["client"])
    if known is None:
        raise Unknown("unknown_client")
    return known


async def _context(request: Request, client: Client) -> dict[str, object]:
    return {"client": client, "label": await label_of(request, client)}

"""Enrolling, correcting and ending by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, enrolment
from factboard.domain.events import Details, EndReason, Role
from factboard.domain.refusal import Conflict, Invalid, Refused
from factboard.domain.state import Client
from factboard.importing.national_id import national_id
from factboard.importing.problems import BadCell
from factboard.recorder import Receipt, Rule, new_id
from factboard.storage import projections
from factboard.web.answers import blank, next_try, not_saved, saved
from factboard.web.forms import Day, Form, RequestId, Seq, Ticked, Typed, read
from factboard.web.labels import label_of, this_client
from factboard.web.words import words_for


class ChangeForm(Form):
    """What every form about a client carries: what its reader had seen, and one id for all its tries."""

    seen: Seq | None = None
    request_id: RequestId | None = None


class ClientForm(ChangeForm):
    surname: str
    first_name: str
    short_name: str = ""
    birth_date: Day | None = None
    national_id: str = ""
    case_manager: str | None = None
    address: str = ""
    phone: str = ""
    protected: Ticked = False
    notes: str = ""

    def details(self) -> Details:
        return Details(**self.model_dump(exclude={"seen", "request_id"}))


class EndForm(ChangeForm):
    reason: EndReason
    note: str = ""


F = TypeVar("F", bound=ChangeForm)


async def new(request: Request) -> Response:
    return blank(request, "client/form.html", {"request_id": new_id()}, **await _context(request, None))


async def enrol(request: Request) -> Response:
    typed = await read(request, ClientForm)
    return await _change(request, "client/form.html", typed, None, enrolment.enrol, _details)


async def correct_form(request: Request) -> Response:
    """The details to mend. Those of a protected identity are shown, so the access log says "revealed"."""
    client = await this_client(request)
    values = {name: getattr(client.details, name) for name in Details.__slots__}
    values |= {"seen": client.seq, "request_id": new_id()}
    action = "revealed" if client.details.protected else "read"
    request.app.state.access.saw(request.state.who, "client", [client.id], action=action)
    return blank(request, "client/form.html", values, **await _context(request, client))


async def correct(request: Request) -> Response:
    """Mend the details; of somebody who has left the team, they are taken in again."""
    client, typed = await this_client(request), await read(request, ClientForm)
    rule = enrolment.correct if client.enrolled else enrolment.enrol
    return await _change(request, "client/form.html", typed, client, rule, _details)


async def end_form(request: Request) -> Response:
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "client", [client.id])
    values = {"seen": client.seq, "request_id": new_id()}
    return blank(request, "client/end.html", values, **await _context(request, client))


async def end(request: Request) -> Response:
    async def why(_request: Request, form: EndForm, _client: Client | None) -> dict[str, Any]:
        return {"reason": form.reason, "note": form.note}

    client, typed = await this_client(request), await read(request, EndForm)
    return await _change(request, "client/end.html", typed, client, enrolment.end_enrolment, why)


async def _change(
    request: Request,
    template: str,
    typed: Typed[F],
    client: Client | None,
    rule: Rule,
    what: Callable[[Request, F, Client | None], Awaitable[dict[str, Any]]],
) -> Response:
    who, refusal = request.state.who, None
    if typed.form:
        try:
            receipt: Receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                rule,
                client=client.id if client else None,
                request_id=typed.form.request_id,
                seen=typed.form.seen,
                **await what(request, typed.form, client),
            )
            return saved(request, receipt, f"/clients/{receipt.client}")
        except Refused as refused:
            refusal = refused
    if client:
        client = await this_client(request)
        request.app.state.access.saw(who, "client", [client.id])
        if isinstance(refusal, Conflict):
            next_try(typed, refusal)
    return not_saved(request, template, typed, refusal=refusal, **await _context(request, client))


async def _details(request: Request, form: ClientForm, client: Client | None) -> dict[str, Any]:
    """The details typed. A national id must be one of the team's country, agree with the birth date and be nobody
    else's. Raises `Invalid`.
    """
    details, who = form.details(), request.state.who
    if not details.national_id.strip():
        return {"details": details}
    today = calendar.local_day(request.app.state.clock(), who.here.settings)
    try:
        number, born = national_id(details.national_id, who.here.settings.country, today, details.birth_date)
    except BadCell:
        raise Invalid("not_a_national_id", "national_id") from None
    if born and details.birth_date and born != details.birth_date:
        raise Invalid("birth_dates_differ", "birth_date")
    async with request.app.state.store.reading() as connection:
        everyone = await projections.caseload(connection, who.team, ended=True)
    if any(one.details.national_id == number and (client is None or one.id != client.id) for one in everyone):
        raise Invalid("national_id_taken", "national_id")
    return {"details": replace(details, national_id=number, birth_date=details.birth_date or born)}


async def _context(request: Request, client: Client | None) -> dict[str, Any]:
    members = request.state.who.here.members.values()
    named = [(one.user, one.name) for one in members if not one.left and one.role is not Role.AUDITOR]
    label = await label_of(request, client) if client else None
    words = words_for(request.state.who.here.settings, request.state.language)
    return {
        "client": client,
        "label": label,
        "labels": {client.id: label} if client else {},
        "reasons": [(reason.value, words.term(reason)) for reason in EndReason],
        "people": sorted(named, key=lambda person: person[1]),
    }

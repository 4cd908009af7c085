"""Enrolling, correcting and ending by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, enrolment, mandate
from factboard.domain.events import Details, EndReason
from factboard.domain.people import Label, Right, may
from factboard.domain.refusal import Conflict, Invalid, Refused
from factboard.domain.state import Client
from factboard.importing.national_id import national_id
from factboard.importing.problems import BadCell
from factboard.recorder import Receipt, Rule, new_id
from factboard.web.answers import blank, next_try, not_saved, saved
from factboard.web.client.twice import known_already, refuse_twice
from factboard.web.forms import Day, Form, RequestId, Seq, Ticked, Typed, read
from factboard.web.labels import label_of, labels_of, this_client
from factboard.web.pages import page
from factboard.web.sight import eyes
from factboard.web.words import initial, words_for


class ChangeForm(Form):
    """What every form about a client carries: what its reader had seen, and one id for all its tries."""

    seen: Seq | None = None
    request_id: RequestId | None = None


class ClientForm(ChangeForm):
    """`another`: a new client is another person than the one of this name whom the team knows."""

    surname: str
    first_name: str
    short_name: str = ""
    birth_date: Day | None = None
    national_id: str = ""
    case_manager: str | None = None
    substitute: str | None = None
    address: str = ""
    phone: str = ""
    protected: Ticked = False
    notes: str = ""
    helps: str = ""
    warnings: str = ""
    another: Ticked = False

    def details(self) -> Details:
        return Details(**{name: getattr(self, name) for name in Details.__slots__})


class CorrectForm(ClientForm):
    """`reveal`: the form is asked for, and the access log notes the look."""

    reveal: Ticked = False


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
    """The details to mend; of a protected identity first the question whether to show them."""
    client = await this_client(request)
    if client.details.protected:
        request.app.state.access.saw(request.state.who, "client", [client.id])
        return page(request, "client/reveal.html", client=client, label=await label_of(request, client))
    return await _correct_form(request, client)


async def _correct_form(request: Request, client: Client) -> Response:
    values = {name: getattr(client.details, name) for name in Details.__slots__}
    values |= {"seen": client.seq, "request_id": new_id()}
    action = "revealed" if client.details.protected else "read"
    request.app.state.access.saw(request.state.who, "client", [client.id], action=action)
    return blank(request, "client/form.html", values, **await _context(request, client))


async def correct(request: Request) -> Response:
    """Mend the details; of somebody who has left the team, they are taken in again. `reveal` only asks for the form."""
    client, typed = await this_client(request), await read(request, CorrectForm)
    if typed.values.get("reveal"):
        return await _correct_form(request, client)
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
    who, refusal, asked = request.state.who, None, dict[str, Any]()
    if typed.form:
        try:
            asked = await what(request, typed.form, client)
            receipt: Receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                rule,
                client=client.id if client else None,
                request_id=typed.form.request_id,
                seen=typed.form.seen,
                mandate=request.state.mandate,
                **asked,
            )
            return saved(request, receipt, f"/clients/{receipt.client}")
        except Refused as refused:
            refusal = refused
    if client:
        client = await this_client(request)
        request.app.state.access.saw(who, "client", [client.id])
        if isinstance(refusal, Conflict):
            next_try(typed, refusal)
    alike = await _alike(request, asked["details"]) if refusal and refusal.key == "known_already" else []
    return not_saved(request, template, typed, refusal=refusal, **await _context(request, client, alike))


async def _details(request: Request, form: ClientForm, client: Client | None) -> dict[str, Any]:
    """The details typed. A national id must be one of the team's country, agree with the birth date and be nobody
    else's; a new client must be new, or said to be. Raises `Invalid`.
    """
    details, who = form.details(), request.state.who
    if details.national_id.strip():
        details = _with_national_id(request, details)

    async def known(connection: AsyncConnection) -> None:
        await refuse_twice(connection, who.team, details, client.id if client else None, another=form.another)

    return {"details": details, "unless": known}


def _with_national_id(request: Request, details: Details) -> Details:
    here = request.state.who.here.settings
    today = calendar.local_day(request.app.state.clock(), here)
    try:
        number, born = national_id(details.national_id, here.country, today, details.birth_date)
    except BadCell:
        raise Invalid("not_a_national_id", "national_id") from None
    if born and details.birth_date and born != details.birth_date:
        raise Invalid("birth_dates_differ", "birth_date")
    return replace(details, national_id=number, birth_date=details.birth_date or born)


async def _alike(request: Request, details: Details) -> list[tuple[Client, Label]]:
    """Who is in the team's list already and could be this person; by a code whom the reader may not see. It tells who a
    protected identity is.
    """
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        found = eyes(request).of(await known_already(connection, who.team, details))
        named = await labels_of(connection, who.team, found)
    for client in found:
        action = "revealed" if client.details.protected else "search"
        request.app.state.access.saw(who, "client", [client.id], action=action)
    return [(client, named[client.id]) for client in found]


async def _context(
    request: Request, client: Client | None, alike: Sequence[tuple[Client, Label]] = ()
) -> dict[str, Any]:
    members = request.state.who.here.members.values()
    named = [(one.user, one.name) for one in members if not one.left and may(one.role, Right.CARE)]
    label = await label_of(request, client) if client else None
    words = words_for(request.state.who.here.settings, request.state.language)
    return {
        "client": client,
        "alike": alike,
        "label": label,
        "labels": {client.id: label} if client else {},
        "reasons": [(reason.value, initial(words.term(reason))) for reason in EndReason],
        "asks_mandate": client is not None and mandate.asked(request.state.who.here, client),
        "people": sorted(named, key=lambda person: person[1]),
    }

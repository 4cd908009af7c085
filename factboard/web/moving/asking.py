"""In the sending team: another team is asked, and asked no more."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard import moving
from factboard.domain.events import Given, HandoverNote
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.storage import documents, projections
from factboard.web.answers import blank, next_try, not_saved, saved
from factboard.web.forms import Choice, Form, RequestId, Seq, read
from factboard.web.labels import label_of, this_client
from factboard.web.words import initial, words_for


class AskForm(Form):
    team: Choice
    history: Given
    to_know: str = ""
    to_do: str = ""
    planned_for: str = ""
    agreed_to: str = ""
    seen: Seq | None = None
    request_id: RequestId | None = None

    def note(self) -> HandoverNote:
        return HandoverNote(self.to_know, self.to_do, self.planned_for, self.agreed_to)


class WithdrawForm(Form):
    reason: str = ""
    request_id: RequestId | None = None


async def ask_form(request: Request) -> Response:
    """What the team knows already stands in it: what is still to be done, what is planned."""
    client = await this_client(request)
    stay = client.stay
    left = [one.text for one in (stay.actions if stay else client.actions_left) if one.done_by is None]
    values = {"seen": client.seq, "request_id": new_id(), "to_do": "\n".join(left)}
    return blank(request, "moving/ask.html", values, **await _context(request, client))


async def ask(request: Request) -> Response:
    client, typed, who, refusal = await this_client(request), await read(request, AskForm), request.state.who, None
    if form := typed.form:
        try:
            receipt = await moving.ask(
                request.app.state.recorder,
                who.team,
                who.user,
                client.id,
                form.team,
                note=form.note(),
                history=form.history,
                request_id=form.request_id,
            )
            return saved(request, receipt, f"/clients/{client.id}")
        except Refused as refused:
            refusal, client = refused, await this_client(request)
            if isinstance(refusal, Conflict):
                next_try(typed, refusal)
    return not_saved(request, "moving/ask.html", typed, refusal=refusal, **await _context(request, client))


async def withdraw(request: Request) -> Response:
    client, typed, who, refusal = await this_client(request), await read(request, WithdrawForm), request.state.who, None
    if form := typed.form:
        recorder = request.app.state.recorder
        try:
            receipt = await moving.withdraw(recorder, who.team, who.user, client.id, form.reason, form.request_id)
            return saved(request, receipt, f"/clients/{client.id}")
        except Refused as refused:
            refusal, client = refused, await this_client(request)
            typed.values["request_id"] = new_id()
    return not_saved(request, "moving/ask.html", typed, refusal=refusal, **await _context(request, client))


async def _context(request: Request, client: Client) -> dict[str, Any]:
    who = request.state.who
    request.app.state.access.saw(who, "move", [client.id])
    async with request.app.state.store.reading() as connection:
        teams = [(one.id, one.settings.name) for one in await projections.teams(connection) if one.id != who.team]
        written = await documents.of_client(connection, who.team, client.id)
    label = await label_of(request, client)
    words = words_for(who.here.settings, request.state.language)
    kinds = dict.fromkeys(one.kind for one in written)
    return {
        "client": client,
        "label": label,
        "labels": {client.id: label},
        "teams": teams,
        "given": [(one.value, initial(words.term(one))) for one in Given],
        "written": [] if client.shared.locks else [words.term(kind) for kind in kinds],
    }

"""One client's notes of a meeting: read, corrected by a new fact, copied to the medical record."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import meeting as rules
from factboard.domain.notes import ClientNotes, Notes
from factboard.domain.people import Label
from factboard.domain.refusal import Refused, Unknown
from factboard.domain.state import Client, Line
from factboard.recorder import new_id
from factboard.web.answers import blank, not_saved, saved, seq_in
from factboard.web.forms import Form, RequestId, read
from factboard.web.notes.look import notes_of
from factboard.web.notes.saying import Sayer
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.sight import is_limited, of_others


class Correction(Form):
    """`was` is the line as the person saw it; without `text` the line is taken back."""

    text: str = ""
    was: str | None = None
    request_id: RequestId | None = None


class Copying(Form):
    request_id: RequestId | None = None


async def of_client(request: Request) -> Response:
    return await _shown(request)


async def copied(request: Request) -> Response:
    """It was copied: said by the page's script, or by whoever has marked and copied the text by hand."""
    found, notes, client, label = await _asked(request)
    typed, who = await read(request, Copying), request.state.who
    receipt = await request.app.state.recorder.change(
        who.team,
        who.user,
        rules.copied,
        client=client.id,
        of_meeting=found.meeting.id,
        request_id=typed.form.request_id if typed.form else None,
        decided=bool(notes.decided),
    )
    request.app.state.access.saw(who, "meeting_notes", [client.id], action="export", detail="copied")
    if wants_json(request):
        return saved(request, receipt, "/meetings", label)
    return RedirectResponse(f"/meetings/{found.meeting.id}/clients/{client.id}", 303)


async def correct_form(request: Request) -> Response:
    found, line, about = await _line(request)
    _saw_line(request, about)
    values = {"text": line.text, "was": line.text, "request_id": new_id()}
    return blank(
        request, "notes/correct.html", values, meeting=found.meeting, line=line, about=about, back=_back(found, about)
    )


async def correct(request: Request) -> Response:
    """The line should read otherwise: how it read, and who corrected it, stay."""
    found, line, about = await _line(request)
    typed, who, refusal = await read(request, Correction), request.state.who, None
    if typed.form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                rules.correct_note,
                client=about,
                of_meeting=found.meeting.id,
                request_id=typed.form.request_id,
                line=line.seq,
                text=typed.form.text,
                was=None if typed.form.was is None else typed.form.was.replace("\r\n", "\n"),
            )
            return saved(request, receipt, _back(found, about))
        except Refused as refused:
            refusal = refused
            typed.values |= {"was": line.text, "request_id": new_id()}
    _saw_line(request, about)
    context: dict[str, Any] = {"meeting": found.meeting, "line": line, "about": about, "back": _back(found, about)}
    return not_saved(request, "notes/correct.html", typed, refusal=refusal, **context)


def _saw_line(request: Request, about: str | None) -> None:
    """A line says something of somebody, whether it names them or not."""
    request.app.state.access.saw(request.state.who, "meeting_notes", [about] if about else [])


async def _shown(request: Request) -> Response:
    found, notes, client, label = await _asked(request)
    sayer = Sayer(request.state.language, request.state.who.here)
    request.app.state.access.saw(request.state.who, "meeting_notes", [client.id])
    context: dict[str, Any] = {
        "notes": found,
        "meeting": found.meeting,
        "one": notes,
        "client": client,
        "label": label,
        "sayer": sayer,
        "text": sayer.text(found, notes, label, client.details.birth_date),
        "request_id": new_id(),
    }
    return page(request, "notes/client.html", **context)


async def _asked(request: Request) -> tuple[Notes, ClientNotes, Client, Label]:
    """The client's notes in the address. Raises `Unknown`, the same for another team's and for nobody's."""
    async with request.app.state.store.reading() as connection:
        found, people, labels = await notes_of(connection, request)
    id = request.path_params["client"]
    notes = found.of(id)
    if notes is None or id not in people:
        raise Unknown("unknown_client")
    return found, notes, people[id], labels[id]


async def _line(request: Request) -> tuple[Notes, Line, str | None]:
    """The line in the address, and the client it is about (None: the meeting as a whole). Raises `Unknown`."""
    seq = seq_in(request)
    async with request.app.state.store.reading() as connection:
        found, people, _ = await notes_of(connection, request)
    for item in found.meeting.items.values():
        for line in item.lines:
            if line.seq == seq and (item.client in people or not is_limited(request.state.who)):
                return found, line, item.client
    line_ = next((line for line in found.meeting.general if line.seq == seq), None)
    if line_ is None or of_others(request.state.who):
        raise Unknown("unknown_line")
    return found, line_, None


def _back(found: Notes, about: str | None) -> str:
    return f"/meetings/{found.meeting.id}" + (f"/clients/{about}" if about else "")

"""A line of notes, about the client for whom it was begun, from anyone in the room."""

from __future__ import annotations

from typing import Annotated

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import meeting
from factboard.domain.events import NotePart
from factboard.domain.people import Label
from factboard.domain.refusal import Refused, Unknown
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.web.answers import not_saved
from factboard.web.forms import Missing, RequestId, Typed, read
from factboard.web.labels import client_of, label_of
from factboard.web.meeting.lead import MeetingForm, said_no, this_meeting, went_through
from factboard.web.security import wants_json


class Note(MeetingForm):
    """Without `client`: about the meeting as a whole."""

    client: str | None = None
    part: Annotated[NotePart, Missing("choose_one")]
    text: str
    request_id: RequestId | None = None


async def note(request: Request) -> Response:
    found, typed, who = await this_meeting(request), await read(request, Note), request.state.who
    about = await client_of(request, typed.values.get("client"))
    if typed.values.get("client") and about is None:
        raise Unknown("unknown_client")
    refusal = None
    if typed.form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                meeting.note,
                client=about.id if about else None,
                request_id=typed.form.request_id,
                of_meeting=found.id,
                part=typed.form.part,
                text=typed.form.text,
            )
            return went_through(request, receipt)
        except Refused as refused:
            refusal = refused
            if wants_json(request):
                return said_no(request, refusal)
    return await _again(request, typed, refusal, about)


async def _again(request: Request, typed: Typed[Note], refusal: Refused | None, about: Client | None) -> Response:
    label: Label | None = None
    if about:
        request.app.state.access.saw(request.state.who, "meeting", [about.id])
        label = await label_of(request, about)
    typed.values.setdefault("request_id", new_id())
    parts = list(NotePart)
    return not_saved(request, "meeting/note.html", typed, refusal=refusal, client=about, label=label, parts=parts)

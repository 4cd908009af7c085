"""Leading: who is there, who is in the chair, who is up. One touch each; a refusal says why."""

from __future__ import annotations

from typing import Annotated, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain import calendar, meeting, roster
from factboard.domain.people import Right, may
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.state import Meeting
from factboard.recorder import Receipt, Rule, new_id
from factboard.storage import projections
from factboard.web.answers import as_json, blank, not_saved, saved, status_of
from factboard.web.forms import Form, Missing, RequestId, YesOrNo, read
from factboard.web.labels import LONGEST_ID
from factboard.web.security import is_fragment, wants_json
from factboard.web.words import words_for


class MeetingForm(Form):
    """One id for all tries to send the same."""

    request_id: RequestId | None = None


class Attendance(MeetingForm):
    user: Annotated[str, Missing("choose_one")]
    present: YesOrNo


class Chair(MeetingForm):
    chair: Annotated[str, Missing("choose_one")]
    previous: str | None = None


class Recorder(MeetingForm):
    recorder: str | None = None


class Focus(MeetingForm):
    """Without `to`: the round after the agenda."""

    to: str | None = None


class NoChange(MeetingForm):
    """`of`: for which client it was pressed."""

    of: str


async def focus(request: Request) -> Response:
    return await _lead(request, Focus, meeting.move_focus)


async def no_change(request: Request) -> Response:
    return await _lead(request, NoChange, meeting.no_change)


async def attendance(request: Request) -> Response:
    return await _people(request, Attendance, meeting.note_attendance)


async def chair(request: Request) -> Response:
    return await _people(request, Chair, meeting.change_chair)


async def recorder(request: Request) -> Response:
    return await _people(request, Recorder, meeting.name_recorder)


async def people_form(request: Request) -> Response:
    """Who is there, who writes, who leads: forms of one touch."""
    found = await this_meeting(request)
    return blank(request, "meeting/people.html", {}, **_context(request, found))


async def this_meeting(request: Request) -> Meeting:
    """The meeting in the address. Raises `Unknown`, the same whether it is another team's or nobody's."""
    id = request.path_params["meeting"]
    if len(id) > LONGEST_ID or not id.isprintable():
        raise Unknown("unknown_meeting")
    async with request.app.state.store.reading() as connection:
        found = await projections.meeting(connection, request.state.who.team, id)
    if found is None:
        raise Unknown("unknown_meeting")
    return found


async def asked(request: Request, of: Meeting, form: MeetingForm, rule: Rule, *, with_all: bool) -> Receipt:
    """Ask the rule about this meeting, with what was typed. Raises `Refused`."""
    who = request.state.who
    receipt: Receipt = await request.app.state.recorder.change(
        who.team,
        who.user,
        rule,
        request_id=form.request_id,
        of_meeting=of.id,
        with_all=with_all,
        **form.model_dump(exclude={"request_id"}),
    )
    return receipt


def said_no(request: Request, refusal: Refused) -> Response:
    """To the page's script: the key, and the sentence to show."""
    here = request.state.who.here
    says = words_for(here.settings, request.state.language).refusal(refusal, here)
    return JSONResponse({"saved": False, "refused": refusal.key, "says": says}, status_of(refusal))


def went_through(request: Request, receipt: Receipt) -> Response:
    if wants_json(request):
        return JSONResponse(as_json(receipt))
    return RedirectResponse("/meeting", 303)


async def _lead(request: Request, shape: type[MeetingForm], rule: Rule) -> Response:
    found, typed = await this_meeting(request), await read(request, shape)
    try:
        if typed.form is None:
            raise Invalid("not_understood", next(iter(typed.errors)))
        return went_through(request, await asked(request, found, typed.form, rule, with_all=True))
    except Refused as refusal:
        if wants_json(request):
            return said_no(request, refusal)
        raise


async def _people(request: Request, shape: type[MeetingForm], rule: Rule) -> Response:
    found, typed = await this_meeting(request), await read(request, shape)
    refusal = None
    if typed.form:
        try:
            receipt = await asked(request, found, typed.form, rule, with_all=False)
            if is_fragment(request) and shape is not Attendance:
                return saved(request, receipt, "/meeting")
            if is_fragment(request):  # several come at once: the list stays open
                return blank(request, "meeting/people.html", {}, **_context(request, await this_meeting(request)))
            return went_through(request, receipt)
        except Refused as refused:
            refusal = refused
    context = _context(request, await this_meeting(request))
    return not_saved(request, "meeting/people.html", typed, refusal=refusal, **context)


def _context(request: Request, found: Meeting) -> dict[str, Any]:
    here = request.state.who.here
    today = calendar.local_day(request.app.state.clock(), here.settings)
    works = {one.user for one in roster.working(here, today)}
    known = [one for one in here.members.values() if may(one.role, Right.CARE) and not one.left]
    order = sorted(known, key=lambda one: (one.user not in found.present, one.user not in works, one.name, one.user))
    return {"meeting": found, "people": order, "works": works, "request_id": new_id()}

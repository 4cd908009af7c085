"""Closing: what is still open, who returns and who is announced, a reason to let the rest go, and it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import calendar, meeting, stepdown
from factboard.domain.events import Part
from factboard.domain.meeting.returns import Returns, at_its_end
from factboard.domain.refusal import Invalid, Refused
from factboard.domain.state import Client, Meeting
from factboard.domain.stepdown.announcing import LONGEST_HOLD, USUAL_HOLD
from factboard.recorder import Receipt, new_id
from factboard.storage import projections
from factboard.web.answers import not_saved, saved
from factboard.web.forms import Typed
from factboard.web.labels import labels_of
from factboard.web.meeting.lead import this_meeting, went_through
from factboard.web.meeting.wishes import Closing, beside, read_closing, wishes
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.sight import eyes


@dataclass(frozen=True, slots=True)
class Answer:
    """How the page comes back: `asked` for anew, or `refusal`; else the form has something wrong in it."""

    refusal: Refused | None = None
    asked: bool = False


async def close_form(request: Request) -> Response:
    return await shown(request, Typed[Closing]({}), Answer(asked=True))


async def close(request: Request) -> Response:
    """It closes as the chair has seen it; whatever does not fit, the page says, with all that was typed."""
    found, typed = await this_meeting(request), await read_closing(request)
    if typed.values.get("again"):
        return await shown(request, typed, Answer(asked=True))
    wished = wishes(typed)
    if typed.form is None or wished is None:
        return await shown(request, typed, Answer())
    try:
        receipt = await _closed(request, found, typed.form, wished, typed.values["seen"])
    except Refused as refusal:
        return await shown(request, typed, Answer(beside(refusal) if isinstance(refusal, Invalid) else refusal))
    # The notes that are printed now bear a signature that holds this meeting.
    task = BackgroundTask(request.app.state.checkpoints.after, request.state.who.team)
    answer = went_through(request, receipt) if wants_json(request) else RedirectResponse(f"/meetings/{found.id}", 303)
    answer.background = task
    return answer


async def release(request: Request) -> Response:
    """A clinician in the meeting says that automatic returns may go on: from the page that closes it, or beside it."""
    found, typed, refusal = await this_meeting(request), await read_closing(request), None
    who = request.state.who
    try:
        receipt = await request.app.state.recorder.change(
            who.team, who.user, stepdown.agree_to_release, of_meeting=found.id
        )
    except Refused as refused:
        refusal = refused
    if typed.values["from_closing"]:
        return await shown(request, typed, Answer(refusal, asked=refusal is None))
    if refusal:
        return not_saved(request, "meeting/release.html", Typed[Closing]({}), refusal=refusal, meeting=found)
    return saved(request, receipt, "/meeting")


async def _closed(
    request: Request, found: Meeting, form: Closing, wished: stepdown.Wishes, seen: list[str] | None
) -> Receipt:
    who = request.state.who
    receipt: Receipt = await request.app.state.recorder.change(
        who.team,
        who.user,
        meeting.close,
        request_id=form.request_id,
        of_meeting=found.id,
        with_all=True,
        reason=form.reason,
        wishes=wished,
        shown=None if seen is None else tuple(sorted(filter(None, seen))),
    )
    return receipt


async def shown(request: Request, typed: Typed[Closing], answer: Answer) -> Response:
    """The page that closes a meeting, as it stands now, with what was typed into it so far."""
    found, who, now = await this_meeting(request), request.state.who, request.app.state.clock()
    if found.closed and answer.asked:
        return RedirectResponse(f"/meetings/{found.id}", 303)
    async with request.app.state.store.reading() as connection:
        here = await projections.team(connection, who.team) or who.here
        clients = await projections.on_agenda(connection, who.team)
        there = {one.id for one in clients}
        left = {item.client for item in found.agenda} - there
        clients += await projections.clients(connection, who.team, left) if left else []
        clients = eyes(request).only(clients, Part.BOARD)
        labels = await labels_of(connection, who.team, clients)
    request.state.who = replace(who, team_state=here)  # as it stands now, for the page too
    open_, returns = at_its_end(here, found, clients, who.user, now)
    request.app.state.access.saw(who, "meeting", {one.id for one in _named(open_, returns)})
    today = calendar.local_day(now, here.settings)
    context: dict[str, Any] = {
        "meeting": found,
        "left": open_,
        "returns": returns,
        "new": returns.moved - set(typed.values["seen"]) if typed.values.get("seen") is not None else set(),
        "called": labels,
        "kept_until": today + USUAL_HOLD,
        "kept_at_most": today + LONGEST_HOLD,
        "today": today,
    }
    typed.values.setdefault("request_id", new_id())
    if answer.asked:
        typed.values["again"] = ""
        return page(request, "meeting/close.html", typed=typed, refusal=None, meanwhile=(), **context)
    return not_saved(request, "meeting/close.html", typed, refusal=answer.refusal, **context)


def _named(left: meeting.Open, returns: Returns) -> list[Client]:
    return [
        *left.not_discussed,
        *left.untaken,
        *left.undecided,
        *(gap.client for gap in left.uncovered),
        *(one for one, _ in left.unowned),
        *(one.client for one in returns.rows),
    ]

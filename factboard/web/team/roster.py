"""Who is here: absences and who is on duty, written down by anybody in the team, also in the morning of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, roster
from factboard.domain.refusal import Refused
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Choice, Day, Form, Typed, read
from factboard.web.team.changing import change

PAGE = "team/roster.html"
AHEAD = 14  # days shown


class AbsenceForm(Form):
    user: Choice
    first: Day
    last: Day | None = None
    note: str = ""


class DutyForm(Form):
    """One day; without a `duty`, nobody."""

    day: Day
    duty: str | None = None


async def page_of_roster(request: Request) -> Response:
    """Who is away, now and later, and who is on duty in the next two weeks."""
    context = _context(request)
    return blank(request, PAGE, {"first": str(context["today"])}, **context)


async def save_absence(request: Request) -> Response:
    typed = await read(request, AbsenceForm)
    given = typed.form.model_dump() if typed.form else {}
    return await _change(request, typed, roster.note_absence, **given)


async def take_absence_back(request: Request) -> Response:
    """They are here after all."""
    typed = Typed[AbsenceForm]({}, AbsenceForm.model_construct())
    return await _change(request, typed, roster.remove_absence, absence=request.path_params["absence"])


async def save_duty(request: Request) -> Response:
    typed = await read(request, DutyForm)
    given = {"day": typed.form.day, "user": typed.form.duty} if typed.form else {}
    return await _change(request, typed, roster.set_duty, **given)


async def _change(request: Request, typed: Typed[Any], rule: Any, **what: Any) -> Response:
    if typed.form is None:
        return not_saved(request, PAGE, typed, **_context(request))
    try:
        receipt = await change(request, rule, **what)
    except Refused as refusal:
        return not_saved(request, PAGE, typed, refusal=refusal, **_context(request))
    return saved(request, receipt, "/roster")


def _context(request: Request) -> dict[str, Any]:
    here = request.state.who.here
    today = calendar.local_day(request.app.state.clock(), here.settings)
    staff = [one for one in here.members.values() if not one.left and one.role in roster.CLINICAL]
    away = [one for one in here.absences.values() if one.last >= today]
    return {
        "today": today,
        "people": sorted(((one.user, one.name) for one in staff), key=lambda one: one[1]),
        "away": sorted(away, key=lambda one: (one.first, one.user)),
        "days": [(day, here.duty.get(day)) for day in (today + timedelta(days=n) for n in range(AHEAD))],
        "saved": "saved" in request.query_params,
    }

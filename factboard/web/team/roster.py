"""Who is here: absences and who is on duty, written down by anybody in the team, also in the morning of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, roster
from factboard.domain.events import Member
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.state import Team
from factboard.recorder import Receipt, Rule
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Choice, Day, Form, Typed, read
from factboard.web.team.changing import change

PAGE = "team/roster.html"
AHEAD = 14  # days shown

Duty = dict[date, str | None]


class AbsenceForm(Form):
    user: Choice
    first: Day
    last: Day | None = None
    note: str = ""


class DutyForm(Form):
    """One choice a day, "2026-11-23=anna", and after the sign nothing for nobody: chosen now, and shown before."""

    duty: tuple[str, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A day of the form: who stood there when its reader looked, who is chosen, and who can be."""

    day: date
    was: str | None
    chosen: str | None
    people: list[tuple[str, str]]
    away: bool  # whoever is chosen is away then
    closed: bool


async def page_of_roster(request: Request) -> Response:
    """Who is away, now and later, and who is on duty in the next two weeks."""
    return blank(request, PAGE, {}, **_context(request))


async def save_absence(request: Request) -> Response:
    typed = await read(request, AbsenceForm)
    if typed.form is None:
        return not_saved(request, PAGE, typed, **_context(request))
    return await _change(request, typed, roster.note_absence, **typed.form.model_dump())


async def take_absence_back(request: Request) -> Response:
    """They are here after all."""
    return await _change(request, Typed[AbsenceForm]({}), roster.remove_absence, absence=request.path_params["absence"])


async def save_duty(request: Request) -> Response:
    """All days that were changed, or none: each mistake stands beside its own day, and what was chosen stays."""
    typed = await read(request, DutyForm)
    try:
        chosen, was = _by_day(typed.values["duty"]), _by_day(typed.values["was"])
    except ValueError:
        typed.errors[""] = "not_understood", {}
        return not_saved(request, PAGE, typed, **_context(request))
    refused: dict[date, Refused] = {}
    try:
        receipt = await _set(
            request, {day: user for day, user in chosen.items() if was.get(day, "") != user}, was, refused
        )
    except Refused as refusal:
        context = _context(request, chosen, was)
        shown = {row.day for row in context["days"]}
        typed.errors |= {f"duty-{day}" if day in shown else "": (no.key, no.params) for day, no in refused.items()}
        conflict = refusal if isinstance(refusal, Conflict) else None
        return not_saved(request, PAGE, typed, refusal=conflict, **context)
    return saved(request, receipt, "/roster")


async def _set(request: Request, changed: Duty, was: Duty, refused: dict[date, Refused]) -> Receipt:
    """Write the days down together. Raises a `Refused`, a conflict first, with all of them in `refused`.

    Of a day that somebody else has set meanwhile, `was` holds who stands there now: the next try has seen it.
    """
    who, made = (
        request.state.who,
        Receipt(request.state.who.team, request.state.who.here.seq, request.app.state.clock()),
    )
    async with request.app.state.recorder.together(who.team, who.user) as desk:
        for day, user in changed.items():
            stands = (await desk.state()).duty.get(day)
            if stands == user:
                continue
            if was.get(day, stands) != stands:
                refused[day], was[day] = Conflict("changed_meanwhile"), stands
                continue
            try:
                receipt = await desk.decide(roster.set_duty, day=day, user=user)
            except Refused as no:
                refused[day] = no
            else:
                made = made if made.kinds else receipt
        for refusal in sorted(refused.values(), key=lambda one: not isinstance(one, Conflict)):
            raise refusal
    return made


async def _change(request: Request, typed: Typed[AbsenceForm], rule: Rule, **what: Any) -> Response:
    try:
        receipt = await change(request, rule, **what)
    except Refused as refusal:
        return not_saved(request, PAGE, typed, refusal=refusal, **_context(request))
    return saved(request, receipt, "/roster")


def who_is_here(request: Request) -> dict[str, Any]:
    """What `team/here.html` shows."""
    here: Team = request.state.who.here
    today = calendar.local_day(request.app.state.clock(), here.settings)
    away = [one for one in here.absences.values() if one.last >= today]
    return {
        "today": today,
        "duty": roster.on_duty(here, today),
        "working": roster.working(here, today),
        "away": sorted(away, key=lambda one: (one.first, one.user)),
    }


def _context(request: Request, chosen: Duty | None = None, was: Duty | None = None) -> dict[str, Any]:
    here, context = request.state.who.here, who_is_here(request)
    staff = [one for one in here.members.values() if not one.left and one.role in roster.CLINICAL]
    people = sorted(((one.user, one.name) for one in staff), key=lambda one: one[1])
    days = (context["today"] + timedelta(days=n) for n in range(AHEAD))
    rows = [_row(here, people, day, chosen or {}, was or {}) for day in days]
    return context | {"people": people, "days": rows, "saved": "saved" in request.query_params}


def _row(here: Team, people: list[tuple[str, str]], day: date, chosen: Duty, was: Duty) -> OnDuty:
    stood = was.get(day, here.duty.get(day))
    user = chosen.get(day, stood)
    listed = {code for code, _ in people}
    members: list[Member] = [here.members[one] for one in dict.fromkeys((stood, user)) if one in here.members]
    others = [(one.user, one.name) for one in members if one.user not in listed]  # on duty, and no clinician any more
    away = bool(user and roster.absent(here, user, day))
    return OnDuty(day, stood, user, [*people, *others], away, calendar.is_closed(day, here.settings))


def _by_day(given: list[str]) -> Duty:
    """Raises `ValueError` for what this form does not send."""
    pairs = (one.partition("=") for one in given)
    return {date.fromisoformat(day): user.strip() or None for day, _, user in pairs}

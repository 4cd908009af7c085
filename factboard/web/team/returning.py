"""Whether anybody goes back by itself now, and on which days; the lead pauses it, and lets it go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, stepdown
from factboard.domain.events import Category, Mode, Settings
from factboard.domain.refusal import Refused
from factboard.domain.state import Team
from factboard.public_holidays import named
from factboard.recorder import Rule
from factboard.web.answers import not_saved, saved
from factboard.web.forms import Form, read
from factboard.web.team.changing import change
from factboard.web.times import LOCALES

AHEAD = 365  # days off that are listed


class ReasonForm(Form):
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which the team is closed. `name` is the public holiday's; without one it is the team's own."""

    day: date
    name: str


async def pause(request: Request) -> Response:
    """The lead lets nobody go back by itself for now."""
    return await _by_the_lead(request, stepdown.pause)


async def release(request: Request) -> Response:
    """The lead has looked: returns go on."""
    return await _by_the_lead(request, stepdown.release)


async def _by_the_lead(request: Request, rule: Rule) -> Response:
    typed = await read(request, ReasonForm)
    try:
        if typed.form is None:
            return not_saved(request, "team/release.html", typed, **automatic_returns(request))
        receipt = await change(request, rule, reason=typed.form.reason)
    except Refused as refusal:
        return not_saved(request, "team/release.html", typed, refusal=refusal, **automatic_returns(request))
    return saved(request, receipt, "/settings")


def automatic_returns(request: Request) -> dict[str, Any]:
    """What `team/returns.html` shows."""
    here: Team = request.state.who.here
    today = calendar.local_day(request.app.state.clock(), here.settings)
    names = get_day_names("wide", locale=LOCALES[request.state.language])
    days = [str(names[day]) for day in return_days(here.settings, today)]
    return {"return_days": days, "too_early": too_early(here)}


def return_days(settings: Settings, today: date) -> list[int]:
    """The weekdays whose meeting lets anybody return on its day, at least once in the coming year."""
    coming = (today + timedelta(days=n) for n in range(calendar.FARTHEST))
    return sorted({day.weekday() for day in coming if calendar.may_return_on(day, settings)})


def too_early(team: Team) -> list[Category]:
    """The categories whose return time is before the meeting is over, so that nobody of them ever goes back."""
    ends, usual = calendar.meeting_ends(team.settings), team.settings.return_time
    by_itself = (one for one in team.categories.values() if not one.retired and one.policy.mode is not Mode.BY_HAND)
    return [one for one in by_itself if (one.policy.return_time or usual) <= ends]


def knows_no_holidays(settings: Settings, today: date, language: str) -> bool:
    """Does the team keep its country's public holidays, and nobody here knows them?"""
    return settings.public_holidays and not named(settings.country, today.year, language)


def days_off(settings: Settings, today: date, language: str) -> list[DayOff]:
    """The days of the coming year on which the team is closed, with names as the reader's language has them."""
    names: dict[date, str] = {}
    for year in (today.year, today.year + 1):
        names |= named(settings.country, year, language)
    return [DayOff(day, names.get(day, "")) for day in calendar.closed_days(today, AHEAD, settings)]

"""The team's settings: name, language, zone, meetings, words, warning signs; and the page they stand on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_day_names
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.refusal import Invalid, Refused
from factboard.domain.retention import LONGEST, redaction_due
from factboard.sheets import place
from factboard.storage import retention
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Ticked, TimeOfDay, read
from factboard.web.language import NAMES, catalogue, in_order
from factboard.web.team.changing import change, mark, seen_now, unless_changed
from factboard.web.team.models import as_listed
from factboard.web.team.ordering import OrderForm, as_shown, groups
from factboard.web.team.returning import automatic_returns, days_off, knows_no_holidays
from factboard.web.team.roster import who_is_here
from factboard.web.team.standards import less
from factboard.web.team.telling import as_ticked, told
from factboard.web.times import LOCALES
from factboard.web.words import initial, terms, words_for

Choices = list[tuple[str, str]]
TIMES = ("meeting_time", "return_time", "day_begins", "day_ends")
NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # unions, leftovers and made-up places among the territories


class SettingsForm(OrderForm):
    name: str
    language: str
    country: str
    time_zone: str
    meeting_days: tuple[int, ...] = ()
    meeting_time: TimeOfDay
    meeting_minutes: int
    closed_days: str = ""
    client_word: str
    case_manager_word: str
    warning_signs: str = ""
    phrases: str = ""
    return_time: TimeOfDay | None = None  # a time or number left empty stays as it was
    day_begins: TimeOfDay | None = None
    day_ends: TimeOfDay | None = None
    taken_minutes: int | None = None
    public_holidays: Ticked = False
    contacts_moved: e.Moved | None = None
    told: tuple[str, ...] = ()  # "flag on_duty": who is told at once of what
    shown: str = ""  # the form asked for the ticks above; without it they stay as they were
    wall_before: int | None = None
    wall_after: int | None = None
    most_visits: int | None = None
    retention_years: int | None = None
    plans_on_phones: Ticked = False
    retention_sure: Ticked = False  # asked where something would be taken away
    sheet_folder: str = ""
    out_of_hours: str = ""
    was: str = ""


async def page_of_team(request: Request) -> Response:
    """Everything a lead can set, on one page."""
    settings = request.state.who.here.settings
    words = words_for(settings, request.state.language)
    plain = SettingsForm.model_fields.keys() - OrderForm.model_fields.keys() - {"was", "shown", "retention_sure"}
    values = (
        {name: getattr(settings, name) for name in plain}
        | as_shown(settings)
        | {
            "meeting_days": [str(day) for day in settings.meeting_days],
            **{name: f"{getattr(settings, name):%H:%M}" for name in TIMES},
            "closed_days": "\n".join(map(str, settings.closed_days)),
            "warning_signs": "\n".join(words.warning_signs(settings)),
            "phrases": "\n".join(words.phrases(settings)),
            "told": as_ticked(settings.told),
            "was": mark(settings),
        }
    )
    new = _saved_category(request)
    done: dict[str, Any] = {"saved": "saved" in request.query_params}
    done |= {"saved_category": new, "less": less(new, request.state.who.here, request.state.language) if new else []}
    return blank(request, "team/page.html", values, **(_context(request) | done))


async def save(request: Request) -> Response:
    """The settings as typed."""
    typed, now, language = await read(request, SettingsForm), request.state.who.here.settings, request.state.language
    context = _context(request) | {"saved": False, "saved_category": None}
    if typed.form is None:
        return not_saved(request, "team/page.html", typed, **context)
    try:
        rule = unless_changed(rules.change_settings, typed.form.was, lambda team: team.settings)
        meant = _meant(typed.form, now, language)
        if not typed.form.retention_sure:
            await _nothing_for_good(request, now, meant)
        receipt = await change(request, rule, settings=meant)
    except Refused as refusal:
        seen_now(typed, refusal, now)
        return not_saved(request, "team/page.html", typed, refusal=refusal, **context)
    return saved(request, receipt, "/settings")


async def _nothing_for_good(request: Request, now: e.Settings, meant: e.Settings) -> None:
    """Raises `Invalid` where more would be taken away than until now: what goes is gone, so it is asked twice."""
    years = meant.retention_years
    if not 0 < years <= LONGEST or 0 < now.retention_years <= years:
        return
    here, moment = replace(request.state.who.here, settings=meant), request.app.state.clock()
    async with request.app.state.store.reading() as connection:
        left = await retention.ended(connection, here.id, moment)
    due = [at for one in left if (at := redaction_due(here, one)) and at <= moment]
    raise Invalid("taken_away_for_ever", "retention_sure", years=years, count=len(due))


def _meant(form: SettingsForm, now: e.Settings, language: str) -> e.Settings:
    """The settings that the form means; what it does not show stays as it is. Raises `Invalid`."""
    try:
        closed = tuple(date.fromisoformat(day) for day in _lines(form.closed_days))
    except ValueError:
        raise Invalid("not_a_date", "closed_days") from None
    words, standard = words_for(now, language), e.Settings("")
    signs, phrases = _lines(form.warning_signs), _lines(form.phrases)
    read_apart = {"closed_days", "warning_signs", "phrases", "told", *OrderForm.model_fields}
    left_out = {"was", "shown", "retention_sure", *read_apart}
    given = form.model_dump(exclude=left_out if form.shown else left_out | {"public_holidays", "plans_on_phones"})
    given = {name: value for name, value in given.items() if value is not None}
    given |= {"closed_days": closed, "agenda": form.order(now)}
    if form.shown:
        given["told"] = told(form.told)
    given["warning_signs"] = () if signs == words.warning_signs(standard) else signs
    given["phrases"] = () if phrases == words.phrases(standard) else phrases
    return replace(now, **given)


def _context(request: Request) -> dict[str, Any]:
    settings, language, context = request.state.who.here.settings, request.state.language, who_is_here(request)
    today = context["today"]
    return {
        "choices": _choices(language, settings.country),
        "agenda": groups(settings),
        "sheets": _sheets(request),
        "news": list(e.News),
        "moved": [(one.value, initial(words_for(settings, language).term(one))) for one in e.Moved],
        "audiences": list(e.Audience),
        "days_off": days_off(settings, today, language),
        "no_holidays": knows_no_holidays(settings, today, language),
        **as_listed(request.state.who.here),
        **automatic_returns(request),
        **context,
    }


def _saved_category(request: Request) -> e.Category | None:
    """The category that the fact before its reader has changed."""
    here, saved = request.state.who.here, request.query_params.get("saved", "")
    code = next((code for code, seq in here.policies.items() if str(seq) == saved), None)
    return here.categories[code] if code else None


def _sheets(request: Request) -> str:
    """Where the team's sheets go, without where that is on the server; empty where the operator has set no folder."""
    here, folder = request.state.who.here, request.app.state.settings.sheets
    return place(Path(folder), here).name if folder else ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@cache
def _choices(language: str, own: str) -> dict[str, Choices]:
    """What each field can be, in words; the team's `own` country first."""
    read_words = catalogue(language).gettext
    locale = Locale.parse(LOCALES[language])
    days, short = get_day_names("wide", locale=locale), get_day_names("abbreviated", locale=locale)
    named = locale.territories.items()
    countries = [(code, str(name)) for code, name in named if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRY]
    return {
        "language": list(NAMES.items()),
        "country": sorted(countries, key=lambda known: (known[0] != own, in_order(known[1], language))),
        "time_zone": [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone],
        "meeting_days": [(str(day), initial(str(days[day]))) for day in range(7)],
        "weekdays": [(str(day), str(short[day]).rstrip(".")) for day in range(7)],
        "client_word": [(code, read_words(forms.one)) for code, forms in terms.CLIENT.items()],
        "case_manager_word": [(code, read_words(forms.one)) for code, forms in terms.CASE_MANAGER.items()],
    }

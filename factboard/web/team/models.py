"""The models of case management that the team works by: their guidance, who treats, when they cover a crisis."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import caseload
from factboard.domain import events as e
from factboard.domain.caseload.models import default
from factboard.domain.refusal import Refused, Unknown
from factboard.domain.state import Team
from factboard.recorder import new_id
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, Ticked, Typed, read
from factboard.web.team.changing import NEW, change, mark, seen_now, unless_changed

FORM = "team/model.html"


class ModelForm(Form):
    code: str = ""
    name: str = ""
    most: int = 0  # left empty: no number
    treats: e.Treats
    cover: e.Cover
    acts_on_mandate: Ticked = False
    used: Ticked = False
    default: Ticked = False
    was: str = ""


async def model_form(request: Request) -> Response:
    """The form of one model, or of one of the team's own."""
    here, code = request.state.who.here, request.path_params["model"]
    known = caseload.models(here).get(code)
    if known is None and code != NEW:
        raise Unknown("unknown_page")
    values = _values(here, known or e.CareModel("")) | {"was": mark(known)}
    return blank(request, FORM, values, **_context(here, known))


async def save_model(request: Request) -> Response:
    """The model as typed; `default`: by it whoever has no other is met."""
    typed, here = await read(request, ModelForm), request.state.who.here
    known = _known(here, typed)
    if typed.form is None:
        return not_saved(request, FORM, typed, **_context(here, known))
    form, code = typed.form, known.code if known else new_id()
    meant = replace(
        known or e.CareModel(code),
        name=form.name,
        most=form.most,
        treats=form.treats,
        cover=form.cover,
        mandate=form.acts_on_mandate,
        used=form.used,
    )
    rule = unless_changed(caseload.set_model, form.was, lambda team: caseload.models(team).get(code))
    try:
        receipt = await change(request, rule, model=meant, default=form.default)
    except Refused as refusal:
        seen_now(typed, refusal, known)
        return not_saved(request, FORM, typed, refusal=refusal, **_context(here, known))
    return saved(request, receipt, "/settings")


def as_listed(team: Team) -> dict[str, Any]:
    """What the settings' page shows of them: those in use first, the default before all."""
    usual = default(team)
    found = sorted(caseload.models(team).values(), key=lambda one: (one.code != usual.code, not one.used))
    return {"models": found, "default_model": usual.code}


def _values(team: Team, model: e.CareModel) -> dict[str, Any]:
    """What stands in the form's fields."""
    return asdict(model) | {
        "most": model.most or "",
        "acts_on_mandate": model.mandate,
        "default": model.code == default(team).code,
    }


def _known(team: Team, typed: Typed[ModelForm]) -> e.CareModel | None:
    """The model that the form is about; None for a new one. Raises `Unknown`."""
    code = typed.values.get("code")
    if not code:
        return None
    known = caseload.models(team).get(code)
    if known is None:
        raise Unknown("unknown_page")
    return known


def _context(team: Team, known: e.CareModel | None) -> dict[str, Any]:
    standard = caseload.STANDARD.get(known.code) if known else None
    return {
        "model": known,
        "standard": standard,
        "is_default": known is not None and known.code == default(team).code,
        "treats": tuple(e.Treats),
        "covers": tuple(e.Cover),
    }

"""The groups of the board: added, renamed, coloured, ordered, retired and brought back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field as Limited
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.refusal import Refused, Unknown
from factboard.recorder import new_id
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, Ticked, Typed, read
from factboard.web.team.changing import NEW, change, mark, seen_now, unless_changed

FORM = "team/category.html"


class CategoryForm(Form):
    code: str = ""
    name: str = ""
    colour: str
    shape: str
    order: Annotated[int, Limited(ge=0, le=999)] = 0
    review_days: int
    contacts_a_week: int | None = None  # left empty: as it was
    unseen_days: int | None = None
    retired: Ticked = False
    was: str = ""


async def category_form(request: Request) -> Response:
    """The form of one category, or of a new one."""
    team, code = request.state.who.here, request.path_params["code"]
    known = team.categories.get(code)
    if known is None and code != NEW:
        raise Unknown("unknown_page")
    values = asdict(known or e.Category("", order=len(team.categories) + 1)) | {"was": mark(known)}
    return blank(request, FORM, values, **_context(known))


async def save_category(request: Request) -> Response:
    typed = await read(request, CategoryForm)
    known = _known(request, typed)
    if typed.form is None:
        return not_saved(request, FORM, typed, **_context(known))
    code = known.code if known else new_id()
    given = typed.form.model_dump(exclude={"was", "code"})
    kept = known or e.Category(code)
    for name in ("contacts_a_week", "unseen_days"):
        given[name] = getattr(kept, name) if given[name] is None else given[name]
    category = e.Category(**given, code=code)
    try:
        rule = unless_changed(rules.set_category, typed.form.was, lambda team: team.categories.get(code))
        receipt = await change(request, rule, category=category)
    except Refused as refusal:
        seen_now(typed, refusal, known)
        return not_saved(request, FORM, typed, refusal=refusal, **_context(known))
    return saved(request, receipt, "/settings")


def _known(request: Request, typed: Typed[CategoryForm]) -> e.Category | None:
    """The category that the form is about; None for a new one. Raises `Unknown`."""
    code = typed.values.get("code")
    if not code:
        return None
    known: e.Category | None = request.state.who.here.categories.get(code)
    if known is None:
        raise Unknown("unknown_page")
    return known


def _context(known: e.Category | None) -> dict[str, Any]:
    return {"category": known, "colours": rules.COLOURS, "shapes": rules.SHAPES}

"""The groups of the board: added, renamed, coloured, ordered, retired and brought back; when their clients go back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field as Limited
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.refusal import Refused, Unknown
from factboard.recorder import new_id
from factboard.storage import history
from factboard.storage.codec import instant_from_text
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, Ticked, TimeOfDay, Typed, read
from factboard.web.team.changing import NEW, change, mark, seen_now, unless_changed
from factboard.web.team.previewing import LookFirst, once_seen, shown
from factboard.web.team.standards import less, standards

FORM = "team/category.html"
LOOKS = ("name", "colour", "shape", "order", "retired")
NUMBERS = ("review_days", "contacts_a_week", "unseen_days")  # left empty: as it was
EVIDENCE = ("mode", "stable_ratings", "raters", "stable_days")  # of its policy; left empty: as it was


class CategoryForm(Form):
    code: str = ""
    name: str = ""
    colour: str
    shape: str
    order: Annotated[int, Limited(ge=0, le=999)] = 0
    review_days: int | None = None
    contacts_a_week: int | None = None
    unseen_days: int | None = None
    mode: e.Mode | None = None
    stable_ratings: int | None = None
    raters: int | None = None
    stable_days: int | None = None
    blockers: tuple[e.Blocker, ...] = ()
    return_time: TimeOfDay | None = None  # left empty: the team's
    shown: str = ""  # the form asked for the two above; without it they stay as they were
    retired: Ticked = False
    was: str = ""
    previewed: str = ""  # the mark of what its reader has seen that it would do
    look: Ticked = False  # only show what it would do


async def category_form(request: Request) -> Response:
    """The form of one category, or of a new one."""
    team, code = request.state.who.here, request.path_params["code"]
    known = team.categories.get(code)
    if known is None and code != NEW:
        raise Unknown("unknown_page")
    values = _values(known or e.Category("", order=len(team.categories) + 1)) | {"was": mark(known)}
    return blank(request, FORM, values, **await _context(request, known))


async def save_category(request: Request) -> Response:
    typed = await read(request, CategoryForm)
    known = _known(request, typed)
    if typed.form is None:
        return not_saved(request, FORM, typed, **await _context(request, known))
    code = known.code if known else new_id()
    category = _meant(typed.form, known or e.Category(code))
    rule = unless_changed(rules.set_category, typed.form.was, lambda team: team.categories.get(code))
    rule = once_seen(rule, typed.form.previewed, only_look=typed.form.look)
    try:
        receipt = await change(request, rule, category=category, with_all=True)
    except LookFirst as first:
        return await shown(request, FORM, typed, first, asked=typed.form.look, **await _about(request, known, category))
    except Refused as refusal:
        seen_now(typed, refusal, known)
        return not_saved(request, FORM, typed, refusal=refusal, **await _context(request, known, category))
    return saved(request, receipt, "/settings")


def _meant(form: CategoryForm, known: e.Category) -> e.Category:
    """The category as typed: what was left empty, or not asked for, is as it was."""
    policy = {name: value for name in EVIDENCE if (value := getattr(form, name)) is not None}
    if form.shown:
        policy |= {"blockers": form.blockers, "return_time": form.return_time}
    given = {name: value for name in NUMBERS if (value := getattr(form, name)) is not None}
    given |= {name: getattr(form, name) for name in LOOKS}
    return replace(known, **given, policy=replace(known.policy, **policy))


def _values(category: e.Category) -> dict[str, Any]:
    """What stands in the form's fields."""
    policy, at = category.policy, category.policy.return_time
    values = asdict(category) | {name: getattr(policy, name) for name in EVIDENCE}
    return values | {"blockers": list(policy.blockers), "return_time": f"{at:%H:%M}" if at else ""}


def _known(request: Request, typed: Typed[CategoryForm]) -> e.Category | None:
    """The category that the form is about; None for a new one. Raises `Unknown`."""
    code = typed.values.get("code")
    if not code:
        return None
    known: e.Category | None = request.state.who.here.categories.get(code)
    if known is None:
        raise Unknown("unknown_page")
    return known


async def _context(request: Request, known: e.Category | None, meant: e.Category | None = None) -> dict[str, Any]:
    return {"preview": None, "labels": {}, "again": False} | await _about(request, known, meant)


async def _about(request: Request, known: e.Category | None, meant: e.Category | None = None) -> dict[str, Any]:
    """What the form shows around its fields; `meant` is the category as typed, where that can be read."""
    here, language, asked = request.state.who.here, request.state.language, meant or known
    return {
        "category": known,
        "colours": rules.COLOURS,
        "shapes": rules.SHAPES,
        "modes": tuple(e.Mode),
        "blockers": tuple(e.Blocker),
        "standards": standards(known.code if known else "", here, language),
        "less": less(asked, here, language) if asked else [],
        "version": await _version(request, known),
    }


async def _version(request: Request, known: e.Category | None) -> tuple[str, datetime, int] | None:
    """Who has set the category as it stands, when (UTC), and the number of that fact: its policy's version."""
    here = request.state.who.here
    seq = here.policies.get(known.code) if known else None
    if seq is None:
        return None
    async with request.app.state.store.reading() as connection:
        row = await history.row(connection, here.id, seq)
    return (row.actor, instant_from_text(row.at), seq) if row else None

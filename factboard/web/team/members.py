"""Who works in the team, as what: added by username, with an account where they have none; changed; removed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.refusal import Refused, Unknown
from factboard.recorder.users import add_member
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, Typed, read
from factboard.web.team.changing import NEW, change, mark, seen_now, unless_changed

FORM = "team/member.html"
ROLES = tuple(role for role in e.Role if role not in (e.Role.ADMIN, e.Role.WALL))


class MemberForm(Form):
    user: str = ""
    username: str = ""
    name: str = ""
    password: str = ""
    role: e.Role
    profession: str = ""
    employer: str = ""
    phone: str = ""
    works: tuple[int, ...] = ()
    leads_supervision: bool = False
    shown: str = ""  # the form asked for the three above; without it they stay as they were
    was: str = ""


async def member_form(request: Request) -> Response:
    """The form of one member, or of somebody new."""
    user = request.path_params["user"]
    known = None if user == NEW else _member(request, user)
    return blank(request, FORM, _shown(known), member=known, roles=ROLES)


async def save_member(request: Request) -> Response:
    """Add somebody, or change what they are in the team."""
    typed = await read(request, MemberForm)
    known = _member(request, typed.values["user"]) if typed.values.get("user") else None
    if typed.form is None:
        return _again(request, typed, known)
    try:
        if known:
            rule = unless_changed(rules.set_member, typed.form.was, lambda team: team.members.get(known.user))
            receipt = await change(request, rule, member=_as_typed(known, typed.form))
        else:
            left_out = {"user", "was", "shown"} | (set() if typed.form.shown else {"works", "leads_supervision"})
            who, given = request.state.who, typed.form.model_dump(exclude=left_out)
            receipt = await add_member(request.app.state.recorder, who.user, who.team, **given)
    except Refused as refusal:
        return _again(request, typed, known, refusal)
    return saved(request, receipt, "/settings")


async def remove_member(request: Request) -> Response:
    """They leave the team: their open screens end, their name stays in the history."""
    known = _member(request, request.path_params["user"])
    try:
        receipt = await change(request, rules.remove_member, user=known.user)
    except Refused as refusal:
        return _again(request, Typed[MemberForm](_shown(known)), known, refusal)
    return saved(request, receipt, "/settings")


def _member(request: Request, user: str) -> e.Member:
    known: e.Member | None = request.state.who.here.members.get(user)
    if known is None or known.left:
        raise Unknown("unknown_page")
    return known


def _shown(known: e.Member | None) -> dict[str, Any]:
    """What stands in the form; of somebody new, what most have."""
    member = asdict(known or e.Member("", "", "", e.Role.CLINICIAN))
    return member | {"works": list(map(str, member["works"])), "was": mark(known)}


def _as_typed(member: e.Member, form: MemberForm) -> e.Member:
    changed = replace(member, role=form.role, profession=form.profession, employer=form.employer)
    if not form.shown:
        return changed
    return replace(changed, phone=form.phone, works=form.works, leads_supervision=form.leads_supervision)


def _again(
    request: Request, typed: Typed[MemberForm], known: e.Member | None, refusal: Refused | None = None
) -> Response:
    typed.values.pop("password", None)  # never sent back
    seen_now(typed, refusal, known)
    return not_saved(request, FORM, typed, refusal=refusal, member=known, roles=ROLES)

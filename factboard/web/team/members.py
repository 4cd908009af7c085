"""Who works in the team, as what: added by username, with an account where they have none; changed; removed."""

from __future__ import annotations

from dataclasses import asdict, replace

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import accounts as account_rules
from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.case import Case
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.recorder import new_id
from factboard.recorder.users import add_user
from factboard.storage import accounts
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, Typed, read
from factboard.web.team.changing import NEW, change, mark, unless_changed

FORM = "team/member.html"
ROLES = tuple(role for role in e.Role if role is not e.Role.ADMIN)


class MemberForm(Form):
    user: str = ""
    username: str = ""
    name: str = ""
    password: str = ""
    role: e.Role
    profession: str = ""
    employer: str = ""
    was: str = ""


async def member_form(request: Request) -> Response:
    """The form of one member, or of somebody new."""
    user = request.path_params["user"]
    known = None if user == NEW else _member(request, user)
    values = asdict(known) if known else {"role": e.Role.CLINICIAN}
    return blank(request, FORM, values | {"was": mark(known)}, member=known, roles=ROLES)


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
            receipt = await change(request, rules.set_member, member=await _newcomer(request, typed.form))
    except Refused as refusal:
        return _again(request, typed, known, refusal)
    return saved(request, receipt, "/settings")


async def remove_member(request: Request) -> Response:
    """They leave the team: their open screens end, their name stays in the history."""
    known = _member(request, request.path_params["user"])
    try:
        receipt = await change(request, rules.remove_member, user=known.user)
    except Refused as refusal:
        return _again(request, Typed[MemberForm](asdict(known)), known, refusal)
    return saved(request, receipt, "/settings")


async def _newcomer(request: Request, form: MemberForm) -> e.Member:
    """The person who is to join, with a new account where the username is nobody's. Raises `Refused`."""
    username = account_rules.username(form.username)
    async with request.app.state.store.reading() as connection:
        account = await accounts.by_username(connection, username)
    if account and (account.admin or account.closed):
        raise Invalid("not_for_a_team", "username")
    if account:
        here = request.state.who.here.members.get(account.id)
        if here and not here.left:
            raise Invalid("already_member", "username")
        return _as_typed(e.Member(account.id, account.username, account.name, form.role), form)
    member = _as_typed(e.Member(NEW, form.username, form.name, form.role), form)
    # The rule is asked before there is an account: one whose place in the team is refused is not made.
    who = request.state.who
    rules.set_member(Case(who.here, None, who.user, request.app.state.clock(), new_id), member=member)
    made = await add_user(
        request.app.state.recorder, who.user, username=form.username, name=form.name, password=form.password
    )
    return replace(member, user=made.id, username=made.username, name=made.name)


def _member(request: Request, user: str) -> e.Member:
    known: e.Member | None = request.state.who.here.members.get(user)
    if known is None or known.left:
        raise Unknown("unknown_page")
    return known


def _as_typed(member: e.Member, form: MemberForm) -> e.Member:
    return replace(member, role=form.role, profession=form.profession, employer=form.employer)


def _again(
    request: Request, typed: Typed[MemberForm], known: e.Member | None, refusal: Refused | None = None
) -> Response:
    typed.values.pop("password", None)  # never sent back
    typed.values["was"] = mark(known)
    return not_saved(request, FORM, typed, refusal=refusal, member=known, roles=ROLES)

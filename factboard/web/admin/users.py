"""Accounts: added, given a new password, closed and reopened, and placed in teams."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.state import Team
from factboard.recorder import Receipt, Recorder, users
from factboard.storage import accounts, projections
from factboard.web.admin.places import places
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, Ticked, Typed, read
from factboard.web.pages import NOBODYS
from factboard.web.words import words_for

NEW = "new"  # stands in an address for what is not there yet
FORM, NEW_FORM = "admin/user.html", "admin/new_user.html"
ROLES = tuple(role for role in e.Role if role not in (e.Role.ADMIN, e.Role.WALL))


class UserForm(Form):
    username: str
    name: str
    password: str
    admin: Ticked = False


class PasswordForm(Form):
    password: str


class PlaceForm(Form):
    """`role` missing: the person leaves the team."""

    team: str
    role: e.Role | None = None


async def user_form(request: Request) -> Response:
    """One account, or the form of a new one."""
    if request.path_params["user"] == NEW:
        return blank(request, NEW_FORM, {})
    return blank(request, FORM, {}, **await _about(request))


async def add_user(request: Request) -> Response:
    typed, refusal = await read(request, UserForm), None
    if typed.form:
        try:
            made = await users.add_user(request.app.state.recorder, request.state.who.user, **typed.form.model_dump())
            return RedirectResponse(f"/admin/users/{made.id}", 303)
        except Refused as no:
            refusal = no
    typed.values.pop("password", None)  # never sent back
    return not_saved(request, NEW_FORM, typed, refusal=refusal)


async def set_password(request: Request) -> Response:
    """A new first password: whoever is signed in with the old one is signed out."""
    typed, about, refusal = await read(request, PasswordForm), await _about(request), None
    typed.values.clear()
    if typed.form:
        try:
            recorder, actor = request.app.state.recorder, request.state.who.user
            await users.set_password(recorder, actor, about["user"].id, typed.form.password)
            return RedirectResponse("/admin", 303)
        except Refused as no:
            refusal = no
    return not_saved(request, FORM, typed, refusal=refusal, **about)


async def close_user(request: Request) -> Response:
    """The account can sign in no more; its open screens end."""
    about = await _about(request)
    try:
        await users.close_user(request.app.state.recorder, request.state.who.user, about["user"].id)
    except Refused as refusal:
        return not_saved(request, FORM, Typed[Form]({}), refusal=refusal, **about)
    return RedirectResponse("/admin", 303)


async def reopen_user(request: Request) -> Response:
    about = await _about(request)
    await users.reopen_user(request.app.state.recorder, request.state.who.user, about["user"].id)
    return RedirectResponse("/admin", 303)


async def set_membership(request: Request) -> Response:
    """Give a person a place in a team, change it, or end it."""
    typed, about, refusal = await read(request, PlaceForm), await _about(request), None
    if typed.form:
        try:
            return saved(request, await _place(request, typed.form, about), f"/admin/users/{about['user'].id}")
        except Refused as no:
            refusal = no
    return not_saved(request, FORM, typed, refusal=refusal, **about)


async def _place(request: Request, form: PlaceForm, about: dict[str, Any]) -> Receipt:
    user: accounts.User = about["user"]
    team: Team | None = next((known for known in about["teams"] if known.id == form.team), None)
    if team is None:
        raise Invalid("unknown_team", "team")
    recorder: Recorder = request.app.state.recorder
    actor = request.state.who.user
    if form.role is None:
        return await recorder.change(team.id, actor, rules.remove_member, user=user.id)
    if user.admin or user.closed:
        raise Invalid("not_for_a_team", "team")
    known = team.members.get(user.id, e.Member(user.id, user.username, user.name, form.role))
    return await recorder.change(team.id, actor, rules.set_member, member=replace(known, role=form.role))


async def _about(request: Request) -> dict[str, Any]:
    """The account in the address and all teams. Raises `Unknown`."""
    id = request.path_params["user"]
    async with request.app.state.store.reading() as connection:
        user = await accounts.by_id(connection, id) if id.isprintable() else None
        teams = await projections.teams(connection)
    if user is None:
        raise Unknown("unknown_user")
    words = words_for(NOBODYS, request.state.language)
    choices = {
        "team": [(team.id, team.settings.name) for team in teams],
        "role": [(role.value, words.term(role)) for role in ROLES],
    }
    return {"user": user, "teams": teams, "places": places(teams, user.id), "choices": choices}

"""The administrator's first page, and new teams."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import accounts as rules
from factboard.domain.events import Settings
from factboard.domain.refusal import Refused
from factboard.recorder import Receipt
from factboard.storage import accounts, history, projections
from factboard.storage.codec import instant_from_text
from factboard.web.admin.places import places
from factboard.web.answers import blank, not_saved, saved
from factboard.web.forms import Form, read
from factboard.web.language import NAMES
from factboard.web.pages import page
from factboard.web.sentences import Teller

FORM = "admin/team.html"
NEWEST = 20  # of what was done to accounts and teams


class TeamForm(Form):
    team: str
    name: str
    language: str = "sv"


async def page_of_admin(request: Request) -> Response:
    """All teams and accounts, and what was done to them last."""
    async with request.app.state.store.reading() as connection:
        teams = await projections.teams(connection)
        everyone = await accounts.everyone(connection)
        rows = await history.newest(connection, history.SYSTEM, limit=NEWEST)
    teller = Teller(request.state.language, names={user.id: user.name for user in everyone})
    done = [(instant_from_text(row.at), teller.tell_row(row)) for row in rows]
    users = [(user, places(teams, user.id)) for user in everyone]
    return page(request, "admin/page.html", teams=teams, users=users, done=done)


async def team_form(request: Request) -> Response:
    return blank(request, FORM, {"language": request.state.language}, languages=list(NAMES.items()))


async def add_team(request: Request) -> Response:
    """A new team: its history begins, with the standard categories."""
    typed, refusal = await read(request, TeamForm), None
    if typed.form:
        try:
            return saved(request, await _found(request, typed.form), "/admin")
        except Refused as no:
            refusal = no
    return not_saved(request, FORM, typed, refusal=refusal, languages=list(NAMES.items()))


async def _found(request: Request, form: TeamForm) -> Receipt:
    settings = Settings(form.name, language=form.language)
    receipt: Receipt = await request.app.state.recorder.found_team(
        request.state.who.user, rules.team_id(form.team), settings
    )
    return receipt

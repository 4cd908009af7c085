"""One key on a wall, one button on any phone of the team: every wall is blank at once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.screens import blank_walls, show_walls
from factboard.recorder import Receipt, Rule
from factboard.web.answers import saved
from factboard.web.forms import Form, read
from factboard.web.security import local_path


class WhereFrom(Form):
    next: str = ""


async def blank(request: Request) -> Response:
    """By a person, or by a screen of the team itself."""
    return await _set(request, blank_walls)


async def show(request: Request) -> Response:
    """By a person only."""
    return await _set(request, show_walls)


async def _set(request: Request, rule: Rule) -> Response:
    who, typed = request.state.who, await read(request, WhereFrom)
    receipt: Receipt = await request.app.state.recorder.change(who.team, who.user, rule)
    return saved(request, receipt, "/wall" if who.screen else local_path(typed.values.get("next") or "/board"))

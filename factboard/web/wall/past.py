"""`/wall?at=`: the wall as it was, as a person saw it in their own session or as one of the screens of then was set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.events import Naming
from factboard.domain.wall import Mode, Wall, blank, knows, wall
from factboard.domain.wall import mode as mode_of
from factboard.web.pages import render
from factboard.web.past import Then, of_the_past
from factboard.web.wall.view import SCREEN, setting

IN_ONES_OWN_SESSION = "short.board"


async def as_it_was(request: Request) -> Response:
    """With `screen` in the address, what that screen showed; a screen that there was not then showed nothing."""
    asked, masked = request.query_params.get("screen", ""), request.state.who.masked

    def picture(then: Then, language: str) -> tuple[str, Iterable[str], dict[str, Any]]:
        shown = wall_of(then, f"{SCREEN}{asked}" if asked else IN_ONES_OWN_SESSION, codes=masked)
        html = render("wall/view.html", language, team=then.team, wall=shown, now=then.at)
        screens = [(one.id, one.name) for one in then.team.screens.values() if not one.revoked]
        theme = "dark" if shown.mode is Mode.BLANK else shown.theme
        return html, shown.clients, {"screens": screens, "screen": asked, "theme": theme}

    return await of_the_past(request, "wall", picture)


def wall_of(then: Then, audience: str, *, codes: bool = False) -> Wall:
    """What this audience saw then. `codes` stand where names would, and are not cut to initials."""
    naming, outside = setting(then.team, audience)
    if outside is None or mode_of(then.team, then.at, outside) is Mode.BLANK:
        return blank(then.team, then.at)
    clients = [one for one in then.clients if knows(one, then.at)]
    known, focus = {one.id for one in clients}, then.meeting.focus if then.meeting else None
    asked = [one for one in then.clients if one.id == focus] if focus else [one for one in then.clients if one.enrolled]
    return wall(
        then.team,
        clients,
        then.at,
        naming=Naming.SHORT if codes else naming,
        outside=outside,
        meeting=then.meeting,
        caseload=asked if then.meeting and focus not in known else [],
    )

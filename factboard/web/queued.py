"""What a phone's queue says of a request: who wrote it, in which team, how long ago, and that it is to be sent anyway.

What a clinician sends waits on the phone until it is acknowledged here, for hours where there is no coverage. Its
clock is never trusted for what time it is, only for how long ago something was. A header that makes no sense says
nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request

FOR = "factboard-for"  # "<user> <team>"
AGE = "factboard-age"  # milliseconds
ANYWAY = "factboard-anyway"  # "yes"

OLDEST = timedelta(days=30)


def meant_for(request: Request) -> tuple[str, str] | None:
    """The user who wrote it and the team that it is for; without a team, it is for the one they work in now."""
    user, _, team = request.headers.get(FOR, "").strip().partition(" ")
    return (user, team.strip()) if user else None


def made(request: Request) -> datetime | None:
    """When it was written (UTC), for what comes from a phone's queue. Never later than now."""
    age = _milliseconds(request.headers.get(AGE))
    if age is None:
        return None
    now: datetime = request.app.state.clock()
    return now - age


def circumstances(request: Request) -> dict[str, Any]:
    """What the recorder is told beside what was asked: they make no other request of it. `mandate` is what the form
    said, where it asked whether this is on the client's mandate.
    """
    mandate = getattr(request.state, "mandate", None)
    return {"made": made(request), "anyway": _said(request.headers.get(ANYWAY)), "mandate": mandate}


def _said(text: str | None) -> bool:
    return (text or "").strip().lower() == "yes"


def _milliseconds(text: str | None) -> timedelta | None:
    """How long ago, 0 for what lies ahead, and no more than a phone's queue can tell of."""
    digits = (text or "").strip()
    behind = digits.removeprefix("-")
    if not (behind.isascii() and behind.isdigit()):
        return None
    if behind != digits:
        return timedelta(0)
    if len(behind) > 15:  # measured before it is read: Python refuses to read thousands of digits
        return OLDEST
    return min(timedelta(milliseconds=int(behind)), OLDEST)

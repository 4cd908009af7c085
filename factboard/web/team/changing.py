"""How a change of the team is made from a form, and refused where two people made one at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from factboard.domain.case import Case
from factboard.domain.events import Entry
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.state import Team
from factboard.recorder import Receipt, Rule
from factboard.web.forms import Typed

NEW = "new"  # stands in an address for what is not there yet


def mark(part: object) -> str:
    """What a form carries of the part of the team that it shows."""
    return hashlib.sha256(repr(part).encode()).hexdigest()[:16]


def unless_changed(rule: Rule, was: str, part: Callable[[Team], object]) -> Rule:
    """The rule, refused where its part of the team is no longer what the form was opened on."""

    def checked(case: Case, **what: Any) -> list[Entry]:
        if mark(part(case.team)) != was:
            raise Conflict("changed_meanwhile")
        return rule(case, **what)

    return checked


def seen_now(typed: Typed[Any], refusal: Refused | None, part: object) -> None:
    """Let the form that is shown again carry the mark of `part` as it is, once its reader was told that it changed.

    A form with a mistake in it keeps its mark: its reader has not been told of what others did.
    """
    if isinstance(refusal, Conflict):
        typed.values["was"] = mark(part)


async def change(request: Request, rule: Rule, **what: object) -> Receipt:
    """Let the rule decide about the reader's own team. Raises `Refused`."""
    who = request.state.who
    receipt: Receipt = await request.app.state.recorder.change(who.team, who.user, rule, **what)
    return receipt

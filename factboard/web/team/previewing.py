"""Seen before it is saved: what a category as typed would do to today's board, and a mark of what was seen."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.domain.case import Case
from factboard.domain.refusal import Refused
from factboard.recorder import Rule
from factboard.web.forms import Typed
from factboard.web.labels import labels_of
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.sight import eyes
from factboard.web.team.changing import mark

VIEW = "settings"  # in the access log


class LookFirst(Refused):
    """Nothing is wrong with what was typed: its reader has not seen yet what it would do, or only asked to see it."""

    def __init__(self, found: stepdown.Preview, seen: str) -> None:
        super().__init__("look_first")
        self.found, self.seen = found, seen


def once_seen(rule: Rule, seen: str, *, only_look: bool) -> Rule:
    """The rule for a category, refused until `seen` marks what it would do to the board as it is at this moment.

    What does nothing to anybody needs no look.
    """

    def checked(case: Case, *, category: e.Category) -> list[e.Entry]:
        entries = rule(case, category=category)
        meant = next((one.fact.category for one in entries if isinstance(one.fact, e.CategoryChanged)), category)
        found = stepdown.preview(case.team, meant, case.others, case.now)
        would = mark((meant, [one.sign for one in found.effects]))
        if only_look or (found.effects and would != seen):
            raise LookFirst(found, would)
        return entries

    return checked


async def shown(
    request: Request, template: str, typed: Typed[Any], first: LookFirst, *, asked: bool, **context: Any
) -> Response:
    """The form with what it would do; sent again as it stands, it is saved. `asked`: its reader only wanted to look."""
    who, found, before = request.state.who, first.found, typed.values.get("previewed")
    clients = [one.client for one in found.effects]
    request.app.state.access.saw(who, VIEW, [one.id for one in clients])
    typed.values["previewed"] = first.seen
    status = 200 if asked else 409
    if wants_json(request):
        return JSONResponse({"saved": False, "refused": first.key, "previewed": first.seen} | _as_json(found), status)
    async with request.app.state.store.reading() as connection:
        labels = await labels_of(connection, who.team, eyes(request).of(clients))
    again = bool(before) and not asked
    return page(
        request,
        template,
        status=status,
        typed=typed,
        refusal=None,
        meanwhile=(),
        preview=found,
        labels=labels,
        again=again,
        **context,
    )


def _as_json(found: stepdown.Preview) -> dict[str, Any]:
    changes = [
        {
            "client": one.client.id,
            "before": one.before.state,
            "after": one.after.state,
            "called_off": one.called_off,
            "louder": [alarm.step for alarm in one.louder],
            "quieter": [alarm.step for alarm in one.quieter],
        }
        for one in found.effects
    ]
    return {"on_board": found.of, "changes": changes}

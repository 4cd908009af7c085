"""Beside a plan: the contacts that come of it, and how its goals go. And an evaluation of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request

from factboard.domain import calendar, planned_care
from factboard.domain.events.contents import Evaluation, GoalEvaluated, Kind
from factboard.domain.events.contents.words import GoalState
from factboard.domain.planned_care import Course, Stood
from factboard.domain.versions import Version
from factboard.recorder import new_id
from factboard.storage import documents
from factboard.web.documents.base import This
from factboard.web.sight import documents_seen

AHEAD = 28  # days of planned contacts shown
MOST = 12  # of them
GOALS = (*planned_care.PLANS, Kind.EVALUATION)
WIDE, HIGH, EDGE = 320, 84, 12  # of a goal's picture
LEVELS = (GoalState.REACHED, GoalState.NEARER, GoalState.SAME, GoalState.FURTHER)  # from the top down


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a goal stood, in its picture."""

    x: int
    y: int
    stood: Stood


@dataclass(frozen=True, slots=True)
class Drawn:
    """A goal's course, drawn: marks from left to right by their days, on one of four lines by how it stood."""

    course: Course
    marks: Sequence[Mark]

    @property
    def line(self) -> str:
        return " ".join(f"{one.x},{one.y}" for one in self.marks)


async def around(request: Request, this: This, version: Version) -> dict[str, Any]:
    """Beside a plan."""
    here, today = request.state.who.here, _today(request)
    newest = this.newest is not None and version.number == this.newest.number
    planned = planned_care.coming(this.client, here.settings, today, AHEAD) if newest else ()
    return {
        "is_newest": newest,
        "overlaid": newest and this.client.stay is not None,
        "coming": planned[:MOST],
        "short": this.client.planned if newest else None,
        "drawn": await _drawn(request, this) if newest else [],
        "fresh": new_id(),  # the id of the next evaluation
    }


async def evaluated(request: Request, this: This, version: Version) -> dict[str, Any]:
    """Beside an evaluation: how each goal has gone until now."""
    return {"drawn": await _drawn(request, this)}


async def evaluation(request: Request, this: This) -> Evaluation:
    """A new evaluation begins with the goals of the plans that are not over, of those that its writer may see."""
    left = [one for one in await _courses(request, this) if one.plan and not one.is_over]
    return Evaluation(on=_today(request), goals=tuple(GoalEvaluated(id=one.id, words=one.words) for one in left))


async def _courses(request: Request, this: This) -> Sequence[Course]:
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        found = await documents.of_client(connection, who.team, this.client.id, GOALS)
    return planned_care.courses(documents_seen(request, this.client, found), who.here.settings)


async def _drawn(request: Request, this: This) -> list[Drawn]:
    return drawn(await _courses(request, this))


def drawn(courses: Sequence[Course]) -> list[Drawn]:
    """All on one scale of time, so that they can be read beside one another."""
    days = [one.day for course in courses for one in course.stood]
    if not days:
        return [Drawn(one, ()) for one in courses]
    first, last = min(days), max(days)
    return [Drawn(one, [_mark(known, first, last) for known in one.stood]) for one in courses]


def _mark(stood: Stood, first: date, last: date) -> Mark:
    span = max((last - first).days, 1)
    x = EDGE + (WIDE - 2 * EDGE) * (stood.day - first).days // span
    level = LEVELS.index(stood.state) if stood.state in LEVELS else len(LEVELS) - 1
    return Mark(x, EDGE + level * (HIGH - 2 * EDGE) // (len(LEVELS) - 1), stood)


def _today(request: Request) -> date:
    return calendar.local_day(request.app.state.clock(), request.state.who.here.settings)

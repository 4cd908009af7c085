"""How the goals go: each goal of the plans, and how it stood at one evaluation after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.events.contents import CarePlan, Evaluation, Goal, Kind, SocialPlan
from factboard.domain.events.contents.words import GoalState
from factboard.domain.versions import Version

OVER = (GoalState.REACHED, GoalState.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Stood:
    """How a goal stood on a local day, in which evaluation; `said` is what the client says of it."""

    day: date
    state: GoalState
    said: str
    ref: str


@dataclass(frozen=True, slots=True)
class Course:
    """One goal: its words as they are now, the plan that has it (None: it is in none any more), how it stood."""

    id: str
    words: str
    plan: Kind | None
    stood: tuple[Stood, ...]
    by: date | None = None
    reached: date | None = None

    @property
    def is_over(self) -> bool:
        return self.reached is not None or bool(self.stood and self.stood[-1].state in OVER)


def courses(documents: Iterable[Version], settings: e.Settings) -> tuple[Course, ...]:
    """Of each goal in these newest versions of plans and evaluations: those of the plans first, as they stand there."""
    plans: dict[str, tuple[Goal, Kind]] = {}
    stood: dict[str, list[Stood]] = {}
    words: dict[str, str] = {}
    for one in sorted(documents, key=lambda one: (_day(one, settings), one.seq)):
        match one.content:
            case CarePlan() | SocialPlan() as plan:
                plans |= {goal.id: (goal, plan.document) for goal in plan.goals}
            case Evaluation() as found:
                day = _day(one, settings)
                for goal in found.goals:
                    words[goal.id] = goal.words
                    if goal.state:
                        stood.setdefault(goal.id, []).append(Stood(day, goal.state, goal.said, one.ref))
    known = [
        Course(id, goal.goal, kind, tuple(stood.get(id, ())), goal.by, goal.reached)
        for id, (goal, kind) in sorted(plans.items(), key=lambda one: list(Kind).index(one[1][1]))
    ]
    left = [Course(id, words[id], None, tuple(found)) for id, found in stood.items() if id not in plans]
    return (*known, *left)


def _day(one: Version, settings: e.Settings) -> date:
    on = one.content.on if isinstance(one.content, Evaluation) else None
    return on or calendar.local_day(one.at, settings)

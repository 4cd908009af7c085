"""The care plan and the social plan, which a client returns to, and how they are evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from factboard.domain.events.contents.fields import (
    choice,
    choices,
    colleague,
    day,
    known,
    line,
    lines,
    number,
    rows,
    text,
)
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.contents.words import GoalState, LifeArea, Weekday


@dataclass(frozen=True, slots=True)
class MappedNeed:
    id: str = known()
    area: LifeArea | None = choice()
    need: str = text(500)
    met_by: str = line()


@dataclass(frozen=True, slots=True)
class Goal:
    """In the client's own words; `subgoals` are the steps."""

    id: str = known()
    goal: str = text(500)
    subgoals: tuple[str, ...] = lines()
    by: date | None = day()
    reached: date | None = day()


@dataclass(frozen=True, slots=True)
class Intervention:
    """What is done for which goal, and by whom: a member of the team, or another provider."""

    id: str = known()
    what: str = text(500)
    provider: str = line()
    who: str = colleague()
    note: str = line()


@dataclass(frozen=True, slots=True)
class StandingContact:
    """A line of the standing schedule: `who` meets the client every so many days, or on these weekdays."""

    id: str = known()
    who: str = colleague()
    every_days: int | None = number(1, 366)
    weekdays: tuple[Weekday, ...] = choices()
    where: str = line()
    first: date | None = day()


@dataclass(frozen=True, slots=True)
class SharedDecision:
    """Decided together: what there was to choose from, what the client wished, what was chosen, who disagrees."""

    id: str = known()
    about: str = line()
    options: tuple[str, ...] = lines()
    wish: str = text(500)
    chosen: str = text(500)
    disagreement: str = text(500)
    on: date | None = day()


@dataclass(frozen=True, slots=True)
class CarePlan:
    document: Literal[Kind.CARE_PLAN] = Kind.CARE_PLAN
    needs: tuple[MappedNeed, ...] = rows()
    goals: tuple[Goal, ...] = rows()
    interventions: tuple[Intervention, ...] = rows()
    contacts: tuple[StandingContact, ...] = rows()
    decisions: tuple[SharedDecision, ...] = rows()
    note: str = text()


@dataclass(frozen=True, slots=True)
class SocialPlan:
    document: Literal[Kind.SOCIAL_PLAN] = Kind.SOCIAL_PLAN
    needs: tuple[MappedNeed, ...] = rows()
    goals: tuple[Goal, ...] = rows()
    interventions: tuple[Intervention, ...] = rows()
    contacts: tuple[StandingContact, ...] = rows()
    decisions: tuple[SharedDecision, ...] = rows()
    note: str = text()


@dataclass(frozen=True, slots=True)
class GoalEvaluated:
    """`id` is the goal's own in its plan, so that its course can be followed; `words` are the goal as it was then."""

    id: str = known()
    words: str = line(500)
    state: GoalState | None = choice()
    said: str = text(500)  # what the client says of it


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the goals stand on a day."""

    document: Literal[Kind.EVALUATION] = Kind.EVALUATION
    on: date | None = day()
    goals: tuple[GoalEvaluated, ...] = rows()
    note: str = text()

"""The plans to which a client returns: which version is in force, and what may stand in one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from factboard.domain import events as e
from factboard.domain import roster
from factboard.domain.case import Case
from factboard.domain.events.contents import CarePlan, Evaluation, Kind, SocialPlan, StandingContact
from factboard.domain.planned_care.following import follow_up
from factboard.domain.planned_care.schedule import RAREST
from factboard.domain.refusal import Invalid
from factboard.domain.state import Client, Team

PLANS = (Kind.CARE_PLAN, Kind.SOCIAL_PLAN)
A_WEEK = 7
EARLIEST = timedelta(days=2 * RAREST)  # before today, for the day from which an interval is counted


def in_force(client: Client) -> tuple[e.PlanVersion, ...]:
    """The version of each plan that is in force: the newest. A time on the board lies over them and changes none."""
    known = ((kind, client.documents.get(kind)) for kind in PLANS)
    return tuple(e.PlanVersion(kind, one.number, one.digest) for kind, one in known if one)


def leads_back(team: Team, client: Client, today: date) -> dict[str, Any]:
    """To what a return today leads back, as `Returned` says it: who meets the client by when, the plans in force."""
    day, who = follow_up(team, client, today)
    return {"follow_up": day, "who": who, "plans": in_force(client)}


def may_stand(case: Case, plan: CarePlan | SocialPlan) -> None:
    """Can the plan's standing contacts be held? Raises `Invalid` beside what cannot; what stood before, stands."""
    before = case.document.content if case.document else None
    known = before.contacts if isinstance(before, CarePlan | SocialPlan) else ()
    for index, line in enumerate(plan.contacts):
        if line not in known:
            _may_stand(case, line, f"contacts-{index}-")


def says_something(case: Case, found: Evaluation) -> None:
    """Does an evaluation say of any goal how it stands, or anything at all, and of which? Raises `Invalid`."""
    for place, goal in enumerate(found.goals):
        if not goal.words:
            raise Invalid("required", f"goals-{place}-words")
    if not found.note and not any(goal.state or goal.said for goal in found.goals):
        raise Invalid("nothing_written", "note")


def _may_stand(case: Case, line: StandingContact, at: str) -> None:
    if not line.who:
        raise Invalid("choose_one", f"{at}who")
    if case.member(line.who, f"{at}who").role not in roster.CLINICAL:
        raise Invalid("unknown_member", f"{at}who")
    if not line.every_days and not line.weekdays:
        raise Invalid("how_often", f"{at}every_days")
    if line.weekdays and (line.every_days or A_WEEK) % A_WEEK:
        raise Invalid("whole_weeks", f"{at}every_days")
    if line.first and not case.today - EARLIEST <= line.first <= case.today + timedelta(days=RAREST):
        raise Invalid("day_out_of_range", f"{at}first")

"""By which model, by whom and how often a client is met: what facts about caseloads make of their state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from factboard.domain import events as e
from factboard.domain.state.planned_care import PlannedContact

if TYPE_CHECKING:
    from factboard.domain.state.shapes import Client

KEPT = 12  # changes of pace in a state; older ones stand in the history


@dataclass(frozen=True, slots=True)
class Paced:
    """The schedule was thinned out or stepped up: every so many days instead of `before`."""

    at: datetime
    by: str
    before: int
    every_days: int
    reason: str


def of_caseload(state: Client, row: e.Recorded) -> dict[str, Any]:
    """What changes in the client's state with one of these facts."""
    match row.fact:
        case e.ClientModelSet(model=model):
            return {"model": model}
        case e.CaseManagerChanged(case_manager=user, previous=before, contacts=along):
            known = state.details
            substitute = None if known.substitute == user else known.substitute
            mended = {"details": replace(known, case_manager=user, substitute=substitute)}
            return mended | (_taken_over(state, before, user) if along else {})
        case e.IntensityChanged(who=who, every_days=every, before=before, next=day, reason=reason):
            now, short = PlannedContact(who, every, day, row.actor, row.at), state.planned
            paced = (*state.paced, Paced(row.at, row.actor, before, every, reason))[-KEPT:]
            if short and short.who == who:
                return {"planned": now, "paced": paced}
            return {"own_pace": (*(one for one in state.own_pace if one.who != who), now), "paced": paced}
    return {}


def _taken_over(state: Client, before: str | None, user: str) -> dict[str, Any]:
    """The schedule, with what was one person's made another's."""
    short = state.planned
    taken = replace(short, who=user) if short and short.who == before else short
    paces = {user if one.who == before else one.who: one for one in state.own_pace}
    return {
        "planned": taken,
        "own_pace": tuple(replace(one, who=who) for who, one in paces.items() if not (taken and taken.who == who)),
        "lines": tuple(replace(one, who=user) if one.who == before else one for one in state.lines),
    }

"""By which model, by whom and how often a client is met: what facts about caseloads make of their state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from factboard.domain import events as e

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
        case e.CaseManagerChanged(case_manager=user):
            known = state.details
            substitute = None if known.substitute == user else known.substitute
            return {"details": replace(known, case_manager=user, substitute=substitute)}
        case e.IntensityChanged(every_days=every, before=before, reason=reason):
            return {"paced": (*state.paced, Paced(row.at, row.actor, before, every, reason))[-KEPT:]}
    return {}

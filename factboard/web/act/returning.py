"""The forms of the way back to planned care: kept on, announced, told, declined, back up again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from factboard.domain import calendar, caseload, planned_care, stepdown
from factboard.domain.events import Informed
from factboard.domain.meeting.returns import if_announced
from factboard.domain.state import Client, Team
from factboard.domain.stepdown import announcing
from factboard.web.act.base import ActForm, Plans
from factboard.web.forms import Choice, Day, Missing, Ticked

Told = Annotated[Literal[Informed.YES, Informed.NO, Informed.NOT_POSSIBLE], Missing("choose_one")]
"""Was the client told? "Not known" is no answer to it."""


class Keep(ActForm):
    until: Day | None = None
    reason: str


class Telling(ActForm):
    """Whether the client was told of the return, and what they think of it; `objects`: they do not want it."""

    informed: Told
    view: str = ""
    objects: Ticked = False


class Schedule(Plans):
    who: Choice
    every_days: int
    next: Day


class Return(Plans):
    """By hand. `declined`: the client does not want to be on the board, and a second person agrees."""

    reason: str
    declined: Ticked = False
    agreed_with: str | None = None


class Back(ActForm):
    """One touch: nothing is asked."""


def ahead(team: Team, client: Client, now: datetime) -> dict[str, Any]:
    """What these forms say of what comes: where the client stands, their plan, and what a return or a hold leads to."""
    today = calendar.local_day(now, team.settings)
    pacers = dict.fromkeys(one.who for one in planned_care.next_of_each(client, team.settings))
    kept = client.stay.kept if client.stay else None
    return {
        "standing": stepdown.standing(team, client, now),
        "returns": if_announced(team, client.stay, now) if client.stay else None,
        "plan": planned_care.next_contact(client, team.settings),
        "follow_up": planned_care.follow_up(team, client, today),
        "paces": caseload.PACES,
        "pacers": [(user, team.members[user].name) for user in pacers],
        "model": caseload.model_of(team, client),
        "models": caseload.offered(team, client),
        "kept": kept if kept and today <= kept.until else None,
        "kept_until": today + announcing.USUAL_HOLD,
        "kept_at_most": today + announcing.LONGEST_HOLD,
    }

"""What a client's page says of the way back to planned care, and of planned care itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from factboard.domain import calendar, caseload, louder, planned_care, roster, stepdown
from factboard.domain.board import last_time
from factboard.domain.state import Client, Team
from factboard.domain.stepdown.weighing import weighed

RATINGS = 12  # the newest ones of this time on the board


def way(team: Team, client: Client, now: datetime) -> dict[str, Any]:
    """Where they stand by the rule, on what, and what planned care is for them."""
    today = calendar.local_day(now, team.settings)
    answering = (client.details.case_manager, client.details.substitute)
    category = team.categories[client.stay.category] if client.stay else None
    return {
        "standing": stepdown.standing(team, client, now),
        "ratings": weighed(team, client, now)[:RATINGS],
        "category": category,
        "policy_seq": team.policies.get(category.code) if category else None,
        "contacts": planned_care.next_of_each(client, team.settings),
        "model": caseload.model_of(team, client),
        "away": [user for user in answering if user and not roster.present(team, user, today)],
        "last_time": last_time(client),
        "follow_up_late": planned_care.follow_up_missed(client, now, team.settings),
        "alarms": louder.alarms(team, client, now),
    }

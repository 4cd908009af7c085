"""The sheet that a client takes home: why they are on the board, who comes, what ends it, how they ask to be put up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from factboard.domain import calendar, planned_care, roster, stepdown, visits
from factboard.domain import events as e
from factboard.domain.planned_care import NextContact
from factboard.domain.state import Client, Team

AHEAD = timedelta(days=14)  # visits on the sheet
MOST = 8  # of them
OWN = (e.Source.TEAM, e.Source.CLIENT)  # whose words may stand there: what others told, they told the team


@dataclass(frozen=True, slots=True)
class Coming:
    """Who comes on a local day, `at` a local time where one is set; `who` None: nobody yet."""

    day: date
    at: time | None
    who: str | None


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """`reason` is empty where it came from others, and `told_by_others` then. `asks` is the policy by which the time
    ends, None where people decide. `returns` (UTC) is when it ends, where that is planned.
    """

    client: Client
    reason: str
    told_by_others: bool
    coming: tuple[Coming, ...]
    contact: NextContact | None
    asks: e.Policy | None
    returns: datetime | None
    kept: date | None
    coordinator: e.Member | None
    duty: e.Member | None


def own_sheet(team: Team, client: Client, now: datetime) -> OwnSheet:
    """What stands on it at this moment (UTC)."""
    today, stay = calendar.local_day(now, team.settings), client.stay
    stands = stepdown.standing(team, client, now)
    policy = team.categories[stay.category].policy if stay else None
    by_rule = policy if policy and policy.mode is not e.Mode.BY_HAND else None
    by_others = stay is not None and (stay.flagged_source not in OWN or stay.back)  # back: the words of another time
    answers = planned_care.coordinator(team, client, today)
    return OwnSheet(
        client,
        stay.reason if stay and not by_others else "",
        by_others,
        _coming(team, client, today),
        planned_care.next_contact(client, team.settings),
        by_rule,
        stands.returns if stay and stay.announced else None,
        stay.kept.until if stay and stay.kept and stay.kept.until >= today else None,
        team.members[answers] if answers else None,
        roster.on_duty(team, today),
    )


def _coming(team: Team, client: Client, today: date) -> tuple[Coming, ...]:
    near = sorted((one for one in client.visits if today <= one.day <= today + AHEAD), key=visits.in_time)
    return tuple(Coming(one.day, one.at, visits.covered_by(team, one)) for one in near[:MOST])

"""Whose care somebody answers for: where they stand, when somebody meets them next, when they were last seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from factboard.domain import calendar, louder, planned_care, signs, stepdown, visits
from factboard.domain.offered import by_name
from factboard.domain.state import Client, Contact, Team
from factboard.domain.stepdown import Standing


@dataclass(frozen=True, slots=True)
class Next:
    """The next planned contact of whatever kind, on a local day: a visit, a follow-up, or one of the standing schedule.

    `who` is None where nobody goes as things stand.
    """

    day: date
    at: time | None
    who: str | None
    late: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """A client of this person's. `standing` is None off the board; `instead` of whom they stand in.

    `now`: on the board, or to be met by today; the others can wait, and are folded away.
    """

    client: Client
    standing: Standing | None
    next: Next | None
    seen: Contact | None
    untaken: bool
    now: bool
    instead: str | None


def mine(team: Team, clients: Iterable[Client], user: str, now: datetime) -> list[Mine]:
    """Those on the board first, in its order; then those to be met by now, the latest first; then the rest by name."""
    found = [_mine(team, client, user, now) for client in clients if is_theirs(team, client, user, now)]
    return sorted(found, key=lambda one: (*_place(team, one), *by_name(one.client)))


def turns(team: Team, shown: Iterable[Mine], now: datetime) -> list[datetime]:
    """The coming instants (UTC) at which where they stand changes by time alone; days change at midnight."""
    return [at for one in shown if one.standing for at in stepdown.turns(team, one.client, now)]


def is_theirs(team: Team, client: Client, user: str, now: datetime) -> bool:
    """Do they answer for the client's care, or stand in for who does?"""
    today = calendar.local_day(now, team.settings)
    return user in (client.details.case_manager, planned_care.coordinator(team, client, today))


def _mine(team: Team, client: Client, user: str, now: datetime) -> Mine:
    today = calendar.local_day(now, team.settings)
    stay, coming = client.stay, _next(team, client, today)
    due = coming is not None and coming.day <= today
    manager = client.details.case_manager
    return Mine(
        client=client,
        standing=stepdown.standing(team, client, now) if stay else None,
        next=coming,
        seen=signs.last_seen(client),
        untaken=stay is not None and louder.is_untaken(stay),
        now=stay is not None or due or planned_care.waits_for_follow_up(client) is not None,
        instead=manager if manager != user else None,
    )


def _next(team: Team, client: Client, today: date) -> Next | None:
    """The earliest of all that is planned."""
    found = [
        Next(one.day, one.at, visits.covered_by(team, one), late=False)
        for one in visits.ahead(client, team.settings, today)[:1]
    ]
    if waits := planned_care.waits_for_follow_up(client):
        found.append(Next(waits.due, None, waits.who, waits.due < today))
    if plan := planned_care.next_contact(client, team.settings):
        found.append(Next(plan.day, None, plan.who, plan.day < today))
    return min(found, key=lambda one: one.day, default=None)


def _place(team: Team, one: Mine) -> tuple[int, int]:
    if one.client.stay:
        return 0, team.categories[one.client.stay.category].order
    if one.now:
        return 1, one.next.day.toordinal() if one.next else 0
    return 2, 0

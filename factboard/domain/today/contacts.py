"""Whom somebody is to meet without a visit planned: after a return, and by the standing schedule of planned care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from factboard.domain import calendar, planned_care, roster, signs, visits
from factboard.domain.state import Client, Team


@dataclass(frozen=True, slots=True)
class Meet:
    """A contact that this person is to make by the local day `day`. `since` (UTC): when the client returned, None for
    one of the standing schedule. `instead` of whom, who is away.
    """

    client: Client
    day: date
    late: bool
    since: datetime | None = None
    instead: str | None = None


def to_meet(team: Team, clients: Iterable[Client], user: str, now: datetime) -> list[Meet]:
    """This person's, what is late first: each follow-up of a return until it is made, a planned contact on its day."""
    found = (one for client in clients for one in _meets(team, client, user, now))
    return sorted(found, key=lambda one: (not one.late, one.day, one.since is None, one.client.id))


def met(team: Team, clients: Iterable[Client], user: str, now: datetime) -> list[Client]:
    """Whom this person has met today as they were to: after a return, or by the standing schedule."""
    today = calendar.local_day(now, team.settings)
    return [client for client in clients if _was_due(client, today) and _met_by(team, client, user, today)]


def _meets(team: Team, client: Client, user: str, now: datetime) -> Iterator[Meet]:
    """Once for each person's line that is due: who has two of them makes both in one go."""
    today = calendar.local_day(now, team.settings)
    if waits := planned_care.waits_for_follow_up(client):
        goes, late = _goes(team, client, waits.who, today), waits.due < today
        if goes == user:
            yield Meet(client, waits.due, late, waits.since, _instead(goes, waits.who))
        return
    each = planned_care.next_of_each(client, team.settings)
    visited = {one.who for one in visits.ahead(client, team.settings, today) if one.day == today}
    if visited and len(each) == 1:
        return  # a visit that is planned for today is that contact
    for who, plan in {one.who: one for one in reversed(each) if one.day <= today and one.who not in visited}.items():
        goes = _goes(team, client, who, today)
        if goes == user:
            yield Meet(client, plan.day, plan.day < today, None, _instead(goes, who))


def _goes(team: Team, client: Client, who: str | None, today: date) -> str | None:
    """Whoever was to meet them, unless they are away: then who answers for the client, where anybody does."""
    if who and roster.present(team, who, today):
        return who
    return planned_care.coordinator(team, client, today) or who


def _instead(goes: str | None, who: str | None) -> str | None:
    return who if who and who != goes else None


def _was_due(client: Client, today: date) -> bool:
    return bool(client.follow_up or client.lines or (client.planned and client.planned.next <= today))


def _met_by(team: Team, client: Client, user: str, today: date) -> bool:
    newest = signs.contacts(client)[-1:]
    return any(
        user in (one.by, *one.others) and calendar.local_day(one.happened_at, team.settings) == today for one in newest
    )

"""Who answers for a client in planned care, and the contact after a return."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from factboard.domain import calendar, roster
from factboard.domain import events as e
from factboard.domain.planned_care.schedule import upcoming
from factboard.domain.state import Client, FollowUp, Team

FOLLOW_UP = timedelta(days=7)  # after a return, by when somebody meets the client (design 5)


def coordinator(team: Team, client: Client, day: date) -> str | None:
    """Who answers for the client on this day: the case manager, or, while they are away, the named substitute."""
    known = client.details
    return next((user for user in (known.case_manager, known.substitute) if roster.present(team, user, day)), None)


def follow_up(team: Team, client: Client, today: date) -> tuple[date, str | None]:
    """By which local day somebody meets a client who returns today, and who: by the plan where it is soon enough."""
    latest, planned = today + FOLLOW_UP, upcoming(client, team.settings, today)
    who = planned.who if planned and roster.present(team, planned.who, today) else coordinator(team, client, today)
    return (planned.day if planned and today <= planned.day <= latest else latest), who


def waits_for_follow_up(client: Client) -> FollowUp | None:
    """The contact after a return that nobody has made yet."""
    plan = client.follow_up
    return plan if plan and plan.done is None and client.stay is None and client.enrolled else None


def follow_up_order(client: Client) -> tuple[bool, date]:
    """Who comes first of those who have returned: whose follow-up is overdue the longest, then due the soonest.

    Last, those whom somebody has met.
    """
    plan = client.follow_up
    return bool(plan and plan.done), plan.due if plan and not plan.done else date.max


def follow_up_missed(client: Client, now: datetime, settings: e.Settings) -> bool:
    """Has the day by which somebody was to meet them passed?"""
    plan = waits_for_follow_up(client)
    return plan is not None and calendar.midnight_after(plan.due, settings) <= now

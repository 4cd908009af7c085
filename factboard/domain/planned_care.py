"""Planned care, as much of it as the way back needs: who meets the client how often and when next, and who is there.

The rest of a client's plan comes with an issue of its own; what stands here is what a return leads back to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factboard.domain import calendar, roster, signs
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Client, FollowUp, Team

RAREST = 366  # days between two contacts
FOLLOW_UP = timedelta(days=7)  # after a return, by when somebody meets the client (design 5)


@dataclass(frozen=True, slots=True)
class NextContact:
    """The next planned contact: who, on which local day."""

    who: str
    day: date


def set_planned_contact(case: Case, *, who: str, every_days: int, next: date) -> list[e.Entry]:
    """The standing schedule: `who` meets the client every so many days, next on `next` (a local day)."""
    client = case.enrolled()
    if case.meanwhile(e.PlannedContactSet, e.IntensityChanged):
        raise Conflict("plan_changed_meanwhile")
    goes = case.member(who, "who")
    if goes.role not in roster.CLINICAL:
        raise Invalid("unknown_member", "who")
    if not 1 <= every_days <= RAREST:
        raise Invalid("number_out_of_range", "every_days", low=1, high=RAREST)
    if not case.today <= next <= case.today + timedelta(days=RAREST):
        raise Invalid("day_out_of_range", "next")
    known = client.planned
    if known and (known.who, known.every_days, known.next) == (goes.user, every_days, next):
        return []
    return [case.about(e.PlannedContactSet(goes.user, every_days, next))]


def next_contact(client: Client, settings: e.Settings) -> NextContact | None:
    """When the standing schedule says that somebody meets the client next.

    The day that was set stands until there is a contact on it or later; from then on it is counted from the newest.
    """
    plan = client.planned
    if plan is None:
        return None
    newest = signs.contacts(client)[-1:]
    made = calendar.local_day(newest[0].happened_at, settings) if newest else None
    return NextContact(plan.who, made + timedelta(days=plan.every_days) if made and made >= plan.next else plan.next)


def coordinator(team: Team, client: Client, day: date) -> str | None:
    """Who answers for the client on this day: the case manager, or, while they are away, the named substitute."""
    known = client.details
    return next((user for user in (known.case_manager, known.substitute) if roster.present(team, user, day)), None)


def follow_up(team: Team, client: Client, today: date) -> tuple[date, str | None]:
    """By which local day somebody meets a client who returns today, and who: by the plan where it is soon enough."""
    latest, planned = today + FOLLOW_UP, next_contact(client, team.settings)
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

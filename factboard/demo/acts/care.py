"""Planned care and what goes on beside the board: the standing schedule, who stands in for a case manager, the crisis
plan, an enrolment that ends, a notice read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from factboard.demo import course
from factboard.demo.acts.anchoring import plan
from factboard.demo.day import Day
from factboard.demo.phrases import bank, pick
from factboard.domain import calendar, crisis_plan, enrolment, planned_care
from factboard.domain import events as e
from factboard.domain.notices import Notice, read_notice
from factboard.domain.state import Client


def plan_reviewed(day: Day, client: Client) -> bool:
    """Was the crisis plan gone through during this time on the board?"""
    if client.stay is None or client.crisis_plan is None:
        return False
    return client.crisis_plan.on >= calendar.local_day(client.stay.since, day.team.settings)


async def plan_care(day: Day, client: str, ahead: int = 5) -> None:
    """The next planned contact: by whoever answers for the client, about so many working days from now."""
    known = await day.state(client)
    if known is None:
        return
    goes = planned_care.coordinator(day.team, known, day.day) or day.who(known)
    if goes is None or goes not in day.team.members:
        return
    every = known.planned.every_days if known.planned else day.chance.choice(course.EVERY_DAYS)
    by = goes if goes in day.here() else day.who(known) or goes
    await plan(
        day, by, planned_care.set_planned_contact, client, who=goes, every_days=every, next=_day(day, goes, ahead)
    )


def _day(day: Day, who: str, ahead: int) -> date:
    """So many working days from now, or the first one after it that is one of theirs."""
    found = (day.working_day(ahead + more) for more in range(7))
    first = day.working_day(ahead)
    return next((one for one in found if one.weekday() in day.team.members[who].works), first)


async def name_substitute(day: Day, client: str, first: date, last: date) -> None:
    """The case manager is going away: somebody who is here meanwhile stands in for them."""
    known = await day.state(client)
    manager = known.details.case_manager if known else None
    here = {*day.here(first), *day.here(last)} & {*day.here()}
    others = sorted(user for user in here if user != manager)
    if known and manager and others and known.details.substitute not in others:
        details = replace(known.details, substitute=day.chance.choice(others))
        await day.do(manager, enrolment.correct, client, details=details)


async def review_crisis_plan(day: Day, client: str) -> None:
    known = await day.state(client)
    who = day.who(known, 0.8) if known else None
    if who is None:
        return
    together = day.share(0.85)
    note = pick(day.chance, "crisis_plans", "notes" if together else "declined")
    await day.do(who, crisis_plan.review_crisis_plan, client, with_client=together, note=note)


async def end(day: Day, client: str) -> None:
    """Moved, completed, or another team's from now on."""
    known = await day.state(client)
    who = day.who(known, 0.9) if known else None
    if known is None or known.stay or who is None:
        return
    reason = day.chance.choice((e.EndReason.MOVED, e.EndReason.COMPLETED, e.EndReason.OTHER_TEAM))
    note = bank()["enrolment_ends"][reason.value]
    await day.do(who, enrolment.end_enrolment, client, reason=reason, note=note)


async def read(day: Day, notice: Notice) -> None:
    if await day.desk.client(notice.client):
        await day.do(notice.user, read_notice, notice.client, notice=notice.seq)

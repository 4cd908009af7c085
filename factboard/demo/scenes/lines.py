"""The lines of the cast: what happens to one of them at a moment, each through the same rules as a person's click."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time, timedelta

from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.demo.staff import PEOPLE
from factboard.domain import crisis_plan, enrolment, placement, planned_care, roster, stepdown, visits
from factboard.domain import events as e
from factboard.domain.events import Rating
from factboard.domain.state import Client

Line = Callable[[Day, str], Awaitable[None]]

ALWAYS_HERE = tuple(person.username for person in PEOPLE)
EVERY_DAYS = 14


async def flagged(day: Day, client: str) -> None:
    """On the board, with somebody who stands in for the case manager whenever they are away."""
    known = await day.state(client)
    by = day.who(known) if known else None
    if known is None or known.stay or by is None:
        return
    manager = known.details.case_manager
    stands_in = next(
        (user for user in ALWAYS_HERE if user != manager and roster.present(day.team, user, day.day)), None
    )
    await day.do(by, enrolment.correct, client, details=replace(known.details, substitute=stands_in))
    reason = pick(day.chance, "reasons", "crisis_prevention")
    what = {"category": "crisis_prevention", "reason": reason, "informed": e.Informed.YES}
    await day.do(by, placement.put_on_board, client, **what)


def taken(following: date) -> Line:
    """Somebody has it, and says who goes there on that day."""

    async def line(day: Day, client: str) -> None:
        known = await day.state(client)
        by = day.who(known, 0.8) if known else None
        if known and known.stay and known.stay.taken_by is None and by:
            await day.do(by, placement.take, client)
            await _goes_next(day, client, by, following)

    return line


def seen(rating: Rating, following: date | None) -> Line:
    """Somebody goes there, and says who goes next, on that day."""

    async def line(day: Day, client: str) -> None:
        known = await day.state(client)
        by = _goes(day, known) if known else None
        if known and known.stay and by:
            await _met(day, client, by, rating)
            if following:
                await _goes_next(day, client, by, following)

    return line


async def worse(day: Day, client: str) -> None:
    """Just now, and it is on everybody's screen."""
    known = await day.state(client)
    by = _goes(day, known) if known else None
    if known and known.stay and by:
        await _met(day, client, by, Rating.WORSE)


def planned(following: date) -> Line:
    """What planned care goes on with, on this day."""

    async def line(day: Day, client: str) -> None:
        known = await day.state(client)
        goes = planned_care.coordinator(day.team, known, day.day) if known else None
        if goes:
            what = {"who": goes, "every_days": EVERY_DAYS, "next": following}
            await day.do(goes, planned_care.set_planned_contact, client, **what)

    return line


async def plan_reviewed(day: Day, client: str) -> None:
    known = await day.state(client)
    by = day.who(known, 0.8) if known else None
    if by:
        note = pick(day.chance, "crisis_plans", "notes")
        await day.do(by, crisis_plan.review_crisis_plan, client, with_client=True, note=note)


def kept_until(until: date) -> Line:
    """Somebody who knows them thinks that it is too early."""

    async def line(day: Day, client: str) -> None:
        known = await day.state(client)
        by = day.who(known, 0.7) if known else None
        if known and known.stay and by:
            await day.do(by, stepdown.keep_on, client, reason=pick(day.chance, "returning", "kept"), until=until)

    return line


async def _met(day: Day, client: str, by: str, rating: Rating) -> None:
    await day.do(
        by,
        placement.log_contact,
        client,
        contact=e.ContactKind.HOME,
        happened_at=day.hands.now - timedelta(minutes=20),
        note=pick(day.chance, "notes", rating),
        rating=rating,
    )


def _goes(day: Day, client: Client) -> str | None:
    """Whoever was to go today, else somebody other than the last time: no one person decides how they are."""
    for visit in visits.ahead(client, day.team.settings, day.day):
        if visit.day == day.day and (who := visits.covered_by(day.team, visit)):
            return who
    last = client.stay.ratings[-1].by if client.stay and client.stay.ratings else None
    return day.who(client, 0.3, unlike=last)


async def _goes_next(day: Day, client: str, last: str, on: date) -> None:
    known = await day.state(client)
    goes = day.who(known, 0.3, unlike=last, on=on) if known and known.stay else None
    if goes:
        at = time(day.chance.randint(10, 15), day.chance.choice((0, 30)))
        await day.do(last, visits.plan_visit, client, who=goes, day=on, at=at)

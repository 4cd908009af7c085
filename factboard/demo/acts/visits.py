"""Visits and contacts: who goes next, and what came of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from factboard.demo import course
from factboard.demo.acts.actions import add_action
from factboard.demo.acts.anchoring import plan
from factboard.demo.day import WORK_ENDS, Day
from factboard.demo.phrases import bank, pick
from factboard.domain import calendar, placement, visits
from factboard.domain import events as e
from factboard.domain.meeting.leading import must_decide
from factboard.domain.state import Client, Visit

NOON = time(12)
NOT_AFTER_ALL = 0.04  # of those whose return is announced are worse at a visit


async def plan_visit(day: Day, client: str, by: str, ahead: int, *, besides: bool = False) -> None:
    """Who goes next, `ahead` working days from now; where nobody goes yet, or `besides`."""
    known = await day.state(client)
    on = day.working_day(ahead)
    if on < calendar.local_day(day.hands.now, day.team.settings):
        return  # it went past midnight meanwhile
    goes = day.who(known, 0.45, on=on) if known else None
    if known is None or known.stay is None or goes is None or client in day.left_alone:
        return
    if someone_goes(day, known) and not besides:
        return
    low = max(day.hour + 1, 9) if ahead == 0 else 9
    at = time(min(day.chance.randint(low, max(low, 15)), 20), day.chance.choice((0, 0, 15, 30, 30, 45)))
    instead = day.who(known, 0.3, unlike=goes, on=on) if day.share(0.5) else None
    planned = await plan(
        day,
        by,
        visits.plan_visit,
        client,
        who=goes,
        day=on,
        at=at if day.share(0.75) or ahead == 0 else None,
        note=pick(day.chance, "visits", "notes"),
        backup=instead if instead != goes else None,
    )
    if ahead == 0 and day.share(0.96):
        made, seq = day.instant(at), planned.seq
        day.put(made + timedelta(minutes=day.chance.uniform(25, 60)), partial(_made_today, day, client, seq, made))


async def cover(day: Day, client: str, by: str) -> None:
    """Nobody goes before the team next meets: somebody else does, today where no visit was planned."""
    known = await day.state(client)
    gap = next(iter(visits.uncovered(day.team, [known], day.hands.now)), None) if known else None
    if known is None or gap is None or client in day.left_alone:
        return
    planned = gap.visit
    if planned is None:
        await plan_visit(day, client, by, 0, besides=True)
    elif goes := day.who(known, 0.4, unlike=planned.who, on=planned.day):
        what = {"visit": planned.seq, "who": goes, "day": planned.day, "at": planned.at, "note": planned.note}
        await plan(day, by, visits.change_visit, client, **what)


async def decide(day: Day, client: str, by: str) -> None:
    """Nobody has seen them for too long: it is said who goes, or who does what by when."""
    known = await day.state(client)
    if known is None or not must_decide(day.team, known, day.hands.now):
        return
    if day.share(0.7):
        await plan_visit(day, client, by, day.chance.choice((0, 0, 1)) if day.hour < 12 else 1, besides=True)
    after = await day.state(client)
    if after and must_decide(day.team, after, day.hands.now):
        await add_action(day, client, by, sure=True)


def ring(day: Day, client: Client, earliest: datetime | None = None) -> None:
    """Somebody rings, at some time of the day."""
    who = day.who(client, 0.5)
    if who:
        at = earliest or day.between(8.5, WORK_ENDS)
        day.put(at, partial(contact, day, client.id, who, by_phone=True))


def someone_goes(day: Day, client: Client) -> bool:
    """A visit is planned, later or today and not made yet."""
    return any(
        known.day > day.day or (known.day == day.day and not _made(day, client, known)) for known in client.visits
    )


def _made(day: Day, client: Client, planned: Visit) -> bool:
    """Whoever was to go that day has written what came of it, be it that nobody was met."""
    goes = {planned.who, planned.backup} - {None}
    return any(
        known.seq > planned.seq
        and known.kind is not e.ContactKind.PHONE  # who rings in the morning still goes
        and not goes.isdisjoint((known.by, *known.others))
        and calendar.local_day(known.happened_at, day.team.settings) == planned.day
        for known in client.contacts
    )


async def visit(day: Day, client: str, planned: Visit, at: datetime) -> None:
    """A planned visit is made as it stands by now, or met nobody. Already logged, it is not logged again."""
    known = await day.state(client)
    now = next((one for one in known.visits if one.seq == planned.seq), None) if known else None
    if known is None or now is None or client in day.left_alone or _made(day, known, now) or now.day != day.day:
        return
    goes = visits.covered_by(day.team, now)
    if goes:
        await contact(day, client, goes, at)


async def _made_today(day: Day, client: str, seq: int, at: datetime) -> None:
    known = await day.state(client)
    planned = next((one for one in known.visits if one.seq == seq), None) if known else None
    if planned:
        await visit(day, client, planned, at)


async def contact(day: Day, client: str, who: str, at: datetime | None = None, *, by_phone: bool = False) -> None:
    """Somebody is met or not, and what comes of it is written down."""
    known = await day.state(client)
    if known is None or not day.can_go(who):
        return
    stay = known.stay
    usual = course.profile(stay.category if stay else "")
    passed = day.days_of(stay) / course.Course.of(stay, day.seed).well if stay else 0.0
    often = 0.05 if stay is None else usual.missed if passed < 1 else usual.missed / 3  # who is well opens the door
    missed = day.share(often)
    happened = at or day.hands.now - timedelta(minutes=day.chance.randint(10, 40))
    rating = None
    if stay and not missed and day.share(0.85):
        worries = stay.announced is not None and day.share(NOT_AFTER_ALL)
        rating = e.Rating.WORSE if worries else course.rating(day.chance, passed)
    other = day.who(known, 0, unlike=who) if stay and day.share(0.2) else None
    places = [place for place in usual.places if place is not e.ContactKind.PHONE] if at else usual.places
    how = e.ContactKind.TRIED if missed else e.ContactKind.PHONE if by_phone else day.chance.choice(places)
    await day.do(
        who,
        placement.log_contact,
        client,
        contact=how,
        by=who,
        others=(other,) if other else (),
        happened_at=happened,
        note=pick(day.chance, "notes", how.value if how.value in bank()["notes"] else rating or "planned"),
        rating=rating,
    )
    if stay:
        await _after(day, known, who, missed)


async def _after(day: Day, client: Client, who: str, missed: bool) -> None:
    """What a contact leads to: the next one, something to do, something done, the crisis plan."""
    stay = client.stay
    if stay is None:
        return
    if day.share(0.9):
        await day.pause()
        gap = 1 if missed else course.next_visit(day.chance, stay.category)
        await plan_visit(day, client.id, who, gap)
    if not missed and day.share(0.12):
        await day.pause()
        await add_action(day, client.id, who)

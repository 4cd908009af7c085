"""What the demo's staff do, each act through the same rules as a person's click.

Every act looks at the client as they are when it comes, and does nothing where it no longer fits.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from factboard.demo import course
from factboard.demo.day import Day
from factboard.demo.phrases import bank, pick
from factboard.domain import calendar, enrolment, placement
from factboard.domain import events as e
from factboard.domain.notices import Notice
from factboard.domain.state import Client, Visit

INFORMED = (e.Informed.YES, e.Informed.NO, e.Informed.NOT_POSSIBLE, e.Informed.UNKNOWN)
SOURCES = (e.Source.TEAM, e.Source.CLIENT, e.Source.RELATIVE, e.Source.OTHER)
ACUTE = ("crisis_prevention", "short_intensive")
OUT_OF_HOURS_SOURCES = (e.Source.ON_CALL, e.Source.WARD, e.Source.RELATIVE)


async def put_on(
    day: Day, client: str, category: str, *, by: str | None = None, since: date | None = None, mistaken: bool = False
) -> None:
    """A colleague is worried and puts the client on the board; somebody takes it later.

    `since` is for those whose time on the board began before the team wrote its history here.
    """
    known = await day.state(client)
    who = by or (day.who(known, 0.6) if known else None)
    if known is None or known.stay or who is None or not day.in_use(category):
        return
    day_time = 8 <= day.hour < 17
    source = day.chance.choices(SOURCES, (6, 2, 2, 1))[0] if day_time else day.chance.choice(OUT_OF_HOURS_SOURCES)
    signs = day.team.settings.warning_signs
    about = category if day_time or category not in ACUTE else "evening"
    told = {other.stay.reason for id in day.clients if (other := await day.state(id)) and other.stay}
    await day.do(
        who,
        placement.put_on_board,
        client,
        category=category,
        reason=pick(day.chance, "reasons", about, "other", told),
        warning_signs=day.chance.sample(signs, min(day.chance.randint(0, 3), len(signs))),
        needed=day.chance.choice(bank()["needed"]) if day.share(0.6) else "",
        informed=day.chance.choices(INFORMED, (14, 3, 2, 1))[0],
        source=e.Source.IMPORT if since else source,
        since=since,
    )
    if mistaken:
        day.soon(4, 15, partial(in_error, day, client, who))
    elif day_time and day.working:
        day.soon(30, 240, partial(take, day, client))


async def flag_again(day: Day, client: str) -> None:
    known = await day.state(client)
    who = day.who(known) if known else None
    if known is None or known.stay is None or who is None or not day.in_use(known.stay.category):
        return
    reason = pick(day.chance, "flagged_again", "reasons")
    await day.do(who, placement.put_on_board, client, category=known.stay.category, reason=reason)
    if day.working and day.hour < 16:
        day.soon(20, 120, partial(take, day, client))


async def in_error(day: Day, client: str, by: str) -> None:
    """The wrong person was put on the board, and it was seen at once."""
    known = await day.state(client)
    if known and known.stay and known.stay.taken_by is None:
        await day.do(by, placement.enter_in_error, client, reason=pick(day.chance, "errors", "reasons"))


async def take(day: Day, client: str) -> None:
    """Somebody takes a flag, and says who goes there."""
    known = await day.state(client)
    who = day.who(known) if known else None
    if known is None or known.stay is None or known.stay.taken_by or who is None:
        return
    await day.do(who, placement.take, client)
    day.pause()
    await plan_visit(day, client, who, 0 if day.hour < 13 and day.share(0.4) else 1)
    if day.share(0.4):
        day.pause()
        await add_action(day, client, who)


async def plan_visit(day: Day, client: str, by: str, ahead: int) -> None:
    """Who goes next, `ahead` working days from now, where nobody goes yet."""
    known = await day.state(client)
    goes = day.who(known, 0.45) if known else None
    if known is None or known.stay is None or goes is None or client in day.left_alone or someone_goes(day, known):
        return
    low = max(day.hour + 1, 9) if ahead == 0 else 9
    at = time(min(day.chance.randint(low, max(low, 15)), 20), day.chance.choice((0, 0, 15, 30, 30, 45)))
    await day.do(
        by,
        placement.plan_visit,
        client,
        who=goes,
        day=day.working_day(ahead),
        at=at if day.share(0.75) or ahead == 0 else None,
        note=pick(day.chance, "visits", "notes"),
    )


def someone_goes(day: Day, client: Client) -> bool:
    """A visit is planned, later or today and not made yet."""
    return any(
        known.day > day.day or (known.day == day.day and not _made(day, client, known)) for known in client.visits
    )


def _made(day: Day, client: Client, planned: Visit) -> bool:
    """Whoever was to go that day has written what came of it."""
    return any(
        known.seq > planned.seq
        and planned.who in (known.by, *known.others)
        and calendar.local_day(known.happened_at, day.team.settings) == planned.day
        for known in client.contacts
    )


async def visit(day: Day, client: str, planned: Visit, at: datetime) -> None:
    """A planned visit is made, or met nobody. Already logged, it is not logged again."""
    known = await day.state(client)
    if known and client not in day.left_alone and not _made(day, known, planned):
        await contact(day, client, planned.who, at)


async def contact(day: Day, client: str, who: str, at: datetime | None = None) -> None:
    """Somebody is met or not, and what comes of it is written down."""
    known = await day.state(client)
    if known is None or not _works(day, who):
        return
    stay = known.stay
    usual = course.profile(stay.category if stay else "")
    missed = day.share(usual.missed if stay else 0.05)
    happened = at or day.hands.now - timedelta(minutes=day.chance.randint(10, 40))
    rating = None
    if stay and not missed and day.share(0.85):
        passed = (day.hands.now - stay.since) / timedelta(days=course.Course.of(stay, day.seed).days)
        rating = course.rating(day.chance, passed)
    other = day.who(known, 0, unlike=who) if stay and day.share(0.2) else None
    how = e.ContactKind.TRIED if missed else day.chance.choice(usual.places)
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
    a_week = course.profile(stay.category).a_week
    if day.share(0.9):
        day.pause()
        gap = 1 if missed else max(1, round(day.chance.gauss(5 / a_week, 0.8)))
        await plan_visit(day, client.id, who, gap)
    if not missed and day.share(0.12):
        day.pause()
        await add_action(day, client.id, who)


async def add_action(day: Day, client: str, by: str) -> None:
    known = await day.state(client)
    owner = day.who(known, 0.4) if known else None
    if known is None or known.stay is None:
        return
    texts = {action.text for action in known.stay.actions}
    text = pick(day.chance, "actions", "texts")
    if text in texts:
        return
    due = day.working_day(day.chance.randint(1, 6)) if day.share(0.7) else None
    await day.do(by, placement.add_action, client, text=text, owner=owner, due=due, urgent=day.share(0.12))


async def tick(day: Day, client: str, action: str) -> None:
    known = await day.state(client)
    one = next((a for a in known.stay.actions if a.id == action), None) if known and known.stay else None
    if known is None or one is None or one.done_by:
        return
    who = one.owner if one.owner and _works(day, one.owner) else day.who(known)
    if who:
        await day.do(who, placement.tick_action, client, action=action)


async def review_crisis_plan(day: Day, client: str) -> None:
    known = await day.state(client)
    who = day.who(known, 0.8) if known else None
    if who is None:
        return
    together = day.share(0.85)
    note = pick(day.chance, "crisis_plans", "notes" if together else "declined")
    await day.do(who, placement.review_crisis_plan, client, with_client=together, note=note)


async def set_review(day: Day, client: str) -> None:
    """A "review by" that has passed gets a new day."""
    known = await day.state(client)
    who = day.who(known, 0.7) if known else None
    if known is None or known.stay is None or who is None:
        return
    ahead = day.day + timedelta(days=day.chance.choice((7, 14, 14, 21)))
    reason = pick(day.chance, "reviews", "reasons")
    await day.do(who, placement.set_review, client, review_by=ahead, reason=reason)


async def recategorise(day: Day, client: str, category: str, why: str) -> None:
    known = await day.state(client)
    who = day.who(known, 0.6) if known else None
    if known is None or known.stay is None or known.stay.category == category or who is None:
        return
    if not day.in_use(category):
        return
    reason = pick(day.chance, "recategorised", why)
    await day.do(who, placement.recategorise, client, category=category, reason=reason)


async def give_back(day: Day, client: str) -> None:
    """Well again: back to planned care, by hand, by whoever knows them."""
    known = await day.state(client)
    who = day.who(known, 0.75) if known else None
    if known is None or known.stay is None or who is None:
        return
    key = known.stay.category if known.stay.category in bank()["returned"] else "reasons"
    await day.do(who, placement.return_to_planned_care, client, reason=pick(day.chance, "returned", key))


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
        await day.do(notice.user, placement.read_notice, notice.client, notice=notice.seq)


def _works(day: Day, user: str) -> bool:
    member = day.team.members.get(user)
    return member is not None and not member.left

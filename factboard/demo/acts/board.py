"""A time on the board: put on, taken, changed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from factboard.demo.acts.actions import add_action
from factboard.demo.acts.anchoring import plan
from factboard.demo.acts.hospital import admit, discharge, start_legal
from factboard.demo.acts.visits import plan_visit
from factboard.demo.day import Day
from factboard.demo.phrases import bank, pick
from factboard.domain import calendar, placement, roster, stepdown
from factboard.domain import events as e
from factboard.domain.stepdown import State

INFORMED = (e.Informed.YES, e.Informed.NO, e.Informed.NOT_POSSIBLE, e.Informed.UNKNOWN)
SOURCES = (e.Source.TEAM, e.Source.CLIENT, e.Source.RELATIVE, e.Source.OTHER)
ACUTE = ("crisis_prevention", "short_intensive")
OUT_OF_HOURS_SOURCES = (e.Source.ON_CALL, e.Source.WARD, e.Source.RELATIVE)
SLOW = 0.12  # of the flags of a working day wait longer than the team means them to
GOES_HOME = (State.READY, State.ANNOUNCED, State.RETURNING)
FROM_HOME = 0.5  # of those of the evening are taken by whoever is on duty


async def put_on(
    day: Day,
    client: str,
    category: str,
    *,
    by: str | None = None,
    since: date | None = None,
    mistaken: bool = False,
    waits: bool = False,
) -> None:
    """A colleague is worried and puts the client on the board; somebody takes it, unless it `waits`.

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
        return
    if category == "admitted":
        await admit(day, client, who, since=since)
    if category == "legal_measure":
        ends = day.day + timedelta(days=day.chance.randint(20, 180))
        await start_legal(day, client, who, ends, since=since)
    if not since and not waits:
        somebody_takes(day, client)


def somebody_takes(day: Day, client: str) -> None:
    """In working hours within half an hour, mostly; in the evening whoever is on duty, or nobody before the morning."""
    if calendar.is_working_hour(day.hands.now, day.team.settings):
        day.soon(*((35, 150) if day.share(SLOW) else (3, 22)), partial(take, day, client))
    elif day.share(FROM_HOME):
        day.soon(15, 90, partial(take, day, client))


async def flag_again(day: Day, client: str) -> None:
    known = await day.state(client)
    who = day.who(known) if known else None
    if known is None or known.stay is None or who is None or not day.in_use(known.stay.category):
        return
    reason = pick(day.chance, "flagged_again", "reasons")
    await day.do(who, placement.put_on_board, client, category=known.stay.category, reason=reason)
    somebody_takes(day, client)


async def in_error(day: Day, client: str, by: str) -> None:
    """The wrong person was put on the board, and it was seen at once."""
    known = await day.state(client)
    if known and known.stay and known.stay.taken_by is None:
        await day.do(by, placement.enter_in_error, client, reason=pick(day.chance, "errors", "reasons"))


async def take(day: Day, client: str) -> None:
    """Somebody takes a flag, and says who goes there."""
    known = await day.state(client)
    who = _on_duty(day) or (day.who(known) if known else None)
    if known is None or known.stay is None or known.stay.taken_by or who is None:
        return
    await day.do(who, placement.take, client)
    await day.pause()
    await plan_visit(day, client, who, 0 if day.hour < 13 and day.working and day.share(0.4) else 1)
    if day.share(0.4):
        await day.pause()
        await add_action(day, client, who)


def _on_duty(day: Day) -> str | None:
    """Who acts while the others are at home."""
    if calendar.is_working_hour(day.hands.now, day.team.settings):
        return None
    duty = roster.on_duty(day.team, day.day)
    return duty.user if duty and duty.user in day.here() else None


async def set_review(day: Day, client: str) -> None:
    """A "review by" that has passed gets a new day; never of whoever goes home, nor over what a visitor wrote."""
    known = await day.state(client)
    who = day.who(known, 0.7) if known else None
    if known is None or known.stay is None or who is None or client in day.touched:
        return
    if stepdown.standing(day.team, known, day.hands.now).state in GOES_HOME:
        return
    ahead = day.day + timedelta(days=day.chance.choice((7, 14, 14, 21)))
    reason = pick(day.chance, "reviews", "reasons")
    await day.do(who, placement.set_review, client, review_by=ahead, reason=reason)


async def recategorise(day: Day, client: str, category: str, why: str) -> None:
    known = await day.state(client)
    who = day.who(known, 0.6) if known else None
    if known is None or known.stay is None or known.stay.category == category or who is None:
        return
    if not day.in_use(category) or client in day.touched:
        return
    if why == "discharged":
        await discharge(day, client, who)
    if category == "admitted":
        await admit(day, client, who)
    after = await day.state(client)
    if after and after.stay:  # somebody who returned in the minute between is not moved
        reason = pick(day.chance, "recategorised", why)
        await plan(day, who, placement.recategorise, client, category=category, reason=reason)

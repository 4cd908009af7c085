"""A time on the board: put on, take, change, and back to planned care."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from factboard.demo.acts.hospital import admit, discharge, end_legal, start_legal
from factboard.demo.acts.visits import add_action, plan_visit
from factboard.demo.day import Day
from factboard.demo.phrases import bank, pick
from factboard.domain import events as e
from factboard.domain import placement
from factboard.domain.events import Rating

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
        return
    if category == "admitted":
        await admit(day, client, who, since=since)
    if category == "legal_measure":
        ends = day.day + timedelta(days=day.chance.randint(20, 180))
        await start_legal(day, client, who, ends, since=since)
    if day_time and day.working:
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
    if why == "discharged":
        await discharge(day, client, who)
    if category == "admitted":
        await admit(day, client, who)
    reason = pick(day.chance, "recategorised", why)
    await day.do(who, placement.recategorise, client, category=category, reason=reason)


async def give_back(day: Day, client: str) -> None:
    """Well again: back to planned care, by hand, by whoever knows them."""
    known = await day.state(client)
    who = day.who(known, 0.75) if known else None
    if known is None or known.stay is None or who is None:
        return
    if any(rated.rating is not Rating.USUAL for rated in known.stay.ratings[-2:]):
        return  # a visit since this morning has shown otherwise
    if known.stay.category == "legal_measure":
        await end_legal(day, client, who)
    key = known.stay.category if known.stay.category in bank()["returned"] else "reasons"
    await day.do(who, placement.return_to_planned_care, client, reason=pick(day.chance, "returned", key))

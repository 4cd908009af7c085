"""What the demo's first morning must show, whatever the draw: a flag from last night, one of twenty minutes ago and one
of an hour that nobody has taken, somebody whom three visits in a row have missed, a colleague who is ill and whose
visit nobody has taken over, somebody in hospital, compulsory care that runs out soon, a day's work for who tries the
demo, a question to them as a case manager, a tip about a client of theirs and a group that has met; and each stage of
the way back to planned care (`cast`).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from factboard.demo import acts, roster
from factboard.demo.day import Day, working_day
from factboard.demo.phrases import pick
from factboard.demo.playing import Scene
from factboard.demo.scenes.cast import Cast, cast
from factboard.demo.staff import PEOPLE
from factboard.domain import calendar, placement, visits
from factboard.domain.events import ContactKind
from factboard.domain.state import Client

LATE = (22.7, 22.9)  # last night, in hours
JUST_NOW = timedelta(minutes=20)
ASKED = timedelta(minutes=35)  # the first of the demo's people, about a client of theirs
HEARD = timedelta(minutes=45)  # a tip about another client of theirs
GROUP_MEETS = time(15, 20)  # the resource group of one of theirs, the working day before
TOO_LONG = timedelta(minutes=50)  # for a flag that nobody has taken: since twenty minutes it is said to all
DAYS_MISSED = 3
RINGS_IN = time(7, 20)
RUNS_OUT = timedelta(days=9)  # from now, somebody's compulsory care
UNCOVERED = time(14, 0)  # the visit of who is ill today
FOR_TODAY = (time(10, 15), time(13, 0), time(15, 0))  # the visits of the first of the demo's people


def this_morning(now: datetime) -> Scene:
    """The scene of the days that lead up to `now`, a working day (UTC)."""
    missed: list[str] = []
    alone: list[str] = []  # who will be ill, and whom they were to see
    ward: list[str] = []
    parts: list[Cast] = []

    async def scene(day: Day) -> None:
        today = calendar.local_day(now, day.team.settings)
        settings = day.team.settings
        ahead = next((n for n in range(DAYS_MISSED + 1) if working_day(day.day, n, settings) == today), None)
        if not parts:
            parts.append(cast(today, settings))
        await parts[0].fill(day)
        day.left_alone = frozenset((*missed, *alone[1:], *ward, *parts[0].clients))
        new: list[str] = []
        if day.day == today - timedelta(days=1):
            new = await _put_on(day, "short_intensive", day.between(*LATE))
        if day.day == today:
            new = await _put_on(day, "crisis_prevention", now - JUST_NOW, now - TOO_LONG, waits=True)
        if ahead == 1 and day.working:
            day.put(day.between(16.0, 16.4), partial(_plan, day, PEOPLE[0].username, today))
        if ahead == 1 and day.working and day.here(today):
            day.put(day.between(16.4, 16.6), partial(_for_who_will_be_ill, day, today, alone))
        if ahead == 1 and day.working:
            day.put(day.instant(GROUP_MEETS), partial(acts.meet_group, day, PEOPLE[0].username, today))
        if day.day == today:
            day.put(now - ASKED, partial(acts.ask, day, PEOPLE[0].username))
            day.put(now - HEARD, partial(acts.hear, day, PEOPLE[0].username))
        if day.day == today and alone:
            who, client = alone
            day.put(day.instant(RINGS_IN), partial(roster.ill, day, who, 1, leave=client))
        if ahead == 1 and day.working:
            day.put(day.between(14.0, 15.0), partial(_law_runs_out, day, today + RUNS_OUT, parts[0]))
        if ahead == DAYS_MISSED and not missed:
            missed.extend(await _hard_to_reach(day))
            day.put(day.between(11.0, 14.0), partial(_into_hospital, day, ward))
        day.left_alone = frozenset((*missed, *alone[1:], *ward, *new, *parts[0].clients))
        if missed and day.working and day.day < today:
            day.put(day.between(9.0, 15.5), partial(_miss, day, missed[0]))

    return scene


async def _put_on(day: Day, category: str, *at: datetime, waits: bool = False) -> list[str]:
    """At each of these instants somebody in planned care who has never been on the board; who they are."""
    known = [await day.state(id) for id in day.clients if id not in day.left_alone]
    home = [client.id for client in known if client and not client.stay and not client.past]
    for client, flagged in zip(home, at, strict=False):
        day.put(flagged, partial(acts.put_on, day, client, category, waits=waits))
    return home[: len(at)]


async def _hard_to_reach(day: Day) -> list[str]:
    known = [await day.state(id) for id in day.clients]
    there = [client for client in known if client and client.stay and client.contacts]
    on_board = [client for client in there if client.id not in day.left_alone]

    def fits(client: Client) -> bool:
        return client.stay is not None and client.stay.category == "hard_to_reach"

    return [client.id for client in sorted(on_board, key=lambda client: not fits(client))[:1]]


async def _plan(day: Day, who: str, today: date) -> None:
    """Visits of theirs on that day: to their own clients first, and where nobody goes yet."""
    known = [await day.state(id) for id in day.clients]
    on_board = [client for client in known if client and client.stay and client.id not in day.left_alone]
    on_board.sort(key=lambda client: (client.details.case_manager != who, acts.someone_goes(day, client)))
    for client, at in zip(on_board, FOR_TODAY, strict=False):
        await day.do(who, visits.plan_visit, client.id, who=who, day=today, at=at)
        await day.pause()


async def _for_who_will_be_ill(day: Day, today: date, alone: list[str]) -> None:
    """A visit by somebody who will be ill that day, to somebody to whom nobody else goes."""
    names = {person.username for person in PEOPLE}
    staff = [user for user in day.here(today) if user not in names]
    known = [await day.state(id) for id in day.clients]
    on_board = [one for one in known if one and one.stay and one.admission is None and one.id not in day.left_alone]
    unseen = [one for one in on_board if not any(visit.day >= today for visit in one.visits)] or on_board
    if not staff or not unseen:
        return
    client = unseen[0]
    for visit in client.visits:
        if visit.day == today:
            await day.do(
                staff[0], visits.cancel_visit, client.id, visit=visit.seq, reason=pick(day.chance, "roster", "moved")
            )
    who = next((user for user in staff if user == client.details.case_manager), staff[0])
    await day.do(who, visits.plan_visit, client.id, who=who, day=today, at=UNCOVERED)
    alone.extend((who, client.id))


async def _into_hospital(day: Day, ward: list[str]) -> None:
    """Somebody on the board, else somebody who is put on it because of it."""
    known = [await day.state(id) for id in day.clients if id not in day.left_alone]
    home = [one for one in known if one and not one.admission and not one.legal]
    there = [one.id for one in home if one.stay and one.stay.category != "admitted"]
    if there:
        await acts.recategorise(day, there[0], "admitted", "admitted")
    elif home:
        await acts.put_on(day, home[0].id, "admitted")
    ward.extend(there[:1] or [one.id for one in home[:1]])


async def _law_runs_out(day: Day, ends: date, parts: Cast) -> None:
    known = [await day.state(id) for id in day.clients if id not in parts.clients]
    free = [one for one in known if one and one.stay and not one.legal and not one.admission]
    free.sort(key=lambda one: one.id in day.left_alone)
    by = day.who(free[0]) if free else None
    if by:
        await acts.start_legal(day, free[0].id, by, ends, since=day.day - timedelta(days=170))


async def _miss(day: Day, client: str) -> None:
    known = await day.state(client)
    who = day.who(known, 0.4) if known else None
    if known and known.stay and who:
        note = pick(day.chance, "notes", ContactKind.TRIED)
        await day.do(who, placement.log_contact, client, contact=ContactKind.TRIED, note=note)

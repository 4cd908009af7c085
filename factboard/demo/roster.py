"""Who is away and who is on duty in the demo: holidays some weeks ahead, illness in the morning, duty in turns.

The people whom a visitor signs in as are always here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from factboard.demo import acts
from factboard.demo.day import Day, working_day
from factboard.demo.phrases import pick
from factboard.demo.staff import PEOPLE
from factboard.domain import roster, visits
from factboard.domain.state import Client

DUTY_AHEAD = 15  # working days for which it is known who is on duty
HOLIDAY_AHEAD = timedelta(weeks=3)
HOLIDAYS = 0.05  # of the staff begin a week's holiday in an ordinary week
SUMMER, IN_SUMMER = range(26, 33), 0.3  # weeks of the year in which they go away, and how many
ILL = 0.015  # of the staff fall ill on a day
STOOD_IN_FOR = 0.75  # of the clients on the board whose case manager goes away


async def begin(day: Day) -> None:
    """Who is on duty the first weeks."""
    for ahead in range(DUTY_AHEAD):
        await _set_duty(day, day.working_day(ahead))


def fill(day: Day) -> None:
    """Put on the day's agenda what happens to the roster."""
    staff = [user for user in day.here() if user not in {person.username for person in PEOPLE}]
    day.put(day.between(13.0, 15.0), partial(_set_duty, day, day.working_day(DUTY_AHEAD)))
    monday = day.day - timedelta(days=day.day.weekday()) + HOLIDAY_AHEAD
    summer = monday.isocalendar().week in SUMMER
    for user in staff:
        if day.day.weekday() == 0 and day.share(IN_SUMMER if summer else HOLIDAYS):
            until = monday + timedelta(days=18 if summer else day.chance.choice((0, 1, 4, 4, 4)))
            note = pick(day.chance, "roster", "away")
            day.put(day.between(9.5, 15.0), partial(away, day, user, monday, until, note))
        elif len(staff) > 2 and day.share(ILL):
            day.put(day.between(6.8, 8.2), partial(ill, day, user, day.chance.choice((1, 1, 2, 3))))
    day.put(day.between(13.5, 15.5), partial(_hand_over, day))


async def away(day: Day, user: str, first: date, last: date, note: str) -> None:
    """Somebody is away some weeks from now: their days on duty are given to others."""
    if not any(roster.absent(day.team, user, on) for on in (first, last)):
        await day.do(user, roster.note_absence, user=user, first=first, last=last, note=note)
        await _free_duty(day, user, first, last)


async def _hand_over(day: Day) -> None:
    """Whoever goes away tomorrow says who stands in for them with most of their clients on the board."""
    away = [
        one for one in day.team.absences.values() if day.day < one.first <= day.working_day(1) and one.last > one.first
    ]
    for absence in away:
        for known in [await day.state(id) for id in day.clients]:
            theirs = known is not None and known.stay is not None and known.details.case_manager == absence.user
            if known and theirs and day.share(STOOD_IN_FOR):
                await day.pause()
                await acts.name_substitute(day, known.id, absence.first, absence.last)


async def ill(day: Day, user: str, days: int, *, leave: str | None = None) -> None:
    """Somebody rings in ill: their duty and most of their visits go to others, but for the client `leave`."""
    last = working_day(day.day, days - 1, day.team.settings)
    if roster.absent(day.team, user, day.day):
        return
    note = pick(day.chance, "roster", "ill")
    await day.do(user, roster.note_absence, user=user, first=day.day, last=last, note=note)
    await _free_duty(day, user, day.day, last)
    for known in [await day.state(id) for id in day.clients if id != leave]:
        if known and known.stay:
            await _cover(day, known, user, last)


async def _cover(day: Day, client: Client, user: str, last: date) -> None:
    """Others make the visits of somebody who is ill; here and there one is forgotten."""
    for visit in client.visits:
        if visit.who != user or not day.day <= visit.day <= last or not day.share(0.75):
            continue
        goes = visit.backup if visit.backup in day.here(visit.day) else day.who(client, 0.4, on=visit.day)
        if goes and goes != user and not visits.is_made(client, visit, day.team.settings):
            await day.pause()
            note = pick(day.chance, "roster", "moved")
            what = {"visit": visit.seq, "who": goes, "day": visit.day, "at": visit.at, "note": note}
            await day.do(goes, visits.change_visit, client.id, **what)


async def _free_duty(day: Day, user: str, first: date, last: date) -> None:
    for on in [known for known, who in day.team.duty.items() if who == user and first <= known <= last]:
        await day.pause()
        await _set_duty(day, on, again=True)


async def _set_duty(day: Day, on: date, *, again: bool = False) -> None:
    """The next in turn; nobody has two days on duty close together."""
    here = day.here(on)
    if not here or (on in day.team.duty and not again):
        return
    lead = day.lead or here[0]
    lately = {day.team.duty.get(on + timedelta(days=days), "") for days in range(-7, 8)}
    turn = [user for user in here if user not in lately] or here
    await day.do(lead, roster.set_duty, day=on, user=turn[on.toordinal() % len(turn)])

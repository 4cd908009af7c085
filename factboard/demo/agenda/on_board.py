"""A working day of somebody on the board: taken, visited, looked after, changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from factboard.demo import acts, course
from factboard.demo.day import WORK_ENDS, Day
from factboard.domain import calendar, signs
from factboard.domain import events as e
from factboard.domain.state import Client, Stay

BEFORE_THE_MEETING = (7.9, 8.4)  # when what came overnight is taken, mostly; else in the meeting


def fill(day: Day, client: Client, stay: Stay, start: datetime) -> None:
    """Put this client's day on the agenda, as it looks in the morning."""
    if stay.taken_by is None:
        first = day.between(*BEFORE_THE_MEETING) if day.share(0.75) else day.between(8.9, 10.5)
        taken = max(first, start + timedelta(minutes=day.chance.uniform(15, 90)))
        day.put(taken, partial(acts.take, day, client.id))
    _visits(day, client, start)
    for action in stay.actions:
        due = action.due is not None and action.due <= day.day
        if action.done_by is None and day.share(0.6 if due or action.urgent else 0.15):
            day.put(day.between(8.7, WORK_ENDS), partial(acts.tick, day, client.id, action.id))
    _look_after(day, client, stay)
    _change(day, client, stay)


def _visits(day: Day, client: Client, start: datetime) -> None:
    meets = calendar.is_meeting_day(day.day, day.team.settings)  # the meeting plans them
    today = [known for known in client.visits if known.day == day.day]
    for visit in today:
        if visit.at:
            at = day.instant(visit.at)
            logged = max(at, start - timedelta(minutes=20)) + timedelta(minutes=day.chance.uniform(25, 60))
        else:
            at = logged = max(day.between(9.0, 15.5), start + timedelta(minutes=20))
        if day.share(0.96):
            day.put(logged, partial(acts.visit, day, client.id, visit, at))
    if not meets and not acts.someone_goes(day, client) and day.share(0.8):
        goes = day.who(client, 0.8)
        if goes:
            plan = partial(acts.plan_visit, day, client.id, goes, day.chance.choice((0, 1, 1, 2)))
            day.put(max(day.between(8.6, 9.0), start + timedelta(minutes=5)), plan)
    if not today and _too_few(day, client) and day.share(0.6):
        acts.ring(day, client)


def _too_few(day: Day, client: Client) -> bool:
    """Do this week's contacts fall short of what the category asks for?"""
    week = signs.contacts_this_week(client, day.instant(acts.NOON), day.team.settings)
    return client.admission is None and week < signs.contacts_due(day.team, client)


def _look_after(day: Day, client: Client, stay: Stay) -> None:
    began = calendar.local_day(stay.since, day.team.settings)
    if not acts.plan_reviewed(day, client) and day.day - began > timedelta(days=3) and day.share(0.08):
        day.put(day.between(9.5, 16), partial(acts.review_crisis_plan, day, client.id))
    left = (stay.review_by - day.day).days if stay.review_by else None
    if left is not None and left <= 1 and day.share(0.5):
        day.put(day.between(9.0, 16), partial(acts.set_review, day, client.id))
    if day.share(0.05):
        acts.ring(day, client)


def _change(day: Day, client: Client, stay: Stay) -> None:
    """Another category, or a flag again."""
    way = course.Course.of(stay, day.seed)
    days = day.days_of(stay)
    worse = bool(stay.ratings) and stay.ratings[-1].rating is e.Rating.WORSE
    change: tuple[str, str] | None = None
    if stay.category == "admitted":
        if days > way.in_hospital:
            change = ("short_intensive", "discharged")
    elif day.share(0.01 if worse else 0.0025):
        change = ("admitted", "admitted")
    elif stay.category == "crisis_prevention" and worse and day.share(0.10):
        change = ("short_intensive", "worse")
    elif days > way.well:  # on the way home nothing is begun anew
        change = None
    elif stay.category == "short_intensive" and days > 45 and day.share(0.04):
        change = ("long_intensive", "long")
    elif stay.category == "hard_to_reach" and days > 21 and not worse and stay.ratings and day.share(0.03):
        change = ("long_intensive", "found")
    if change:
        day.put(day.between(8.6, 15.5), partial(acts.recategorise, day, client.id, *change))
    elif day.share(0.05 if worse else 0.006):
        day.put(day.between(7.5, 20), partial(acts.flag_again, day, client.id))

"""What the team does for somebody who is well again: all that the rule of step-down asks, and what people add to it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from factboard.demo import acts, course
from factboard.demo.day import WORK_ENDS, Day
from factboard.domain import events as e
from factboard.domain import planned_care, signs
from factboard.domain.state import Client, Stay

HOME = time(16, 30)
NEWEST = timedelta(days=2)  # as old as the newest contact may get
SOON = timedelta(days=3)  # a planned contact as near as this is followed by the next one
KEPT_ON = 0.03  # of those announced, on a day
DECLINES, MOVES_ON = 0.0015, 0.001  # of those who are well, on a day


def fill(day: Day, client: Client, stay: Stay, start: datetime) -> None:
    """Put on the agenda what brings this client home, once they are as usual."""
    if day.days_of(stay) < course.Course.of(stay, day.seed).well or stay.category == "admitted":
        return
    if not acts.plan_reviewed(day, client) and day.share(0.4):
        day.put(day.between(9.5, 16), partial(acts.review_crisis_plan, day, client.id))
    planned = planned_care.next_contact(client, day.team.settings)
    if (planned is None or planned.day <= day.day + SOON) and day.share(0.8):
        day.put(day.between(9.0, 15.0), partial(acts.plan_care, day, client.id, day.chance.randint(4, 5)))
    if stay.category == "legal_measure" and client.legal and day.share(0.1):
        day.put(day.between(9.5, 15.0), partial(acts.lift_legal, day, client.id))
    _keep_up(day, client, start)
    if stay.announced:
        _announced(day, client, stay)
    if day.share(DECLINES + MOVES_ON):
        day.put(day.between(10.0, 15.0), partial(acts.give_back, day, client.id, declined=day.share(0.6)))


def _keep_up(day: Day, client: Client, start: datetime) -> None:
    """Who is well is met as often as their category asks, counted at each moment: what is missing is rung for early."""
    by_evening = day.instant(HOME) - signs.WEEK
    met = sum(by_evening < one.happened_at for one in signs.contacts(client))
    today = sum(visit.day == day.day for visit in client.visits)
    fresh = bool(met) and signs.contacts(client)[-1].happened_at > day.instant(HOME) - NEWEST
    short = met + today <= signs.contacts_due(day.team, client) or not (fresh or today)
    if short and client.admission is None and day.share(0.9):
        acts.ring(day, client, earliest=max(day.between(8.0, 8.4), start + timedelta(minutes=5)))


def _announced(day: Day, client: Client, stay: Stay) -> None:
    """Told, where nobody has; kept on by whoever thinks it is too early."""
    told = stay.announced is not None and stay.announced.informed is e.Informed.YES
    if not told and day.share(0.5):
        day.put(day.between(9.0, WORK_ENDS), partial(acts.tell, day, client.id))
    if day.share(KEPT_ON):
        day.put(day.between(9.0, 15.0), partial(acts.keep_on, day, client.id))

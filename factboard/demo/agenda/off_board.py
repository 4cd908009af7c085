"""A working day of somebody in planned care: their contact, the follow-up of a return, the crisis plan; and where
clients are and what the law says, on the board and off it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from factboard.demo import acts
from factboard.demo.day import WORK_ENDS, Day
from factboard.domain import planned_care
from factboard.domain.state import Client

DECIDED_BEFORE = timedelta(days=3)  # the end of compulsory care
ON_THE_DAY, AFTER_IT, BEFORE_IT = 0.85, 0.5, 0.1  # of the follow-ups that are open are made
PUT_OFF = 0.15  # of the contacts that are due, to another day


def fill(day: Day, client: Client) -> None:
    """Put this client's day on the agenda."""
    if day.share(1 / 220):  # about once a year
        day.put(day.between(9.0, 16), partial(acts.review_crisis_plan, day, client.id))
    if waits := planned_care.waits_for_follow_up(client):
        for visit in (known for known in client.visits if known.day == day.day and known.at):
            at = day.instant(visit.at or acts.NOON)  # planned while they were on the board
            day.put(at + timedelta(minutes=day.chance.uniform(25, 60)), partial(acts.visit, day, client.id, visit, at))
        left = (waits.due - day.day).days
        often = ON_THE_DAY if left == 0 else AFTER_IT if left < 0 else BEFORE_IT
        if day.share(often):
            _meet(day, client, waits.who)
        return
    planned = planned_care.next_contact(client, day.team.settings)
    if planned is None or planned.day <= day.day:
        if planned is None or day.share(PUT_OFF):
            day.put(day.between(8.5, 15.0), partial(acts.plan_care, day, client.id, day.chance.randint(1, 6)))
        elif day.share(0.9):
            _meet(day, client, planned.who)


def hospital_and_law(day: Day, client: Client) -> None:
    """Longer in hospital than expected; home, where the board said so before; compulsory care that runs out."""
    there = client.admission
    if there and (client.stay is None or client.stay.category != "admitted"):
        if day.share(0.15):
            day.put(day.between(9.0, 15.0), partial(acts.discharge, day, client.id))
    elif there and there.expected and there.expected < day.day and day.share(0.6):
        day.put(day.between(9.0, 15.0), partial(acts.stays_longer, day, client.id))
    for measure in client.legal:
        if measure.ends and measure.ends - day.day < DECIDED_BEFORE and day.share(0.4):
            day.put(day.between(9.5, 15.5), partial(acts.decide_legal, day, client.id, measure))


def _meet(day: Day, client: Client, who: str | None) -> None:
    """Whoever was to meet them, or a colleague where they are not here."""
    goes = who if who in day.here() else day.who(client, 0.85)
    if goes:
        day.put(day.between(8.5, WORK_ENDS), partial(acts.contact, day, client.id, goes))

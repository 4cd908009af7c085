"""Who is put on the board today, who comes to the team, who leaves it."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from random import Random

from factboard.demo import acts, course, sharing
from factboard.demo.clients import newcomer
from factboard.demo.day import Day
from factboard.domain import enrolment, signs
from factboard.domain.state import Client

NEWCOMERS_A_YEAR = 0.18  # of the caseload; as many leave
ONE_TOUCH = 0.5  # of those who come back while they are in sight


def fill(day: Day, on_board: int, away: list[Client]) -> None:
    """Put the day's flags on the agenda; on a working day newcomers, and who leaves."""
    _new_flags(day, on_board, away)
    if day.working:
        _come_and_go(day, away)


def some_category(day: Day) -> str:
    """A category in use, as often as it is usual."""
    codes = [code for code in day.team.categories if day.in_use(code)]
    return day.chance.choices(codes, [course.profile(code).share + 1e-9 for code in codes])[0] if codes else ""


def _new_flags(day: Day, on_board: int, away: list[Client]) -> None:
    """More on a thin board, fewer on a full one, a quarter of them not long home."""
    wanted = course.PREVALENCE * (on_board + len(away))
    if not wanted or not away:
        return
    thin = min(max(1 + 2.5 * (wanted - on_board) / wanted, 0.05), 3)
    rate = wanted / course.MEAN_DAYS * thin * (1.25 if day.working else 0.3)
    now = day.instant(time(8))
    recent = [c for c in away if c.past and now - c.past[-1].ended < timedelta(days=90)]
    lately = {c.id for c in recent}
    others = [c for c in away if c.id not in lately] or recent
    for _ in range(course.how_many(day.chance, rate)):
        client = day.chance.choice(recent if recent and day.share(course.BACK_WITHIN_90_DAYS) else others)
        low, high = day.chance.choices(((8.5, 16.0), (17.0, 23.0), (7.2, 8.1)), (7, 2, 1))[0]
        at = day.between(low, high) if day.working else day.between(9.0, 23.0)
        if signs.in_sight_after_return(client, now) and day.share(ONE_TOUCH):
            day.put(at, partial(acts.put_back, day, client.id))
        else:
            mistaken = day.share(0.015)
            day.put(at, partial(acts.put_on, day, client.id, some_category(day), mistaken=mistaken))


def _come_and_go(day: Day, away: list[Client]) -> None:
    """About as many come to the team as leave it."""
    rate = NEWCOMERS_A_YEAR * len(day.clients) / 250
    if day.share(rate):
        day.put(day.between(9.0, 14.0), partial(_arrive, day))
    settled = [client for client in away if not client.past]
    if settled and day.share(rate):
        leaving = day.chance.choice(settled)
        day.put(day.between(9.0, 16.0), partial(acts.end, day, leaving.id))


async def _arrive(day: Day) -> None:
    """Somebody new: enrolled, with a day for planned care, and on the board so that everybody gets to know them."""
    lead = day.lead
    managers: dict[str, int] = {}
    for id in day.clients:
        client = await day.state(id)
        if client and client.details.case_manager:
            managers[client.details.case_manager] = managers.get(client.details.case_manager, 0) + 1
    here = [user for user in managers if user in day.team.members and not day.team.members[user].left]
    if lead is None or not here:
        return
    fewest = min(here, key=lambda user: (managers[user], user))
    details = newcomer(Random(day.chance.random()), fewest, day.day)
    receipt = await day.do(lead, enrolment.enrol, details=details)
    if receipt.client:
        day.clients.append(receipt.client)
        await sharing.ask(day, receipt.client, lead, len(day.clients))
        day.soon(5, 9, partial(acts.plan_care, day, receipt.client, day.chance.randint(2, 6)))
        day.soon(10, 50, partial(acts.put_on, day, receipt.client, "new_client"))

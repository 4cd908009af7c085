"""Who looked at whom in the demo's last weeks: what work brought with it, and a few looks that a check may draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from factboard.demo.day import working_day
from factboard.domain import calendar, roster
from factboard.domain.events import Recorded
from factboard.domain.state import Client, Team
from factboard.storage import access, history, projections
from factboard.storage.access import Look
from factboard.storage.codec import instant_to_text, recorded
from factboard.storage.engine import Store

DAYS = 10  # working days
OPENED = 0.5  # of what was done for somebody, their page was opened before
CURIOUS, LATE_IN = ("niklas", "yusuf"), time(22, 47)  # who opened somebody else's client on a Sunday evening
MANY = 14  # opened one by one, to bring a list up to date


@dataclass(frozen=True, slots=True)
class Seen:
    """A look before it is a row for each client."""

    at: datetime
    actor: str
    action: str
    view: str
    clients: Sequence[str]


async def look_around(store: Store, team: str, now: datetime, chance: Random) -> None:
    """Fill the team's access log for the days before `now` (UTC)."""
    async with store.reading() as connection:
        here = await projections.team(connection, team)
        board = [one.id for one in await projections.on_board(connection, team)]
        caseload = await projections.caseload(connection, team)
        facts = [recorded(row) async for row in history.rows(connection, team) if row.client and row.payload]
    if here is None:
        return
    today = calendar.local_day(now, here.settings)
    days = [working_day(today, -back, here.settings) for back in range(1, DAYS + 1)]
    since = calendar.instant(days[-1], time(0), here.settings)
    seen = [
        *_at_work((one for one in facts if since <= one.at < now), here, chance),
        *(look for day in days for look in _mornings(here, day, board, chance)),
        *_odd(here, today, caseload),
    ]
    rows = [
        Look(instant_to_text(one.at), team, one.actor, one.action, one.view, client)
        for one in sorted(seen, key=lambda one: (one.at, one.actor, one.view))
        for client in one.clients
        if one.at < now
    ]
    async with store.writing() as connection:
        await access.append(connection, rows)


def _at_work(facts: Iterator[Recorded], here: Team, chance: Random) -> Iterator[Seen]:
    """Whoever did something for a client had them in front of them."""
    for fact in facts:
        if fact.actor in here.members and fact.client:
            if chance.random() < OPENED:
                yield Seen(
                    fact.at - timedelta(seconds=chance.randint(30, 90)), fact.actor, "read", "client", [fact.client]
                )
            yield Seen(fact.at - timedelta(seconds=chance.randint(8, 25)), fact.actor, "read", "card", [fact.client])


def _mornings(here: Team, day: date, board: Sequence[str], chance: Random) -> Iterator[Seen]:
    """The board before the meeting; on Fridays the lead prints the sheet for the weekend."""
    eight = calendar.instant(day, time(8), here.settings)
    for member in roster.working(here, day):
        at = eight + timedelta(seconds=chance.randint(0, 1500))
        yield Seen(at, member.user, "read", "board", board)
        yield Seen(at + timedelta(seconds=2), member.user, "stream", "board", board)
    lead = next((one.user for one in here.members.values() if one.role == "lead"), None)
    if lead and day.weekday() == 4:
        yield Seen(eight + timedelta(hours=7), lead, "export", "sheet", board)


def _odd(here: Team, today: date, caseload: Sequence[Client]) -> Iterator[Seen]:
    curious = next((one for one in CURIOUS if one in here.members), None)
    others = [one.id for one in caseload if not one.stay and one.details.case_manager != curious]
    if curious is None or len(others) < MANY:
        return
    sunday = today - timedelta(days=today.weekday() + 1)
    yield Seen(calendar.instant(sunday, LATE_IN, here.settings), curious, "read", "client", others[:1])
    friday = calendar.instant(sunday - timedelta(days=2), time(14, 10), here.settings)
    for number, client in enumerate(others[1 : MANY + 1]):
        yield Seen(friday + timedelta(seconds=25 * number), curious, "read", "client", [client])

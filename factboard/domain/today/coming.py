"""What somebody has before them, or has let pass, by what is written about their clients; and the tips that wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factboard.domain import calendar, crisis_plan
from factboard.domain.events.contents import Kind
from factboard.domain.state import Client, Coming, Dated, Team, Tip
from factboard.domain.today.mine import is_theirs

AHEAD = timedelta(days=7)  # from today on: what is further off can wait


@dataclass(frozen=True, slots=True)
class Due:
    """A day that a document of the client's names. `late`: it has passed, and nobody has written what came of it."""

    client: Client
    of: Dated
    late: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A tip about a client of theirs, of which nobody has said what became of it."""

    client: Client
    tip: Tip


def due(team: Team, clients: Iterable[Client], user: str, now: datetime) -> list[Due]:
    """What is theirs to do within a week, the latest first: what they lead, and all else of their own clients."""
    today = calendar.local_day(now, team.settings)
    found = [
        Due(client, one, one.day < today)
        for client in clients
        for one in _dated(client, today)
        if one.day <= today + AHEAD and _theirs(team, client, one, user, now)
    ]
    return sorted(found, key=lambda one: (one.of.day, one.client.id, one.of.ref))


def heard(team: Team, clients: Iterable[Client], user: str, now: datetime) -> list[Heard]:
    """The tips about their own clients, the oldest first."""
    found = [Heard(client, tip) for client in clients if is_theirs(team, client, user, now) for tip in client.tips]
    return sorted(found, key=lambda one: one.tip.seq)


def _dated(client: Client, today: date) -> Iterator[Dated]:
    yield from client.coming
    for kind, newest in client.documents.items():
        crisis = kind is Kind.CRISIS_PLAN  # which can be gone through without being written anew
        day = crisis_plan.standing(client, today).review_by if crisis else newest.review_by
        if day:
            yield Dated(Coming.REVIEW, day, kind.value, kind)


def _theirs(team: Team, client: Client, one: Dated, user: str, now: datetime) -> bool:
    leads = team.members.get(one.who)
    return one.who == user if leads and not leads.left else is_theirs(team, client, user, now)

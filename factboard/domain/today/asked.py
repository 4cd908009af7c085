"""What somebody is asked as a case manager: of what others have planned for their clients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from factboard.domain import anchoring, calendar
from factboard.domain import events as e
from factboard.domain.state import Anchoring, Client, Team


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to this person; not `theirs`: they have planned it, and are to talk of it today."""

    client: Client
    of: Anchoring
    theirs: bool


def asked(team: Team, clients: Iterable[Client], user: str, now: datetime) -> list[Asked]:
    """What waits for this person's answer: what could not wait first, then the oldest; and today's talks of what they
    have planned themselves.
    """
    day = calendar.local_day(now, team.settings)
    found = []
    for client in clients:
        waiting = [one for one in client.anchorings if one.waits]
        theirs = bool(waiting) and user in anchoring.asked(team, client, day)
        for one in waiting:
            talks = one.by == user and one.talk and calendar.local_day(one.talk, team.settings) == day
            if theirs or talks:
                found.append(Asked(client, one, theirs))
    return sorted(found, key=lambda one: (one.of.said is not e.Anchored.URGENT, one.of.at, one.of.seq))

"""Contacts of the plan that nobody made: seen though the client is not on the board, and louder with time.

On the board its own clocks say so (`louder`), and after a return the follow-up comes first; then the plan's do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.planned_care.following import waits_for_follow_up
from factboard.domain.planned_care.schedule import NextContact, next_of_each
from factboard.domain.state import Client, Team

LOUDER = timedelta(days=7)  # after the planned day, when the lead is told: as long as a follow-up may take


@dataclass(frozen=True, slots=True)
class Missed:
    """Nobody has made this client's contact by its day. `days` is how many local days ago that was."""

    client: Client
    contact: NextContact
    days: int

    @property
    def louder(self) -> bool:
        return self.days > LOUDER.days


def missable(client: Client, settings: e.Settings) -> tuple[NextContact, ...]:
    """The contacts whose missing is told, each when its day has passed; none while something else watches."""
    if client.stay or not client.enrolled or waits_for_follow_up(client):
        return ()
    return next_of_each(client, settings)


def missed(client: Client, now: datetime, settings: e.Settings) -> tuple[Missed, ...]:
    """What nobody has made by now of this client's planned contacts, the longest ago first."""
    today = calendar.local_day(now, settings)
    due = (one for one in missable(client, settings) if one.day < today)
    return tuple(Missed(client, one, (today - one.day).days) for one in due)


def most_missed(team: Team, clients: Iterable[Client], now: datetime) -> tuple[Missed, ...]:
    """Of each of these clients what was missed the longest ago; the longest of all first."""
    found = (missed(one, now, team.settings)[:1] for one in clients)
    return tuple(sorted((one for ones in found for one in ones), key=lambda one: (-one.days, one.client.id)))


def told_at(day: date, step: e.Step, settings: e.Settings) -> datetime:
    """The instant at which it is told that nobody has made the contact planned for `day`."""
    return calendar.midnight_after(day + (LOUDER if step is e.Step.CONTACT_LEAD else timedelta()), settings)

"""What a meeting does about returns, for people to see before it is done: by the rule that closing it obeys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factboard.domain import calendar, stepdown
from factboard.domain.case import Case
from factboard.domain.meeting.closing import Open, as_it_ends, left_open
from factboard.domain.meeting.leading import leaving
from factboard.domain.state import Client, Meeting, Stay, Team
from factboard.domain.stepdown import needs
from factboard.domain.stepdown.standing import return_on, return_time


class Waits(StrEnum):
    """Why somebody whose return is announced does not go back today."""

    TODAY = "announced_today"
    DAYS_OFF = "days_off"  # nobody would be here tomorrow
    PASSED = "time_passed"
    NOT_UP = "not_up"  # this meeting has not thought of them


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody on the way back: `at` (UTC) is the moment as things stand, None where no meeting day has one. `fresh`:
    the newest stable rating is new enough by then.
    """

    client: Client
    at: datetime | None
    fresh: bool
    waits: Waits | None = None


@dataclass(frozen=True, slots=True)
class Returns:
    """What closing does: `returning` go back today; `announces` by itself; `asks`: a named person has to say so;
    `waiting` stay announced.
    """

    returning: tuple[Going, ...] = ()
    announces: tuple[Going, ...] = ()
    asks: tuple[Going, ...] = ()
    waiting: tuple[Going, ...] = ()

    @property
    def rows(self) -> tuple[Going, ...]:
        return (*self.returning, *self.announces, *self.asks, *self.waiting)

    @property
    def moved(self) -> set[str]:
        """Whom closing moves unless somebody says otherwise: the chair has to have seen them."""
        return {one.client.id for one in (*self.returning, *self.announces)}


def at_its_end(
    team: Team, meeting: Meeting, clients: Sequence[Client], actor: str, now: datetime
) -> tuple[Open, Returns]:
    """What the meeting leaves open and what it does about returns if `actor` closes it now; `clients` are all whom it
    has to think of.
    """
    case = Case(team, None, actor, now, lambda: "", meeting=meeting, others=tuple(clients))
    ends = as_it_ends(case, meeting, leaving(case, meeting))
    found = stepdown.at_closing(team, ends, clients, now)
    return left_open(team, ends, clients, now), Returns(
        returning=tuple(_going(team, one, now) for one in found.returning),
        announces=_new(team, found.announces, now),
        asks=_new(team, found.asks, now),
        waiting=tuple(_going(team, one, now, ends) for one in found.waiting),
    )


def if_announced(team: Team, stay: Stay, now: datetime) -> datetime | None:
    """When (UTC) somebody would return whom a meeting announces now: on the day of the next one at the earliest."""
    tomorrow = calendar.next_day(calendar.local_day(now, team.settings))
    at = team.categories[stay.category].policy.return_time or team.settings.return_time
    return calendar.next_return(tomorrow, at, now, team.settings)


def waits(team: Team, meeting: Meeting, client: Client, now: datetime) -> Waits | None:
    """Why closing the meeting does not let an announced client go today; None: it does."""
    stay = client.stay
    if stay is None or stay.announced is None:
        return None
    announced, item = stay.announced, meeting.item(client.id)
    if announced.meeting == meeting.id or calendar.days_between(announced.at, now, team.settings) <= 0:
        return Waits.TODAY
    if return_on(team, stay, now) is None:
        passed = return_time(team, stay, calendar.local_day(now, team.settings)) <= now
        return Waits.PASSED if passed else Waits.DAYS_OFF
    up = item.at is not None and calendar.days_between(announced.at, item.at, team.settings) > 0
    return None if up else Waits.NOT_UP


def _going(team: Team, client: Client, now: datetime, meeting: Meeting | None = None) -> Going:
    """Of an announced client; `meeting`: the one that does not let them go."""
    stay = client.stay
    today = return_on(team, stay, now) if stay else None
    at = stepdown.standing(team, client, now).returns if meeting else today
    return Going(client, at, _fresh(team, client, at or now), waits(team, meeting, client, now) if meeting else None)


def _new(team: Team, clients: Collection[Client], now: datetime) -> tuple[Going, ...]:
    found = [(client, if_announced(team, client.stay, now)) for client in clients if client.stay]
    return tuple(Going(client, at, _fresh(team, client, at or now)) for client, at in found)


def _fresh(team: Team, client: Client, at: datetime) -> bool:
    return client.stay is not None and needs.is_fresh(team, client, client.stay, at)

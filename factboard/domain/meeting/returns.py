"""What a meeting does about returns, for people to see before it is done: by the rule that closing it obeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factboard.domain import calendar, stepdown
from factboard.domain.case import Case
from factboard.domain.meeting.agenda import remaining
from factboard.domain.meeting.closing import Open, as_it_ends, left_open
from factboard.domain.meeting.leading import leaving
from factboard.domain.state import Client, Meeting, Stay, Team
from factboard.domain.stepdown import needs
from factboard.domain.stepdown.standing import next_moment, return_on


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
    places = {item.client: place for place, item in enumerate(remaining(ends, clients))}
    order = sorted(clients, key=lambda one: places.get(one.id, len(places)))
    found = stepdown.at_closing(team, ends, order, now)
    upheld = [one for one in order if stepdown.standing(team, one, now).state is stepdown.State.RETURNING]
    return left_open(team, ends, clients, now), Returns(
        returning=tuple(_today(team, one, now) for one in (*upheld, *found.returning)),
        announces=tuple(_later(team, one, now) for one in found.announces),
        asks=tuple(_later(team, one, now) for one in found.asks),
        waiting=tuple(_later(team, one, now, waits(team, ends, one, now)) for one in found.waiting),
    )


def if_announced(team: Team, stay: Stay, now: datetime) -> datetime | None:
    """When (UTC) somebody would return whom a meeting announces now: on the day of the next one at the earliest."""
    tomorrow = calendar.next_day(calendar.local_day(now, team.settings))
    return next_moment(team, stay, tomorrow, now)


def waits(team: Team, meeting: Meeting, client: Client, now: datetime) -> Waits | None:
    """Why closing the meeting does not let an announced client go today; None: it does."""
    stay = client.stay
    if stay is None or stay.announced is None:
        return None
    announced, item = stay.announced, meeting.item(client.id)
    if announced.meeting == meeting.id or calendar.days_between(announced.at, now, team.settings) <= 0:
        return Waits.TODAY
    if return_on(team, stay, now) is None:
        today = calendar.local_day(now, team.settings)
        return Waits.PASSED if calendar.is_for_returns(today, team.settings) else Waits.DAYS_OFF
    up = item.at is not None and calendar.days_between(announced.at, item.at, team.settings) > 0
    return None if up else Waits.NOT_UP


def _today(team: Team, client: Client, now: datetime) -> Going:
    """Of somebody who goes back today: at the moment that a meeting has said, or that this one says."""
    stay = client.stay
    upheld = stay.announced.due if stay and stay.announced else None
    at = upheld or (return_on(team, stay, now) if stay else None)
    return Going(client, at, _fresh(team, client, at or now))


def _later(team: Team, client: Client, now: datetime, why: Waits | None = None) -> Going:
    """Of somebody whom the next meeting may let go, or one after it."""
    at = if_announced(team, client.stay, now) if client.stay else None
    return Going(client, at, _fresh(team, client, at or now), why)


def _fresh(team: Team, client: Client, at: datetime) -> bool:
    return client.stay is not None and needs.is_fresh(team, client, client.stay, at)

"""Beside the board: who goes where until the next meeting, who is here, who returns when, who is admitted, under a
legal measure, just returned.

The lists share the lines there are; what does not fit is counted (`Listed.more`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from factboard.domain import calendar, planned_care, roster, signs, visits
from factboard.domain.events import Member, Step
from factboard.domain.state import Action, Client, FollowUp, Legal, Team, Visit
from factboard.domain.visits import Gap
from factboard.domain.wall import room
from factboard.domain.wall.hours import is_afternoon
from factboard.domain.wall.tiles import Tile

T = TypeVar("T")
PEOPLE_LINES = 4  # who is here: a heading and up to three lines of names
BANNER_LINES = 2  # across the wall, that returns are paused


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """What is shown of a list, and how many more there are."""

    shown: tuple[T, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """Planned for today or earlier, and not done in the afternoon: a visit, or an action."""

    client: Client
    visit: Visit | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """A visit that somebody makes before the team next meets."""

    client: Client
    visit: Visit
    who: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A legal measure that ends; `left` days, negative when its end has passed."""

    client: Client
    legal: Legal
    left: int | None


@dataclass(frozen=True, slots=True)
class Returned:
    """Back in planned care a short while ago. `follow_up`: the contact that nobody has made yet; `late`: its day has
    passed.
    """

    client: Client
    follow_up: FollowUp | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """The lists, loudest first. `here` works today, `duty` is on duty."""

    gaps: Listed[Gap]
    later: dict[str, Visit]  # of those in `gaps` whose next visit is only after the team next meets
    undone: Listed[Undone]
    untaken: Listed[Client]
    tonight: bool  # the team has gone home, and nobody has one of these
    going: Listed[Going]
    returning: Listed[Tile]  # announced, in the order of their moments
    admitted: Listed[Client]
    legal: Listed[Measure]
    returned: Listed[Returned]
    here: tuple[Member, ...]
    duty: Member | None
    today: date
    last: date  # the visits reach to the end of this day

    @property
    def clients(self) -> set[str]:
        """Whom the lists show."""
        lists: Sequence[
            Listed[Gap] | Listed[Undone] | Listed[Going] | Listed[Tile] | Listed[Measure] | Listed[Returned]
        ] = (self.gaps, self.undone, self.going, self.returning, self.legal, self.returned)
        found = {one.client.id for listed in lists for one in listed.shown}
        plain = (self.untaken, self.admitted)
        return found | {client.id for listed in plain for client in listed.shown}


def side(team: Team, clients: Sequence[Client], tiles: Sequence[Tile], gaps: Sequence[Gap], now: datetime) -> Side:
    """Everything that stands beside the board of all of `tiles`."""
    today, last = calendar.local_day(now, team.settings), visits.last_day(team, now)
    on_board = [one.client for one in tiles]
    late = undone(team, on_board, now)
    missed = {(one.client.id, one.visit.seq) for one in late if one.visit}
    untaken = [one.client for one in tiles if one.untaken]
    going = [one for one in _going(team, on_board, today, last) if (one.client.id, one.visit.seq) not in missed]
    returning = sorted((one for one in tiles if one.goes_home), key=_moment)
    admitted = sorted((known for known in clients if known.admission and known.enrolled), key=_expected)
    legal, returned = _measures(clients, today), _returned(team, clients, now)
    lists: Sequence[Sequence[object]] = (gaps, late, untaken, going, returning, admitted, legal, returned)
    taken = PEOPLE_LINES + (BANNER_LINES if team.paused else 0)
    many = room.shares([len(one) for one in lists], room.LINES - taken)
    return Side(
        gaps=_listed(gaps, many[0]),
        later={one.client.id: one.visit for one in tiles if one.gap and one.visit and one.visit.day > last},
        undone=_listed(late, many[1]),
        untaken=_listed(untaken, many[2]),
        tonight=any(alarm.step is Step.TONIGHT for one in tiles for alarm in one.alarms),
        going=_listed(going, many[3]),
        returning=_listed(returning, many[4]),
        admitted=_listed(admitted, many[5]),
        legal=_listed(legal, many[6]),
        returned=_listed(returned, many[7]),
        here=tuple(roster.working(team, today)),
        duty=roster.on_duty(team, today),
        today=today,
        last=last,
    )


def _listed(found: Sequence[T], many: int) -> Listed[T]:
    return Listed(tuple(found[:many]), len(found) - many)


def undone(team: Team, clients: Sequence[Client], now: datetime) -> list[Undone]:
    """From the afternoon on: visits whose time has come and nobody has made, and actions whose day has come."""
    if not is_afternoon(team.settings, now):
        return []
    today = calendar.local_day(now, team.settings)
    calls = [
        Undone(client, visit=visit)
        for client in clients
        for visit in visits.ahead(client, team.settings, today)
        if visits.rises(visit, team.settings) <= now
    ]
    tasks = [
        Undone(client, action=action)
        for client in clients
        for action in (client.stay.actions if client.stay else ())
        if action.done_by is None and action.due is not None and action.due <= today
    ]
    return [*calls, *sorted(tasks, key=lambda one: not (one.action and one.action.urgent))]


def _going(team: Team, clients: Sequence[Client], today: date, last: date) -> list[Going]:
    found = [
        Going(client, visit, who)
        for client in clients
        for visit in visits.ahead(client, team.settings, today)
        if visit.day <= last and (who := visits.covered_by(team, visit))
    ]
    return sorted(found, key=lambda one: (one.visit.day, one.visit.at is None, str(one.visit.at), one.client.id))


def _moment(tile: Tile) -> tuple[bool, datetime, str]:
    """The soonest return first, whoever has no moment last."""
    at = tile.returns
    return at is None, at or calendar.LAST, tile.client.id


def _returned(team: Team, clients: Sequence[Client], now: datetime) -> list[Returned]:
    """As on the board: whose follow-up is overdue the longest first, then due the soonest; last those who were met."""
    return [
        Returned(one, planned_care.waits_for_follow_up(one), planned_care.follow_up_missed(one, now, team.settings))
        for one in sorted(signs.recently_returned(clients, now), key=planned_care.follow_up_order)
    ]


def _expected(client: Client) -> tuple[bool, date, str]:
    """The soonest discharge first, then the longest stay."""
    admission = client.admission
    expected = admission.expected if admission else None
    on = admission.on if admission else date.max
    return expected is None, expected or on, client.id


def _measures(clients: Sequence[Client], today: date) -> list[Measure]:
    found = [
        Measure(client, legal, signs.days_left(legal, today))
        for client in clients
        if client.enrolled
        for legal in client.legal
    ]
    return sorted(found, key=lambda one: (one.left is None, one.left or 0, one.client.id))

"""One client on the wall: what can be read of them from five metres."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factboard.domain import calendar, louder, signs, stepdown, visits
from factboard.domain.board import FRESH
from factboard.domain.events import Category, Step
from factboard.domain.louder import Alarm
from factboard.domain.meeting.agenda import since
from factboard.domain.naming import WallName
from factboard.domain.signs import Change
from factboard.domain.state import Client, Contact, Rating, Stay, Team, Visit
from factboard.domain.stepdown import Standing, State

NOBODY_HAS_IT = (Step.UNTAKEN, Step.TONIGHT)
GOES_HOME = (State.ANNOUNCED, State.RETURNING)


class Mark(StrEnum):
    """What must be seen on any tile, however small, beside what has gone on for too long."""

    UNTAKEN = "untaken"  # and not yet for too long
    RETURNS = "returns"
    READY = "ready"
    URGENT = "urgent"
    KEPT = "kept"
    AGAIN = "again"  # a second time on the board within 30 days


@dataclass(frozen=True, slots=True)
class Tile:
    """A client on the board. `goes` makes the next visit as things stand; `gap` says why nobody does before the team
    next meets, though a later visit may be planned; `missed` is the visit whose people are away.

    `returns` (UTC) is when an announced client goes back as things stand, None where that is not known, or paused.
    `alarms` are what has gone on for too long, `changes` those since the last held meeting. Nobody has seen them since
    `unseen_since`, as far as it is written here. `turns` (UTC) is when it changes by itself.
    """

    client: Client
    stay: Stay
    name: WallName
    category: Category
    days: int
    changes: tuple[Change, ...]
    visit: Visit | None
    goes: str | None
    gap: visits.Why | None
    missed: Visit | None
    contacts: int
    due: int
    trend: tuple[Rating, ...]
    standing: Standing
    returns: datetime | None
    alarms: tuple[Alarm, ...]
    unseen_since: datetime
    untaken: bool
    urgent: bool
    again: bool
    turns: datetime

    @property
    def review_overdue(self) -> bool:
        return any(one.step is Step.REVIEW for one in self.alarms)

    @property
    def goes_home(self) -> bool:
        """Is their return announced?"""
        return self.standing.state in GOES_HOME

    @property
    def marks(self) -> tuple[Alarm | Mark | Change, ...]:
        """What stands out, the most pressing first: what nobody has taken, an announced return (never the one that is
        left out), what is too long, the news.
        """
        nobody = [one for one in self.alarms if one.step in NOBODY_HAS_IT]
        where = self.standing.state
        found = {
            Mark.UNTAKEN: self.untaken and not nobody,
            Mark.RETURNS: self.goes_home,
            Mark.URGENT: self.urgent,
            Mark.READY: where is State.READY,
            Mark.KEPT: where is State.KEPT,
            Mark.AGAIN: self.again,
        }
        marks = [mark for mark, is_so in found.items() if is_so]
        first = [mark for mark in marks if mark in (Mark.UNTAKEN, Mark.RETURNS)]
        late = sorted((one for one in self.alarms if one not in nobody), key=lambda one: (not one.lead, one.since))
        return (*nobody, *first, *late, *(mark for mark in marks if mark not in first), *self.changes)


def tile(team: Team, client: Client, name: WallName, gap: visits.Gap | None, now: datetime) -> Tile:
    """A client who is on the board, at this moment."""
    stay, settings = client.stay, team.settings
    if stay is None:
        raise ValueError("a tile is for a client on the board")
    today = calendar.local_day(now, settings)
    visit = next(iter(visits.ahead(client, settings, today)), None)
    stands = stepdown.standing(team, client, now)
    return Tile(
        client=client,
        stay=stay,
        name=name,
        category=team.categories[stay.category],
        days=(today - calendar.local_day(stay.since, settings)).days,
        changes=signs.changes(client, since(team, now)),
        visit=visit,
        goes=visits.covered_by(team, visit) if visit else None,
        gap=gap.why if gap else None,
        missed=gap.visit if gap else None,
        contacts=signs.contacts_this_week(client, now, team.settings),
        due=signs.contacts_due(team, client),
        trend=signs.trend(stay),
        standing=stands,
        returns=stands.returns if stands.state in GOES_HOME and not team.paused else None,
        alarms=louder.alarms(team, client, now),
        unseen_since=max(signs.seen_at(client), signs.known_since(stay)),
        untaken=stay.taken_by is None,
        urgent=any(action.urgent and action.done_by is None for action in stay.actions),
        again=signs.back_within_30_days(client),
        turns=turns(team, client, now),
    )


def in_order(tiles: list[Tile]) -> list[Tile]:
    """By category; in each, what has gone on for too long first, the longest of it before the rest; then untaken ones,
    then the newest flag.
    """

    def place(one: Tile) -> tuple[object, ...]:
        rises = one.alarms[0].since if one.alarms else calendar.LAST
        flagged = -one.stay.flagged_at.timestamp()
        return one.category.order, one.category.code, rises, not one.untaken, flagged, one.client.id

    return sorted(tiles, key=place)


def met(team: Team, client: Client, now: datetime, most: int) -> tuple[tuple[Contact, ...], Contact | None]:
    """The newest contacts of the last seven days, at most so many, newest first; and the last one before them."""
    begins = signs.week_begins(now, team.settings)
    recent = [one for one in client.contacts if one.happened_at >= begins]
    older = [one for one in client.contacts if one.happened_at < begins]
    return tuple(recent[-most:][::-1]), older[-1] if older else None


def turns(team: Team, client: Client, now: datetime) -> datetime:
    """When what is said of a client changes by itself (UTC).

    Midnight, or the end of the day in which a change is news without a meeting; where they stand on the way back, and
    what has gone on for too long.
    """
    marks = [*stepdown.turns(team, client, now), *louder.turns(team, client, now)]
    if team.held is None and client.stay:
        stay = client.stay
        began = [stay.since, stay.flagged_at, *([stay.category_since] if stay.category_since else [])]
        noted = [one.recorded_at for one in stay.ratings[-1:]] + [one.recorded_at for one in client.contacts[-1:]]
        admitted = [client.admission.noted] if client.admission else []
        marks += [known + FRESH for known in (*began, *noted, *admitted)]
    return min([calendar.next_midnight(now, team.settings), *(mark for mark in marks if mark > now)])

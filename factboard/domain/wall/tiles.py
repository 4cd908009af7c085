"""One client on the wall: what can be read of them from five metres."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factboard.domain import calendar, signs, visits
from factboard.domain.board import FRESH
from factboard.domain.events import Category
from factboard.domain.meeting.agenda import since
from factboard.domain.naming import WallName
from factboard.domain.signs import Change
from factboard.domain.state import Client, Contact, Rating, Stay, Team, Visit


class Mark(StrEnum):
    """What must be seen on any tile, however small."""

    UNTAKEN = "untaken"
    OVERDUE = "overdue"
    UNSEEN = "unseen"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Tile:
    """A client on the board. `goes` makes the next visit as things stand; `gap` says why nobody does before the team
    next meets, though a later visit may be planned; `missed` is the visit whose people are away.

    `changes` are those since the last held meeting. `turns` (UTC) is when it changes by itself.
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
    review_overdue: bool
    untaken: bool
    unseen: bool
    seen: datetime | None
    urgent: bool
    turns: datetime

    @property
    def marks(self) -> tuple[Mark | Change, ...]:
        """What stands out, the most pressing first."""
        found = {
            Mark.UNTAKEN: self.untaken,
            Mark.OVERDUE: self.review_overdue,
            Mark.UNSEEN: self.unseen,
            Mark.URGENT: self.urgent,
        }
        return (*(mark for mark, is_so in found.items() if is_so), *self.changes)


def tile(team: Team, client: Client, name: WallName, gap: visits.Gap | None, now: datetime) -> Tile:
    """A client who is on the board, at this moment."""
    stay, settings = client.stay, team.settings
    if stay is None:
        raise ValueError("a tile is for a client on the board")
    today = calendar.local_day(now, settings)
    visit = next(iter(visits.ahead(client, settings, today)), None)
    last = signs.last_seen(client)
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
        contacts=signs.contacts_this_week(client, now),
        due=signs.contacts_due(team, client),
        trend=signs.trend(stay),
        review_overdue=signs.review_overdue(stay, today),
        untaken=stay.taken_by is None,
        unseen=signs.unseen_too_long(team, client, now),
        seen=last.happened_at if last else None,
        urgent=any(action.urgent and action.done_by is None for action in stay.actions),
        turns=turns(team, client, now),
    )


def in_order(tiles: list[Tile]) -> list[Tile]:
    """As on the board: by category, and in each untaken first, then the newest flag first."""

    def place(one: Tile) -> tuple[object, ...]:
        flagged = -one.stay.flagged_at.timestamp()
        return one.category.order, one.category.code, not one.untaken, flagged, one.client.id

    return sorted(tiles, key=place)


def met(client: Client, now: datetime, most: int) -> tuple[tuple[Contact, ...], Contact | None]:
    """The newest contacts of the last seven days, at most so many, newest first; and the last one before them."""
    recent = [one for one in client.contacts if now - one.happened_at < signs.WEEK]
    older = [one for one in client.contacts if now - one.happened_at >= signs.WEEK]
    return tuple(recent[-most:][::-1]), older[-1] if older else None


def turns(team: Team, client: Client, now: datetime) -> datetime:
    """When what is said of a client changes by itself (UTC).

    Midnight, the end of a contact's seven days, or of the day in which a change is news without a meeting.
    """
    marks = [known.happened_at + signs.WEEK for known in client.contacts]
    if team.held is None and client.stay:
        stay = client.stay
        began = [stay.since, stay.flagged_at, *([stay.category_since] if stay.category_since else [])]
        noted = [one.recorded_at for one in stay.ratings[-1:]] + [one.recorded_at for one in client.contacts[-1:]]
        admitted = [client.admission.noted] if client.admission else []
        marks += [known + FRESH for known in (*began, *noted, *admitted)]
    return min([calendar.next_midnight(now, team.settings), *(mark for mark in marks if mark > now)])

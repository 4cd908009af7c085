"""A team's whole wall: the board and what stands beside it, or, in a meeting, the client in focus and the board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from factboard.domain import calendar, louder, planned_care, signs, visits
from factboard.domain.events import Category, Naming, OutsideMeeting
from factboard.domain.louder import Alarm
from factboard.domain.meeting.agenda import is_up, worries
from factboard.domain.naming import WallName, wall_names
from factboard.domain.state import Action, Client, Contact, FollowUp, Item, Meeting, Stay, Team, Visit
from factboard.domain.wall import hours, room
from factboard.domain.wall.hours import Mode
from factboard.domain.wall.side import Listed, Side, side
from factboard.domain.wall.tiles import Tile, in_order, met, tile

WORRIES = 8  # of those who are not on the board, in the round after the agenda
MUCH = 390  # characters
DAYS_AHEAD = 60  # whose days off a wall knows
CONTACTS = 3  # the newest ones of the client in focus


@dataclass(frozen=True, slots=True)
class Focus:
    """The client whom everybody thinks of now. `tile` None: not on the board any more."""

    client: Client
    name: WallName
    tile: Tile | None
    item: Item
    contacts: tuple[Contact, ...]  # of the last seven days; `before` is the last one older than that
    before: Contact | None
    visits: tuple[Visit, ...]
    actions: tuple[Action, ...]
    crisis_plan_this_stay: bool
    alarms: tuple[Alarm, ...]
    follow_up: FollowUp | None  # back in planned care, and nobody has met them

    @property
    def much(self) -> bool:
        """Is there so much to say that it has to be said in smaller letters?"""
        stay, known = self.client.stay, self.client.details
        said = [stay.reason, stay.needed, *stay.warning_signs] if stay else []
        said += [known.warnings, *(one.text for one in self.actions[:3]), *(line.text for line in self.item.lines[-3:])]
        return sum(map(len, said)) > MUCH or len(self.visits) + len(self.actions) > 5 or len(self.item.lines) > 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the meeting has come."""

    discussed: int
    of: int
    chair: str


@dataclass(frozen=True, slots=True)
class Wall:
    """`tiles` are those on this page; the numbers are the whole board's. `clients` are whom it shows, and nobody else.

    `worries` is the round after the agenda: those off the board whom nobody has met for longest. `hidden` are the codes
    of those who are on the board and whom not everybody here may see.
    """

    mode: Mode
    theme: str
    valid_until: datetime
    meets: datetime | None
    opens: datetime | None
    closed: tuple[date, ...]  # the days off of the next weeks: what a screen without a server goes by
    meeting: Meeting | None = None
    names: dict[str, WallName] | None = None
    count: int = 0
    untaken: int = 0
    overdue: int = 0
    uncovered: int = 0
    announced: int = 0  # today
    returning: int = 0  # today, as things stand
    groups: tuple[tuple[Category, int], ...] = ()
    tiles: tuple[Tile, ...] = ()
    page: room.Page | None = None
    fit: room.Fit = room.FITS[0]
    side: Side | None = None
    focus: Focus | None = None
    worries: Listed[Client] | None = None
    missed: frozenset[str] = frozenset()  # of the worries, whose planned contact nobody has made
    progress: Progress | None = None
    clients: frozenset[str] = frozenset()
    hidden: tuple[str, ...] = ()


def wall(
    team: Team,
    clients: Sequence[Client],
    now: datetime,
    *,
    naming: Naming = Naming.SHORT,
    outside: OutsideMeeting = OutsideMeeting.BOARD,
    meeting: Meeting | None = None,
    caseload: Sequence[Client] = (),
    hidden: Sequence[str] = (),
) -> Wall:
    """The wall of a screen that is set to `naming` and `outside`.

    `clients` are those on the board and all others whom a wall can show; `caseload` everybody in the team's care, asked
    only for the round after the agenda; `hidden` the codes of those on the board who are in none of them.
    """
    shows = hours.mode(team, now, outside)
    if shows is Mode.BLANK:
        return blank(team, now)

    known = {client.id: client for client in (*caseload, *clients)}
    names = wall_names(known.values(), naming)
    present = [client for client in clients if client.stay and client.enrolled]
    gaps = visits.uncovered(team, present, now)
    gap_of = {gap.client.id: gap for gap in gaps}
    tiles = in_order([tile(team, client, names[client.id], gap_of.get(client.id), now) for client in present])
    sizes = Counter(one.category.code for one in tiles)
    categories = sorted(team.categories.values(), key=lambda one: (one.order, one.code))
    today = calendar.local_day(now, team.settings)
    returned = [one.left_board + signs.RECENT for one in clients if one.left_board]
    waiting = [at for one in clients if one.stay is None for at in louder.turns(team, one, now)]
    risen = [visits.rises(visit, team.settings) for one in present for visit in one.visits]
    marks = [
        hours.turns(team, now),
        *(one.turns for one in tiles),
        *(instant for instant in (*returned, *waiting, *risen) if instant > now),
    ]
    common = _common(team, now) | {
        "mode": shows,
        "valid_until": min(marks),
        "count": len(tiles) + len(hidden),
        "hidden": tuple(hidden),
        "untaken": sum(one.untaken for one in tiles),
        "overdue": sum(one.review_overdue for one in tiles),
        "uncovered": len(gaps),
        "announced": sum(_announced_on(one.stay, today, team) for one in tiles),
        "returning": sum(one.returns is not None and _is_on(one.returns, today, team) for one in tiles),
        "groups": tuple((one, sizes[one.code]) for one in categories if sizes[one.code]),
    }
    if shows is Mode.COUNTS:
        return Wall(**common)

    focus = _focus(meeting, known, names, tiles, now, team) if meeting else None
    place = next((at for at, one in enumerate(tiles) if focus and one.client.id == focus.client.id), None)
    page = room.page(len(tiles), now, holding=place)
    shown = tuple(tiles[page.first : page.last])
    beside = None if meeting else side(team, clients, tiles, gaps, now)
    asked = _worries(team, caseload, now) if meeting and focus is None else None
    seen = {one.client.id for one in shown} | (beside.clients if beside else set())
    seen |= {focus.client.id} if focus else set()
    seen |= {client.id for client in asked.shown} if asked else set()
    common |= {
        "meeting": meeting,
        "names": names,
        "tiles": shown,
        "page": page,
        "fit": room.fit(len(shown), room.COMPACT if meeting else room.FITS),
        "side": beside,
        "focus": focus,
        "worries": asked,
        "missed": frozenset(one.client.id for one in planned_care.most_missed(team, asked.shown if asked else (), now)),
        "progress": _progress(meeting, known.values()) if meeting else None,
        "clients": frozenset(seen),
        "valid_until": min([*marks, *([page.until] if page.until else [])]),
    }
    return Wall(**common)


def knows(client: Client, now: datetime) -> bool:
    """Is this somebody whom a wall can show: on the board, admitted, under a legal measure, or off it of late?"""
    known = client.admission or client.legal or signs.in_sight_after_return(client, now)
    return client.stay is not None or (client.enrolled and bool(known))


def blank(team: Team, now: datetime) -> Wall:
    """A wall that shows nothing, whatever the hour."""
    return Wall(**_common(team, now))


def _common(team: Team, now: datetime) -> dict[str, Any]:
    return {
        "mode": Mode.BLANK,
        "theme": hours.theme(team.settings, now),
        "meets": calendar.next_meeting(now, team.settings),
        "opens": hours.opens(team.settings, now),
        "closed": calendar.closed_days(calendar.local_day(now, team.settings), DAYS_AHEAD, team.settings),
        "valid_until": hours.turns(team, now),
    }


def _focus(
    meeting: Meeting,
    known: dict[str, Client],
    names: dict[str, WallName],
    tiles: Sequence[Tile],
    now: datetime,
    team: Team,
) -> Focus | None:
    client = known.get(meeting.focus or "")
    if client is None:
        return None
    today = calendar.local_day(now, team.settings)
    plan, stay = client.crisis_plan, client.stay
    began = calendar.local_day(stay.since, team.settings) if stay else None
    actions = stay.actions if stay else client.actions_left
    recent, before = met(team, client, now, CONTACTS)
    return Focus(
        client=client,
        name=names[client.id],
        tile=next((one for one in tiles if one.client.id == client.id), None),
        item=meeting.item(client.id),
        contacts=recent,
        before=before,
        visits=tuple(visits.ahead(client, team.settings, today)),
        actions=tuple(one for one in actions if one.done_by is None),
        crisis_plan_this_stay=plan is not None and began is not None and plan.on >= began,
        alarms=louder.alarms(team, client, now),
        follow_up=planned_care.waits_for_follow_up(client),
    )


def _progress(meeting: Meeting, clients: Iterable[Client]) -> Progress:
    """Of those on the agenda and on the board; who has left it and waits for nobody needs no more thinking of."""
    there = {one.id: one for one in clients if is_up(one)}
    up = {item.client for item in meeting.agenda} | {id for id, one in there.items() if one.stay}
    return Progress(sum(id not in there or meeting.discussed(id) for id in up), len(up), meeting.chair)


def _announced_on(stay: Stay, day: date, team: Team) -> bool:
    return stay.announced is not None and _is_on(stay.announced.at, day, team)


def _is_on(at: datetime, day: date, team: Team) -> bool:
    return calendar.local_day(at, team.settings) == day


def _worries(team: Team, caseload: Sequence[Client], now: datetime) -> Listed[Client]:
    off = worries(team, caseload, now)
    return Listed(off[:WORRIES], max(0, len(off) - WORRIES))

"""The board as it stands at a moment: its cards by category, and who has left it of late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from factboard.domain import calendar, planned_care, signs
from factboard.domain.board.card import Card, card, last_time
from factboard.domain.events import Category
from factboard.domain.people import Label, labels
from factboard.domain.state import Client, FollowUp, Team
from factboard.domain.stepdown import State

COMING_BACK = (State.ANNOUNCED, State.RETURNING)


@dataclass(frozen=True, slots=True)
class Group:
    category: Category
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody who left the board a short while ago (`since`, UTC). `by` is who let them, or `factboard`.

    `late`: the day by which somebody was to meet them has passed.
    """

    client: Client
    label: Label
    since: datetime
    by: str
    follow_up: FollowUp | None
    late: bool

    @property
    def met(self) -> bool:
        """Has somebody met them, as the return asked for?"""
        return self.follow_up is not None and self.follow_up.done is not None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board; `valid_until` is the first instant at which something on it changes by itself."""

    groups: tuple[Group, ...]
    count: int
    untaken: int
    overdue: int
    ready: int
    announced: int
    returned: tuple[Returned, ...]
    valid_until: datetime

    @property
    def not_met(self) -> int:
        """How many of those who returned nobody has met in time."""
        return sum(one.late for one in self.returned)

    @property
    def first_untaken(self) -> str | None:
        """Which client, in the board's order."""
        return next((card.client.id for card in self.cards if not card.stay.taken_by), None)

    @property
    def cards(self) -> Iterator[Card]:
        for group in self.groups:
            yield from group.cards

    @property
    def clients(self) -> Iterator[str]:
        """Whom it shows."""
        yield from (card.client.id for card in self.cards)
        yield from (one.client.id for one in self.returned)


Make = Callable[[Team, Client, Label, datetime], Card]


def board(
    team: Team,
    clients: Iterable[Client],
    now: datetime,
    named: Mapping[str, Label] | None = None,
    make: Make | None = None,
) -> Board:
    """The board of all who are on it, in the team's order of categories, and those of `clients` who left it of late.

    `named` are labels that tell them from namesakes who are not on it; without it they differ from each other.
    `make` stands in for `card`, for one who remembers the cards that were made.
    """
    known, make = list(clients), make or card
    named = named or labels((client.id, client.details) for client in known)
    cards = [make(team, client, named[client.id], now) for client in known if client.stay and client.enrolled]
    returned = _returned(team, known, named, now)
    groups = tuple(
        Group(category, found)
        for category in sorted(team.categories.values(), key=lambda known: (known.order, known.code))
        if (found := _in_order(one for one in cards if one.stay.category == category.code)) or not category.retired
    )
    turns = [calendar.next_midnight(now, team.settings), *(one.changes_at for one in cards)]
    turns += [end for one in returned if (end := one.since + signs.RECENT) > now]
    return Board(
        groups=groups,
        count=len(cards),
        untaken=sum(one.stay.taken_by is None for one in cards),
        overdue=sum(one.review_overdue for one in cards),
        ready=sum(one.standing.state is State.READY for one in cards),
        announced=sum(one.standing.state in COMING_BACK for one in cards),
        returned=returned,
        valid_until=min(turns),
    )


def _returned(team: Team, clients: Iterable[Client], named: Mapping[str, Label], now: datetime) -> tuple[Returned, ...]:
    """Whose follow-up is overdue the longest first, then due the soonest; last whom somebody has met, newest first."""
    found = [
        Returned(
            client=client,
            label=named[client.id],
            since=last.ended,
            by=last.by,
            follow_up=client.follow_up,
            late=planned_care.follow_up_missed(client, now, team.settings),
        )
        for client in signs.recently_returned(clients, now)
        if (last := last_time(client))
    ]
    return tuple(sorted(found, key=lambda one: planned_care.follow_up_order(one.client)))


def _in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """What has gone on for too long first, the longest on top; then untaken, then the newest flag: what needs somebody
    stands on top.
    """
    return tuple(sorted(cards, key=_place))


def _place(one: Card) -> tuple[object, ...]:
    longest = one.alarms[0].since if one.alarms else calendar.LAST
    return longest, one.stay.taken_by is not None, -one.stay.flagged_at.timestamp(), one.client.id

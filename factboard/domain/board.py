"""The board as it stands at a moment: one card a client, grouped by category.

A card is data, not words. It also says when it will change by time alone, so that nothing on a screen grows
old unseen: midnight turns "days on the board", 24 hours end "new".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factboard.domain import calendar
from factboard.domain.events import Category, ContactKind
from factboard.domain.people import Label, labels
from factboard.domain.state import Action, Client, Contact, CrisisPlan, Rating, Stay, Team, Visit

FRESH = timedelta(hours=24)  # how long a new or renewed flag stands out


@dataclass(frozen=True, slots=True)
class Card:
    """One client on the board. Instants are UTC, days the team's; `changes_at` is when it turns by itself."""

    client: Client
    stay: Stay
    label: Label
    days: int  # local midnights passed since `stay.since`
    fresh: bool  # put on or flagged again within 24 hours
    review_overdue: bool
    case_manager: str | None
    next_visit: Visit | None
    open_actions: tuple[Action, ...]
    last_seen: Contact | None
    attempts_since: int
    rating: Rating | None
    crisis_plan: CrisisPlan | None
    crisis_plan_this_stay: bool
    changes_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    category: Category
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board; `valid_until` is the first instant at which a card changes by itself."""

    groups: tuple[Group, ...]
    count: int
    untaken: int
    overdue: int
    valid_until: datetime


def board(team: Team, clients: Iterable[Client], now: datetime) -> Board:
    """The board of all who are on it, in the team's order of categories."""
    present = [client for client in clients if client.stay and client.enrolled]
    named = labels((client.id, client.details) for client in present)
    cards = [card(team, client, named[client.id], now) for client in present]
    groups = tuple(
        Group(category, found)
        for category in sorted(team.categories.values(), key=lambda known: (known.order, known.code))
        if (found := _in_order(one for one in cards if one.stay.category == category.code)) or not category.retired
    )
    return Board(
        groups=groups,
        count=len(cards),
        untaken=sum(one.stay.taken_by is None for one in cards),
        overdue=sum(one.review_overdue for one in cards),
        valid_until=min((one.changes_at for one in cards), default=calendar.next_midnight(now, team.settings)),
    )


def card(team: Team, client: Client, label: Label, now: datetime) -> Card:
    """One client's card at this moment. The client must be on the board."""
    stay = client.stay
    if stay is None:
        raise ValueError("a card is for a client on the board")
    today = calendar.local_day(now, team.settings)
    began = calendar.local_day(stay.since, team.settings)
    fresh_until = stay.flagged_at + FRESH
    seen = [known for known in client.contacts if known.kind is not ContactKind.TRIED]
    last_seen = seen[-1] if seen else None
    attempts = [known for known in client.contacts if known.kind is ContactKind.TRIED]
    midnight = calendar.next_midnight(now, team.settings)
    return Card(
        client=client,
        stay=stay,
        label=label,
        days=(today - began).days,
        fresh=now < fresh_until,
        review_overdue=stay.review_by is not None and stay.review_by < today,
        case_manager=client.details.case_manager,
        next_visit=_next_visit(client, today),
        open_actions=tuple(action for action in stay.actions if action.done_by is None),
        last_seen=last_seen,
        attempts_since=sum(last_seen is None or one.happened_at > last_seen.happened_at for one in attempts),
        rating=stay.ratings[-1] if stay.ratings else None,
        crisis_plan=client.crisis_plan,
        crisis_plan_this_stay=client.crisis_plan is not None and client.crisis_plan.on >= began,
        changes_at=min(midnight, fresh_until) if now < fresh_until else midnight,
    )


def _next_visit(client: Client, today: date) -> Visit | None:
    ahead = [visit for visit in client.visits if visit.day >= today]
    return min(ahead, key=lambda visit: (visit.day, visit.at is None, visit.at, visit.seq), default=None)


def _in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Untaken first, then the newest flag first: what needs somebody stands on top."""
    return tuple(
        sorted(cards, key=lambda one: (one.stay.taken_by is not None, -one.stay.flagged_at.timestamp(), one.client.id))
    )

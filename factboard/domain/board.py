"""The board as it stands at a moment: one card a client, grouped by category.

A card is data, not words. It also says when it will change by time alone, so that nothing on a screen grows
old unseen: midnight turns "days on the board", 24 hours end "new".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factboard.domain import calendar, signs, visits
from factboard.domain.events import Category, ContactKind
from factboard.domain.people import Label, labels
from factboard.domain.state import Action, Client, Contact, CrisisPlan, Legal, Rating, Stay, Team, Visit

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
    visit_passed: bool  # its time has passed, and nobody has noted a contact since
    open_actions: tuple[Action, ...]
    last_seen: Contact | None
    spoken_since: Contact | None  # on the phone, after they were last seen
    attempts_since: int  # that met nobody, after the newest contact of either kind
    rating: Rating | None
    crisis_plan: CrisisPlan | None
    crisis_plan_this_stay: bool
    discharge_overdue: bool  # the expected day has passed, and nobody has noted a discharge
    legal: tuple[tuple[Legal, int | None], ...]  # with the local days left, the soonest end first
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


def board(team: Team, clients: Iterable[Client], now: datetime, named: Mapping[str, Label] | None = None) -> Board:
    """The board of all who are on it, in the team's order of categories.

    `named` are labels that tell them from namesakes who are not on it; without it they differ from each other.
    """
    present = [client for client in clients if client.stay and client.enrolled]
    named = named or labels((client.id, client.details) for client in present)
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
    last_seen, last = signs.last_seen(client), next(reversed(signs.contacts(client)), None)
    attempts = [known for known in client.contacts if known.kind is ContactKind.TRIED]
    visit = next(iter(visits.ahead(client, team.settings, today)), None)
    visit_at = calendar.instant(visit.day, visit.at, team.settings) if visit and visit.at else None
    turns = [calendar.next_midnight(now, team.settings), fresh_until, *([visit_at] if visit_at else [])]
    return Card(
        client=client,
        stay=stay,
        label=label,
        days=(today - began).days,
        fresh=now < fresh_until,
        review_overdue=signs.review_overdue(stay, today),
        case_manager=client.details.case_manager,
        next_visit=visit,
        visit_passed=visit_at is not None and visit_at <= now,
        open_actions=tuple(action for action in stay.actions if action.done_by is None),
        last_seen=last_seen,
        spoken_since=last if last is not last_seen else None,
        attempts_since=sum(last is None or one.happened_at > last.happened_at for one in attempts),
        rating=stay.ratings[-1] if stay.ratings else None,
        crisis_plan=client.crisis_plan,
        crisis_plan_this_stay=client.crisis_plan is not None and client.crisis_plan.on >= began,
        discharge_overdue=_overdue(client, today),
        legal=measures(client, today),
        changes_at=min(turn for turn in turns if turn > now),
    )


def _overdue(client: Client, today: date) -> bool:
    expected = client.admission.expected if client.admission else None
    return expected is not None and expected < today


def measures(client: Client, today: date) -> tuple[tuple[Legal, int | None], ...]:
    """The legal measures in force with their local days left, the soonest end first, until further notice last."""
    left = ((one, signs.days_left(one, today)) for one in client.legal)
    return tuple(sorted(left, key=lambda one: (one[1] is None, one[1] or 0, one[0].id)))


def _in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Untaken first, then the newest flag first: what needs somebody stands on top."""
    return tuple(
        sorted(cards, key=lambda one: (one.stay.taken_by is not None, -one.stay.flagged_at.timestamp(), one.client.id))
    )

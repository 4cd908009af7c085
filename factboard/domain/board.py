"""The board as it stands at a moment: one card a client, grouped by category.

A card is data, not words. It also says when it will change by time alone, so that nothing on a screen grows
old unseen: midnight turns "days on the board", 24 hours end "new", an untaken flag grows loud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from factboard.domain import calendar, louder, planned_care, signs, stepdown, visits
from factboard.domain.events import Category, ContactKind
from factboard.domain.louder import Alarm
from factboard.domain.people import Label, labels
from factboard.domain.state import Action, Client, Contact, CrisisPlan, FollowUp, Legal, Rating, Stay, Team, Visit
from factboard.domain.stepdown import Standing, State

FRESH = timedelta(hours=24)  # how long a new or renewed flag stands out
COMES_BACK = (State.ANNOUNCED, State.RETURNING)


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
    standing: Standing  # on the way back to planned care
    alarms: tuple[Alarm, ...]  # what has gone on for too long, the longest first
    again: datetime | None  # their second time within 30 days: when they left the board
    holds: int  # how often they were kept on
    changes_at: datetime


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
    return Board(
        groups=groups,
        count=len(cards),
        untaken=sum(one.stay.taken_by is None for one in cards),
        overdue=sum(one.review_overdue for one in cards),
        ready=sum(one.standing.state is State.READY for one in cards),
        announced=sum(one.standing.state in COMES_BACK for one in cards),
        returned=returned,
        valid_until=min(
            calendar.next_midnight(now, team.settings),
            *(one.changes_at for one in cards),
            *(end for one in returned if (end := one.since + signs.RECENT) > now),
        ),
    )


def card(team: Team, client: Client, label: Label, now: datetime) -> Card:
    """One client's card at this moment. The client must be on the board."""
    shown = _face(team, client, label, now)
    turns = sorted(at for at in _turns(team, client, now) if now < at < shown.changes_at)
    differs = (at for at in turns if _face(team, client, label, at) != shown)
    return replace(shown, changes_at=next(differs, shown.changes_at))


def _turns(team: Team, client: Client, now: datetime) -> Iterable[datetime]:
    """The instants at which the card may turn before the day does; it does not at each of them."""
    stay, visit_at = client.stay, _visit_at(team, _next_visit(team, client, now))
    own = [*([stay.flagged_at + FRESH] if stay else []), *([visit_at] if visit_at else [])]
    return (*own, *stepdown.turns(team, client, now), *louder.turns(team, client, now))


def _face(team: Team, client: Client, label: Label, now: datetime) -> Card:
    """The card, as if it stayed the same until midnight."""
    stay = client.stay
    if stay is None:
        raise ValueError("a card is for a client on the board")
    today = calendar.local_day(now, team.settings)
    began = calendar.local_day(stay.since, team.settings)
    last_seen, last = signs.last_seen(client), next(reversed(signs.contacts(client)), None)
    attempts = [known for known in client.contacts if known.kind is ContactKind.TRIED]
    visit = _next_visit(team, client, now)
    visit_at = _visit_at(team, visit)
    return Card(
        client=client,
        stay=stay,
        label=label,
        days=(today - began).days,
        fresh=now < stay.flagged_at + FRESH,
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
        standing=stepdown.standing(team, client, now),
        alarms=louder.alarms(team, client, now),
        again=_last_end(client) if signs.back_within_30_days(client) else None,
        holds=stay.holds,
        changes_at=calendar.next_midnight(now, team.settings),
    )


def _next_visit(team: Team, client: Client, now: datetime) -> Visit | None:
    return next(iter(visits.ahead(client, team.settings, calendar.local_day(now, team.settings))), None)


def _visit_at(team: Team, visit: Visit | None) -> datetime | None:
    return calendar.instant(visit.day, visit.at, team.settings) if visit and visit.at else None


def _last_end(client: Client) -> datetime | None:
    last = client.last_stay
    return last.ended if last else None


def _overdue(client: Client, today: date) -> bool:
    expected = client.admission.expected if client.admission else None
    return expected is not None and expected < today


def measures(client: Client, today: date) -> tuple[tuple[Legal, int | None], ...]:
    """The legal measures in force with their local days left, the soonest end first, until further notice last."""
    left = ((one, signs.days_left(one, today)) for one in client.legal)
    return tuple(sorted(left, key=lambda one: (one[1] is None, one[1] or 0, one[0].id)))


def _returned(team: Team, clients: Iterable[Client], named: Mapping[str, Label], now: datetime) -> tuple[Returned, ...]:
    """Those whom nobody has met in time first, then whoever returned last."""
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
        if (last := client.last_stay)
    ]
    return tuple(sorted(found, key=lambda one: not one.late))


def _in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """What has gone on for too long first, the longest on top; then untaken, then the newest flag: what needs somebody
    stands on top.
    """
    return tuple(sorted(cards, key=_place))


def _place(one: Card) -> tuple[object, ...]:
    longest = one.alarms[0].since if one.alarms else calendar.LAST
    return longest, one.stay.taken_by is not None, -one.stay.flagged_at.timestamp(), one.client.id

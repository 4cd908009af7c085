"""One client's card at a moment: data, not words. It also says when it will change by time alone, so that nothing on a
screen grows old unseen: midnight turns "days on the board", 24 hours end "new", an untaken flag grows loud.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from factboard.domain import calendar, louder, signs, stepdown, visits
from factboard.domain.events import ContactKind
from factboard.domain.louder import Alarm
from factboard.domain.people import Label
from factboard.domain.state import Action, Client, Contact, CrisisPlan, Legal, PastStay, Rating, Stay, Team, Visit
from factboard.domain.stepdown import Standing, State, needs

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
    standing: Standing  # on the way back to planned care
    rating_lasts: bool  # the newest one as usual is still new enough at the planned return, or it is not planned
    to_announce: bool  # a meeting has discussed them while ready; a named person may announce their return
    alarms: tuple[Alarm, ...]  # what has gone on for too long, the longest first
    unseen_since: datetime  # as far as it is written here
    again: datetime | None  # their second time within 30 days: when they left the board
    holds: int  # how often they were kept on
    changes_at: datetime


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
    visit_at, before = _visit_at(team, visit), last_time(client)
    standing = stepdown.standing(team, client, now)
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
        standing=standing,
        rating_lasts=standing.returns is None or needs.is_fresh(team, client, stay, standing.returns),
        to_announce=standing.state is State.READY and _may_announce(team, client, now),
        alarms=louder.alarms(team, client, now),
        unseen_since=max(signs.seen_at(client), signs.known_since(stay)),
        again=before.ended if before and signs.back_within_30_days(client) else None,
        holds=stay.holds,
        changes_at=calendar.next_midnight(now, team.settings),
    )


def _next_visit(team: Team, client: Client, now: datetime) -> Visit | None:
    return next(iter(visits.ahead(client, team.settings, calendar.local_day(now, team.settings))), None)


def _visit_at(team: Team, visit: Visit | None) -> datetime | None:
    return calendar.instant(visit.day, visit.at, team.settings) if visit and visit.at else None


def _may_announce(team: Team, client: Client, now: datetime) -> bool:
    """While a meeting is open, that is the one to announce them."""
    return team.meeting is None and stepdown.discussed_while_ready(team, client, now)


def last_time(client: Client) -> PastStay | None:
    """The newest time on the board that is over and was no error."""
    return next((past for past in reversed(client.past) if not past.in_error), None)


def _overdue(client: Client, today: date) -> bool:
    expected = client.admission.expected if client.admission else None
    return expected is not None and expected < today


def measures(client: Client, today: date) -> tuple[tuple[Legal, int | None], ...]:
    """The legal measures in force with their local days left, the soonest end first, until further notice last."""
    left = ((one, signs.days_left(one, today)) for one in client.legal)
    return tuple(sorted(left, key=lambda one: (one[1] is None, one[1] or 0, one[0].id)))

"""What each case manager carries: how many clients against the guidance of their models, contacts made and planned.

Guidance is no limit: who is over is shown, and helped to hand over; nobody is stopped. It is no appraisal either
(hazard 12, domain page section 8): what a caseload weighs says how much is asked of somebody, not how well it is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from factboard.domain import calendar, signs
from factboard.domain import events as e
from factboard.domain.caseload.models import model_of
from factboard.domain.caseload.rhythm import planned_days
from factboard.domain.people import Right, may
from factboard.domain.state import Client, Team

WEEKS = 4  # over which contacts are counted, made and planned
FULL_TIME = 5  # working days a week


@dataclass(frozen=True, slots=True)
class Load:
    """What `user` carries as a case manager; None: what nobody does.

    `share` is how much of a full caseload that is for the days they work: 1 is full. `fits` is how many clients like
    theirs fill it, None where no model of theirs has a number. `made`, `own` (of those, with the case manager there)
    and `planned` are contacts a week, over four weeks. `models` says how many are met by which.
    """

    user: str | None
    clients: tuple[Client, ...]
    models: Mapping[str, int]
    share: Fraction
    fits: int | None
    made: float
    own: float
    planned: float
    on_board: int

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def over(self) -> bool:
        """More than the guidance: what every place that shows a load warns of."""
        return self.share > 1


def loads(team: Team, clients: Iterable[Client], now: datetime) -> list[Load]:
    """Each case manager's load, the fullest first, and last what nobody carries; of those in the team's care."""
    carried: dict[str | None, list[Client]] = {}
    for client in clients:
        if client.enrolled:
            carried.setdefault(client.details.case_manager, []).append(client)
    found = [load(team, user, theirs, now) for user, theirs in carried.items()]
    return sorted(found, key=lambda one: (one.user is None, -one.share, -len(one.clients), one.user or ""))


def load(team: Team, user: str | None, clients: Iterable[Client], now: datetime) -> Load:
    """What these clients ask of this person."""
    theirs = tuple(clients)
    today = calendar.local_day(now, team.settings)
    begins, ends = now - timedelta(weeks=WEEKS), today + timedelta(weeks=WEEKS)
    share, fits = share_of(team, user, theirs)
    met = [one for client in theirs for one in signs.contacts(client) if begins <= one.happened_at <= now]
    planned = sum(len(planned_days(team, client, today, ends)) for client in theirs)
    return Load(
        user=user,
        clients=theirs,
        models=Counter(model_of(team, client).code for client in theirs),
        share=share,
        fits=fits,
        made=len(met) / WEEKS,
        own=sum(user in (one.by, *one.others) for one in met) / WEEKS,
        planned=planned / WEEKS,
        on_board=sum(client.stay is not None for client in theirs),
    )


def share_of(team: Team, user: str | None, clients: Iterable[Client]) -> tuple[Fraction, int | None]:
    """How much of a full caseload these clients are for this person, and how many like them fill it."""
    guided = [known.most for client in clients if (known := model_of(team, client)).most]
    weight, part = sum((Fraction(1, most) for most in guided), Fraction()), part_time(team, user)
    if user is None:
        return Fraction(), None
    return weight / part, int(len(guided) * part / weight) if weight else None


def part_time(team: Team, user: str | None) -> Fraction:
    """How much of full time somebody works, by their days a week; whoever has none counts as working one."""
    member = team.members.get(user or "")
    return Fraction(min(max(len(member.works), 1), FULL_TIME), FULL_TIME) if member else Fraction(1)


def carriers(team: Team) -> list[e.Member]:
    """Who can be a client's case manager: whoever works in the team and sees clients, by name."""
    here = (one for one in team.members.values() if not one.left and may(one.role, Right.CARE))
    return sorted(here, key=lambda one: one.name)

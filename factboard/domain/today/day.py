"""One person's day: whom they visit, what they have to do, and, for all of them alike, to whom nobody goes.

What should be done by now and is not rises to the top: from the afternoon on, what was planned for today; at once, the
most pressing of what was planned for an earlier day, so that the day itself stays in sight. Days are the team's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from factboard.domain import calendar, roster, signs, visits, week
from factboard.domain.events import ContactKind, Member, Settings
from factboard.domain.people import Right, may
from factboard.domain.state import Action, Client, Contact, Team, Visit
from factboard.domain.today import mine as theirs
from factboard.domain.today.asked import Asked, asked
from factboard.domain.today.coming import Due, Heard, due, heard
from factboard.domain.today.contacts import Meet, met, to_meet
from factboard.domain.today.mine import Mine
from factboard.domain.visits import Gap

LOOKS_BACK = timedelta(days=7)  # for visits of which nobody has said whether they were made
SEEN_BY_OTHERS = ":others"
OLD_OPEN = 3  # of earlier days, before the rest is folded away


@dataclass(frozen=True, slots=True)
class Call:
    """A visit of this person. `instead` of whom they go; `tried` is the last attempt that met nobody, on its day;
    `at_once`: they have another visit at that very time.
    """

    client: Client
    visit: Visit
    late: bool
    made: bool = False
    instead: str | None = None
    tried: Contact | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    client: Client
    action: Action
    late: bool


@dataclass(frozen=True, slots=True)
class Today:
    """A person's day. `calls`, `meets`, `tasks`, `asked`, `heard`, `due`, `made`, `met` and `mine`, whose care they
    answer for, are theirs; `gaps` are the whole team's.

    What is late stands in one of three: `late` before today's visits; after them `old`, actions overdue since more than
    a week, and `older`, all that is less pressing than the first of earlier days.
    """

    person: Member
    day: date
    calls: tuple[Call, ...]
    meets: tuple[Meet, ...]
    tasks: tuple[Task, ...]
    made: tuple[Call, ...]
    met: tuple[Client, ...]
    done: tuple[Task, ...]
    gaps: tuple[Gap, ...]
    mine: tuple[Mine, ...]
    asked: tuple[Asked, ...]
    heard: tuple[Heard, ...]
    due: tuple[Due, ...]
    here: bool
    away: bool
    duty: Member | None
    late: tuple[Call | Task, ...]
    old: tuple[Task, ...]
    older: tuple[Call | Task, ...]
    valid_until: datetime

    @property
    def clients(self) -> list[Client]:
        listed: Sequence[Sequence[Call | Meet | Task | Gap | Mine | Asked | Heard | Due]] = (
            self.calls, self.meets, self.tasks, self.made, self.done, self.gaps, self.mine, self.asked, self.heard,
            self.due,
        )  # fmt: skip
        found = [*(one.client for ones in listed for one in ones), *self.met]
        return [*{client.id: client for client in found}.values()]


def whose(team: Team, reader: str, asked: str | None) -> Member | None:
    """Whose day an address asks for: the reader's own, or a colleague's. None for nobody who sees clients."""
    member = team.members.get(asked or reader)
    return member if member and not member.left and may(member.role, Right.CARE) else None


def audience(reader: str, person: str) -> str:
    """Whose screens share one picture of a person's day: their own, or all those of the others."""
    return person if reader == person else person + SEEN_BY_OTHERS


def of_audience(audience: str) -> tuple[str, bool]:
    """The user id of the person whose day an audience sees, and whether it is that person."""
    return audience.removesuffix(SEEN_BY_OTHERS), not audience.endswith(SEEN_BY_OTHERS)


def today(team: Team, clients: Sequence[Client], person: Member, now: datetime) -> Today:
    """The day of one person; `clients` are all in the team's care."""
    settings, day = team.settings, calendar.local_day(now, team.settings)
    cared_for = [client for client in clients if client.enrolled]
    twice = week.at_once(team, cared_for, day)
    calls = sorted(
        (
            replace(call, at_once=call.visit.seq in twice)
            for client in cared_for
            for call in _calls(team, client, person.user, now)
        ),
        key=lambda one: (not one.late, *visits.in_time(one.visit)),
    )
    tasks = sorted(
        (Task(client, one, _due(one, now, team)) for client in cared_for for one in _actions(client, person.user)),
        key=lambda one: (not one.late, not one.action.urgent, one.action.due or date.max, one.action.seq),
    )
    ticked = [
        Task(client, one, late=False)
        for client in cared_for
        for one in (client.stay.actions if client.stay else ())
        if one.done_by == person.user and one.done_at and calendar.local_day(one.done_at, settings) == day
    ]
    late, old, older = _by_age(calls, tasks, day)
    own = theirs.mine(team, cared_for, person.user, now)
    visited = {one.client.id for one in calls}
    return Today(
        person=person,
        day=day,
        calls=tuple(one for one in calls if not one.made),
        meets=tuple(to_meet(team, cared_for, person.user, now)),
        tasks=tuple(tasks),
        made=tuple(one for one in calls if one.made),
        met=tuple(one for one in met(team, cared_for, person.user, now) if one.id not in visited),
        done=tuple(ticked),
        gaps=tuple(visits.uncovered(team, cared_for, now)),
        mine=tuple(own),
        asked=tuple(asked(team, cared_for, person.user, now)),
        heard=tuple(heard(team, cared_for, person.user, now)),
        due=tuple(due(team, cared_for, person.user, now)),
        here=person.user in {one.user for one in roster.working(team, day)},
        away=roster.absent(team, person.user, day),
        duty=roster.on_duty(team, day),
        late=late,
        old=old,
        older=older,
        valid_until=min([week.turns(team, now), *_later(team, calls, day, now), *theirs.turns(team, own, now)]),
    )


def _calls(team: Team, client: Client, user: str, now: datetime) -> list[Call]:
    """Their visits of today, made or not; of earlier days, those that nobody has made up for."""
    settings, day = team.settings, calendar.local_day(now, team.settings)
    near = [one for one in client.visits if day - LOOKS_BACK <= one.day <= day and user in (one.who, one.backup)]
    if not near:
        return []
    seen = signs.contacts(client)[-1:]
    last = calendar.local_day(seen[0].happened_at, settings) if seen else date.min
    found = []
    for visit in near:
        made = visits.made_by(client, visit, settings)
        goes = visits.covered_by(team, visit) or visit.who
        if made and made.by in (visit.who, visit.backup):
            goes = made.by
        if goes != user or (visit.day < day and (made or last >= visit.day)):
            continue
        late = made is None and visits.rises(visit, settings) <= now
        instead = visit.who if goes != visit.who else None
        found.append(Call(client, visit, late, made is not None, instead, _tried(client, visit, settings)))
    return found


def _by_age(
    calls: Sequence[Call], tasks: Sequence[Task], day: date
) -> tuple[tuple[Call | Task, ...], tuple[Task, ...], tuple[Call | Task, ...]]:
    """What is late: to stand before today's visits, to stand after them, and the rest of earlier days."""
    late: list[Call | Task] = [
        *(one for one in calls if one.late and not one.made),
        *(one for one in tasks if one.late),
    ]
    long_ago = [one for one in tasks if one.late and (one.action.due or day) < day - LOOKS_BACK]
    before = [one for one in late if (one.visit.day if isinstance(one, Call) else one.action.due or day) < day]
    pressing = [*(one for one in before if one not in long_ago), *long_ago]
    older = pressing[OLD_OPEN:]
    return (
        tuple(one for one in late if one not in older and one not in long_ago),
        tuple(one for one in long_ago if one not in older),
        tuple(older),
    )


def _tried(client: Client, visit: Visit, settings: Settings) -> Contact | None:
    attempts = [one for one in client.contacts if one.kind is ContactKind.TRIED and one.seq > visit.seq]
    return next((one for one in reversed(attempts) if calendar.local_day(one.happened_at, settings) == visit.day), None)


def _actions(client: Client, user: str) -> list[Action]:
    open_ = client.stay.actions if client.stay else client.actions_left
    return [one for one in open_ if one.owner == user and one.done_by is None]


def _due(action: Action, now: datetime, team: Team) -> bool:
    if action.due is None:
        return False
    return calendar.instant(action.due, visits.AFTERNOON, team.settings) <= now


def _later(team: Team, calls: Sequence[Call], day: date, now: datetime) -> list[datetime]:
    times = {calendar.instant(day, visits.AFTERNOON, team.settings)}
    times |= {visits.rises(one.visit, team.settings) for one in calls}
    return [at for at in times if at > now]

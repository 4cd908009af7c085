"""What was so when somebody looked: the team, and each client as the facts by then made them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from factboard.domain import calendar, roster
from factboard.domain import events as e
from factboard.domain.planned_care import waits_for_follow_up
from factboard.domain.projection import project
from factboard.domain.state import Client, Team

NEAR = timedelta(days=14)  # before or after the look: what somebody did for a client explains that they looked
NAMES_STAFF = frozenset({"by", "others", "who", "backup", "owner"})  # fields of facts that say whose work it is


@dataclass(frozen=True, slots=True)
class Course:
    """One client over time: `states` are those after each fact, `acts` who did or was to do something, when (UTC)."""

    states: tuple[tuple[datetime, Client | None], ...]
    acts: tuple[tuple[datetime, str], ...]

    def at(self, moment: datetime) -> Client | None:
        """The client as they stood then; None where there was no such client yet, or any more."""
        place = bisect_right(self.states, moment, key=lambda one: one[0])
        return self.states[place - 1][1] if place else None

    def acted(self, user: str, moment: datetime) -> bool:
        """Had this person something to do with the client within two weeks of then?"""
        return any(who == user and abs(at - moment) <= NEAR for at, who in self.acts)


def course(team: str, story: Sequence[e.Recorded]) -> Course:
    """A client's facts, in order, as a course."""
    states, acts = list[tuple[datetime, Client | None]](), list[tuple[datetime, str]]()
    state: Client | None = None
    for number, row in enumerate(story, 1):
        state = project(team, row, None, state, partial(_upto, story, number)).client
        states.append((row.at, state))
        acts += [(row.at, user) for user in {row.actor, *_staff(row.fact)}]
    return Course(tuple(states), tuple(acts))


def _upto(story: Sequence[e.Recorded], number: int) -> Sequence[e.Recorded]:
    return story[:number]


def _staff(fact: e.Fact) -> Iterable[str]:
    for name in NAMES_STAFF:
        value = getattr(fact, name, None)
        yield from (value,) if isinstance(value, str) else value or ()


@dataclass(frozen=True, slots=True)
class Known:
    """The team as it was at the end of the days that are checked, and the course of each client who was opened."""

    team: Team
    courses: Mapping[str, Course] = field(default_factory=dict)

    def client(self, id: str, at: datetime) -> Client | None:
        return self.courses[id].at(at) if id in self.courses else None

    def acted(self, user: str, id: str, at: datetime) -> bool:
        return id in self.courses and self.courses[id].acted(user, at)

    def clinical(self, user: str) -> bool:
        """Does this person see clients in the team?"""
        member = self.team.members.get(user)
        return member is not None and member.role in roster.CLINICAL

    def day(self, at: datetime) -> date:
        return calendar.local_day(at, self.team.settings)


def of_the_whole_team(client: Client) -> bool:
    """Is this somebody whom the whole team has to know of: on the board, admitted, under a law, just back?"""
    return bool(client.stay or client.admission or client.legal or waits_for_follow_up(client))

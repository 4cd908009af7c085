"""The people around the client: the resource group, its meetings, education, and the network of actors.

The resource group is that of R-ACT (domain page, section 7): the client chooses who is in it, and decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from factboard.domain.events.contents.fields import (
    choice,
    colleague,
    day,
    known,
    line,
    lines,
    rows,
    text,
    tick,
    time_of_day,
)
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.contents.words import Actor, GoalState, PersonKind, Taught, Told, Topic


@dataclass(frozen=True, slots=True)
class GroupMember:
    """Somebody whom the client has chosen, from the local day `first` to the end of `last`.

    `told`, `not_told` and the two days are the client's consent: what the member may be told, and until when. Who has
    left keeps their row, so that it can be read who was there when.
    """

    id: str = known()
    name: str = line(personal=True)
    kind: PersonKind | None = choice()
    role: str = line()
    organisation: str = line()
    phone: str = line(60, personal=True)
    first: date | None = day()
    last: date | None = day()
    told: Told | None = choice()
    not_told: str = line()
    consent_on: date | None = day()
    consent_until: date | None = day()


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    document: Literal[Kind.RESOURCE_GROUP] = Kind.RESOURCE_GROUP
    members: tuple[GroupMember, ...] = rows()
    works_for: tuple[str, ...] = lines()  # the client's goals for the group
    agreed: str = text()  # how the group works
    in_crisis: str = text()  # what its members do when things get worse


@dataclass(frozen=True, slots=True)
class Attendance:
    """`id` is that of the group's member, where it is one."""

    id: str = known()
    name: str = line(personal=True)
    came: bool = tick()


@dataclass(frozen=True, slots=True)
class FollowedUp:
    id: str = known()
    goal: str = line()
    state: GoalState | None = choice()
    note: str = text(500)


@dataclass(frozen=True, slots=True)
class GroupMeeting:
    """Written before it, with a day to come and an agenda; and after it, with who came and what was said."""

    document: Literal[Kind.GROUP_MEETING] = Kind.GROUP_MEETING
    on: date | None = day()
    at: time | None = time_of_day()
    place: str = line()
    agenda: tuple[str, ...] = lines()
    people: tuple[Attendance, ...] = rows()
    goals: tuple[FollowedUp, ...] = rows()
    decided: str = text()
    next: date | None = day()


@dataclass(frozen=True, slots=True)
class Education:
    """A session with the client or the network: communication, problem solving, knowing the illness.

    `follow_up` is the local day by which it is seen how the home task went; `followed_up` what came of it.
    """

    document: Literal[Kind.EDUCATION] = Kind.EDUCATION
    on: date | None = day()
    topic: Topic | None = choice()
    about: str = line()
    taught: Taught | None = choice()
    led_by: str = colleague()
    present: tuple[str, ...] = lines(personal=True)
    practised: str = text()
    home_task: str = text(500)
    follow_up: date | None = day()
    followed_up: str = text(500)


@dataclass(frozen=True, slots=True)
class NetworkActor:
    """Somebody beyond the group who does something for the client: `does` are the interventions, one a line."""

    id: str = known()
    actor: Actor | None = choice()
    name: str = line(personal=True)
    contact: str = line(personal=True)
    does: tuple[str, ...] = lines()
    coordinates: bool = tick()


@dataclass(frozen=True, slots=True)
class Network:
    document: Literal[Kind.NETWORK] = Kind.NETWORK
    actors: tuple[NetworkActor, ...] = rows()
    note: str = text()

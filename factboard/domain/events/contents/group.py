"""The people around the client: the resource group, its meetings, education, and the network of actors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
)
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.contents.words import Actor, GoalState, PersonKind, Told


@dataclass(frozen=True, slots=True)
class GroupMember:
    """Somebody whom the client has chosen. `agreed` is the consent: what they may be told, until when."""

    id: str = known()
    name: str = line(personal=True)
    kind: PersonKind | None = choice()
    role: str = line()
    organisation: str = line()
    phone: str = line(60, personal=True)
    told: Told | None = choice()
    consent_on: date | None = day()
    consent_until: date | None = day()
    first: date | None = day()
    last: date | None = day()


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    document: Literal[Kind.RESOURCE_GROUP] = Kind.RESOURCE_GROUP
    members: tuple[GroupMember, ...] = rows()
    works_for: tuple[str, ...] = lines()  # the client's goals for the group
    agreed: str = text()  # how the group works, what each does in a crisis
    next_meeting: date | None = day()


@dataclass(frozen=True, slots=True)
class FollowedUp:
    id: str = known()
    goal: str = line()
    state: GoalState | None = choice()
    note: str = text(500)


@dataclass(frozen=True, slots=True)
class GroupMeeting:
    document: Literal[Kind.GROUP_MEETING] = Kind.GROUP_MEETING
    on: date | None = day()
    place: str = line()
    agenda: tuple[str, ...] = lines()
    present: tuple[str, ...] = lines(personal=True)
    absent: tuple[str, ...] = lines(personal=True)
    goals: tuple[FollowedUp, ...] = rows()
    decided: str = text()
    next: date | None = day()


@dataclass(frozen=True, slots=True)
class Education:
    """A session with the client or the network: communication, problem solving, knowing the illness."""

    document: Literal[Kind.EDUCATION] = Kind.EDUCATION
    on: date | None = day()
    about: str = line()
    led_by: str = colleague()
    present: tuple[str, ...] = lines(personal=True)
    practised: str = text()
    home_task: str = text(500)
    follow_up: date | None = day()
    followed_up: str = text(500)


@dataclass(frozen=True, slots=True)
class NetworkActor:
    id: str = known()
    actor: Actor | None = choice()
    name: str = line(personal=True)
    contact: str = line(personal=True)
    does: str = text(500)
    coordinates: bool = tick()


@dataclass(frozen=True, slots=True)
class Network:
    document: Literal[Kind.NETWORK] = Kind.NETWORK
    actors: tuple[NetworkActor, ...] = rows()
    note: str = text()

"""Facts about a client who moves from one team to another of the same service.

Both teams' histories have theirs, and each names what it answers in the other's by its number and hash: asked here,
taken over there, gone from here. `theirs` is the client's id in the other team, where they have one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factboard.domain.events.fact import Fact


class Given(StrEnum):
    """What the receiving team may read of the sending team's history of the client."""

    NOTHING = "nothing"
    YEAR = "a_year"  # the last one before the move
    ALL = "all"


@dataclass(frozen=True, slots=True)
class HandoverNote:
    """What the receiving team is told: what they need to know, what is still to be done, what is planned, and what the
    client has said to the move.
    """

    to_know: str
    to_do: str = ""
    planned_for: str = ""
    agreed_to: str = ""


@dataclass(frozen=True, slots=True)
class MoveAsked(Fact, kind="move_asked"):
    """The team `team`, called `name`, is asked to take the client over. Until it does, nothing changes."""

    move: str
    team: str
    name: str
    note: HandoverNote
    history: Given


@dataclass(frozen=True, slots=True)
class MoveOffered(Fact, kind="move_offered"):
    """In the receiving team's history: it is asked, by the fact `seq` of the other team's. Says not who it is."""

    move: str
    team: str
    name: str
    theirs: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class MoveWithdrawn(Fact, kind="move_withdrawn"):
    """Nobody is asked any more. In the receiving team's history without a reason."""

    move: str
    team: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveDeclined(Fact, kind="move_declined"):
    """The receiving team does not take the client over. Its own history says no reason."""

    move: str
    team: str
    name: str
    reason: str = ""
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class MoveAccepted(Fact, kind="move_accepted"):
    """The receiving team's own: nothing is asked of it any more. Says not who it is; `MovedHere`, with it, does."""

    move: str
    team: str
    name: str


@dataclass(frozen=True, slots=True)
class MovedHere(Fact, kind="moved_here"):
    """Taken over from the team `team`, by its fact `seq`, which asked."""

    move: str
    team: str
    name: str
    theirs: str
    seq: int
    hash: str
    note: HandoverNote
    history: Given


@dataclass(frozen=True, slots=True)
class MovedAway(Fact, kind="moved_away"):
    """The team `team` has taken the client over, by its fact `seq`."""

    move: str
    team: str
    name: str
    theirs: str
    seq: int
    hash: str
    asked_by: str

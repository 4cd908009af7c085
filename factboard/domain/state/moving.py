"""Where a client comes from, where they are going, and whom other teams ask this one to take over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from factboard.domain import events as e


@dataclass(frozen=True, slots=True)
class Asked:
    """Another team is asked to take the client over, by the fact `seq`; `at` is UTC."""

    move: str
    team: str
    name: str
    note: e.HandoverNote
    history: e.Given
    by: str
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The client came from this team, or went there, at `at` (UTC). `theirs` is their id there."""

    team: str
    name: str
    theirs: str
    at: datetime
    by: str
    note: e.HandoverNote | None = None
    history: e.Given = e.Given.NOTHING


@dataclass(frozen=True, slots=True)
class Moves:
    """Of one client."""

    asked: Asked | None = None
    came: Moved | None = None
    went: Moved | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """This team is asked to take over the client `theirs` of another, by its fact `seq`."""

    move: str
    team: str
    name: str
    theirs: str
    at: datetime
    seq: int
    hash: str


def moves(known: Moves, row: e.Recorded) -> Moves:
    """A client's, after one more fact."""
    match row.fact:
        case e.MoveAsked() as one:
            asked = Asked(one.move, one.team, one.name, one.note, one.history, row.actor, row.at, row.seq)
            return Moves(asked, known.came, known.went)
        case e.MoveWithdrawn() | e.MoveDeclined():
            return Moves(None, known.came, known.went)
        case e.MovedAway() as one:
            return Moves(None, known.came, Moved(one.team, one.name, one.theirs, row.at, row.actor))
        case e.MovedHere() as one:
            came = Moved(one.team, one.name, one.theirs, row.at, row.actor, one.note, one.history)
            return Moves(None, came, None)
    return known


def offers(known: dict[str, Offer], row: e.Recorded) -> dict[str, Offer]:
    """A team's, after one more fact about the team itself."""
    match row.fact:
        case e.MoveOffered() as one:
            offer = Offer(one.move, one.team, one.name, one.theirs, row.at, one.seq, one.hash)
            return known | {one.move: offer}
        case e.MoveWithdrawn(move=move) | e.MoveDeclined(move=move) | e.MoveAccepted(move=move):
            return {id: one for id, one in known.items() if id != move}
    return known

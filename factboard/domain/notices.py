"""Who is told of a fact in the app: the case manager, when somebody else acts on their client's place."""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain import events as e
from factboard.domain.state import Client

TOLD_TO_CASE_MANAGER = (e.PutOnBoard, e.FlaggedAgain, e.Taken, e.Returned, e.EnteredInError, e.EnrolmentEnded)


@dataclass(frozen=True, slots=True)
class Notice:
    """To `user`, about the fact `seq` of this client."""

    user: str
    seq: int
    client: str


def notices(client: Client, row: e.Recorded) -> list[Notice]:
    """The notices that this fact makes, given the client as they are after it."""
    if isinstance(row.fact, e.PutOnBoard) and row.fact.source is e.Source.IMPORT:
        return []  # the file tells what the team knows already
    manager = client.details.case_manager
    if manager and manager != row.actor and isinstance(row.fact, TOLD_TO_CASE_MANAGER):
        return [Notice(manager, row.seq, client.id)]
    return []

"""What others have planned for a client, and whether it is anchored with the case manager."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from factboard.domain import events as e
from factboard.domain.events.contents import Kind

DOCUMENT = "document "  # stands before its ref in what is planned
KEPT = 12  # that are answered; those that wait are never forgotten


@dataclass(frozen=True, slots=True)
class Anchoring:
    """The fact `seq`, of the kind `kind`, by `by`; `thing` is what it plans: of one thing only the newest stands.

    `said` is what its planner said of the case manager. The answer, where there is one, is by `answered_by`; `talk`
    (UTC) is when they would talk of it. `document` is which document it is, if one: not all see each of them.
    """

    seq: int
    kind: str
    thing: str
    by: str
    at: datetime
    said: e.Anchored
    answer: e.Answer | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    note: str = ""
    talk: datetime | None = None
    document: Kind | None = None

    @property
    def ref(self) -> str:
        """The document of which it is a version; empty where it is none."""
        return self.thing.removeprefix(DOCUMENT) if self.document else ""

    @property
    def waits(self) -> bool:
        """Is it for the case manager to answer, or to talk of?"""
        asked = self.said in (e.Anchored.ASKED, e.Anchored.URGENT)
        return self.answer is e.Answer.TALK or (asked and self.answer is None)


def anchorings(known: tuple[Anchoring, ...], row: e.Recorded) -> tuple[Anchoring, ...]:
    """What is to be known of it after one more fact. What ended, or was planned anew, nobody asks about any more."""
    fact = row.fact
    match fact:
        case e.AnchoringAnswered():
            return tuple(_answered(one, fact, row) if one.seq == fact.of else one for one in known)
        case e.EnrolmentEnded():
            return ()
        case e.PutOnBoard():
            return _without(known, {e.Returned.kind})
        case e.Returned() | e.EnteredInError():
            known = _without(known, {e.Recategorised.kind})
    if (thing := _thing(row)) is None:
        return known
    others = _without(known, {thing})
    said: e.Anchored | None = getattr(fact, "anchored", None)
    if said is None:
        return others
    document = fact.document if isinstance(fact, e.DocumentWritten) else None
    return _newest((*others, Anchoring(row.seq, fact.kind, thing, row.actor, row.at, said, document=document)))


def _answered(known: Anchoring, fact: e.AnchoringAnswered, row: e.Recorded) -> Anchoring:
    return replace(
        known,
        answer=fact.answer,
        answered_by=row.actor,
        answered_at=row.at,
        note=fact.note,
        talk=fact.talk,
    )


def _thing(row: e.Recorded) -> str | None:
    """What the fact plans or ends, told apart from all else that is planned for the client; None: nothing."""
    match row.fact:
        case e.VisitPlanned():
            return f"visit {row.seq}"
        case e.VisitChanged(visit=visit) | e.VisitCancelled(visit=visit):
            return f"visit {visit}"
        case e.ActionAdded(action=id) | e.ActionDone(action=id):
            return f"action {id}"
        case e.DocumentWritten(ref=ref) | e.DocumentWithdrawn(ref=ref):
            return f"{DOCUMENT}{ref}"
        case e.PlannedContactSet(who=who) | e.IntensityChanged(who=who):
            return f"contacts {who}"
    return row.fact.kind if hasattr(row.fact, "anchored") else None


def _without(known: Iterable[Anchoring], things: set[str]) -> tuple[Anchoring, ...]:
    return tuple(one for one in known if one.thing not in things)


def _newest(known: tuple[Anchoring, ...]) -> tuple[Anchoring, ...]:
    settled = [one.seq for one in known if not one.waits]
    gone = set(settled[: max(0, len(settled) - KEPT)])
    return tuple(one for one in known if one.seq not in gone)

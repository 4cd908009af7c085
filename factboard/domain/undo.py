"""Undo: within 60 seconds, by the same person, for named kinds, and only while nothing rests on it.

The undone fact stays in the history beside the fact `undone`; the fold leaves it out (design 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Forbidden, Unknown

WINDOW = timedelta(seconds=60)

RESTS_ON: dict[type[e.Fact], tuple[type[e.Fact], ...]] = {
    # kind that can be undone -> later facts about the same client that rest on it
    e.PutOnBoard: (
        e.FlaggedAgain, e.Taken, e.Recategorised, e.Rated, e.VisitPlanned, e.ActionAdded, e.ReviewSet,
        e.Returned, e.EnteredInError, e.EnrolmentEnded, e.ContactLogged, e.ClientDiscussed, e.ReturnHeld,
    ),
    e.FlaggedAgain: (e.FlaggedAgain, e.Taken, e.Returned, e.EnteredInError, e.EnrolmentEnded),
    e.Taken: (e.FlaggedAgain, e.Returned, e.EnteredInError, e.EnrolmentEnded),
    e.Recategorised: (e.FlaggedAgain, e.Recategorised, e.ReviewSet, e.Returned, e.EnteredInError, e.EnrolmentEnded),
    e.Rated: (e.Returned, e.EnrolmentEnded),
    e.ContactLogged: (e.Returned, e.EnrolmentEnded),
    e.VisitPlanned: (e.VisitChanged, e.VisitCancelled),
    e.VisitChanged: (e.VisitChanged, e.VisitCancelled),
    e.VisitCancelled: (),
    e.Admitted: (e.AdmissionChanged, e.Discharged, e.EnrolmentEnded),
    e.AdmissionChanged: (e.AdmissionChanged, e.Discharged, e.EnrolmentEnded),
    e.Discharged: (e.Admitted, e.EnrolmentEnded),
    e.LegalMeasureStarted: (e.LegalMeasureProlonged, e.LegalMeasureEnded, e.EnrolmentEnded),
    e.LegalMeasureProlonged: (e.LegalMeasureProlonged, e.LegalMeasureEnded, e.EnrolmentEnded),
    e.LegalMeasureEnded: (e.EnrolmentEnded,),
    e.ActionAdded: (e.ActionDone,),
    e.ActionDone: (e.Returned, e.EnrolmentEnded),
    e.CrisisPlanReviewed: (e.CrisisPlanReviewed, e.Returned),
    e.ReviewSet: (e.ReviewSet, e.Recategorised, e.Returned),
    e.Returned: (e.PutOnBoard, e.EnrolmentEnded),
    e.EnteredInError: (e.PutOnBoard, e.EnrolmentEnded),
    e.ReturnHeld: (e.ReturnHeld, e.ReturnAnnounced, e.Returned, e.EnteredInError, e.EnrolmentEnded),
    e.TipNoted: (e.TipAnswered,),
    e.TipAnswered: (),
    e.PlannedContactSet: (
        e.PlannedContactSet, e.IntensityChanged, e.ReturnAnnounced, e.Returned, e.EnrolmentEnded,
    ),
    e.AnchoringAnswered: (e.EnrolmentEnded,),
    e.IntensityChanged: (e.PlannedContactSet, e.IntensityChanged, e.ReturnAnnounced, e.Returned, e.EnrolmentEnded),
    e.ClientModelSet: (e.ClientModelSet, e.EnrolmentEnded),
    e.CaseManagerChanged: (
        e.CaseManagerChanged, e.ClientCorrected, e.PlannedContactSet, e.IntensityChanged, e.EnrolmentEnded,
    ),
}  # fmt: skip

WRITTEN_TOGETHER: dict[type[e.Fact], tuple[type[e.Fact], ...]] = {
    # one form, several facts in this order: undoing the first undoes those right after it
    # `PutOnBoard` by what was written before they returned; either by a tip
    e.PutOnBoard: (e.TipAnswered, e.ContactLogged, e.Rated, e.VisitPlanned, e.ReturnHeld),
    e.FlaggedAgain: (e.TipAnswered, e.Recategorised, e.ReviewSet),
    e.ContactLogged: (e.Rated, e.VisitPlanned),
    e.Admitted: (e.Recategorised,),
    e.Discharged: (e.Recategorised,),
}

BESIDE: tuple[type[e.Fact], ...] = (e.OnMandate,)  # what is said of a fact right after it: undone with it, never alone


def undo(case: Case, *, seq: int) -> list[e.Entry]:
    """Undo the fact `seq` of this client. `case.since_seen` must hold that fact and all later ones."""
    client = case.client
    if client is None:
        raise Unknown("unknown_client")
    story = [known for known in case.since_seen if known.client == client.id]
    row = next((known for known in story if known.seq == seq), None)
    if row is None or type(row.fact) not in RESTS_ON:
        raise Conflict("cannot_be_undone")
    if row.actor != case.actor:
        raise Forbidden("undo_own_only")
    undone = {known.fact.seq for known in story if isinstance(known.fact, e.Undone)}
    if seq in undone:
        raise Conflict("already_undone")
    if case.now - row.at > WINDOW:
        raise Conflict("undo_too_late")
    mine = [row, *(known for known in _written_with(row, story) if known.seq not in undone)]
    later = [known for known in story if known.seq > seq and known.seq not in undone and known not in mine]
    if any(_rests_on(known, one) for one in mine for known in later if not _by_itself(known)):
        raise Conflict("something_rests_on_it")
    return [e.Entry(e.Undone(one.seq, one.fact.kind), client.id, one.placement) for one in mine]


def _written_with(row: e.Recorded, story: Sequence[e.Recorded]) -> list[e.Recorded]:
    """What the same form wrote right after `row`, one fact of a kind."""
    found: list[e.Recorded] = []
    kinds = [*WRITTEN_TOGETHER.get(type(row.fact), ()), *BESIDE]
    if isinstance(row.fact, e.PutOnBoard) and row.fact.made is None:
        kinds = [*BESIDE, e.TipAnswered, *BESIDE]
    for known in (known for known in story if known.seq > row.seq):
        together = (known.seq, known.at, known.actor) == (row.seq + len(found) + 1, row.at, row.actor)
        if not (together and type(known.fact) in kinds):
            break
        kinds = kinds[kinds.index(type(known.fact)) + 1 :]
        found.append(known)
    return found


def _by_itself(row: e.Recorded) -> bool:
    """Has a flag brought it with it? What it asks for goes with the flag."""
    return isinstance(row.fact, e.ActionAdded) and row.fact.task is not None


def _rests_on(later: e.Recorded, row: e.Recorded) -> bool:
    if isinstance(row.fact, e.PutOnBoard) and later.placement != row.placement:
        return False
    mine, theirs = _thing(row), _thing(later)
    if mine is not None and theirs is not None and mine != theirs:
        return False
    return isinstance(later.fact, RESTS_ON.get(type(row.fact), ()))


def _thing(row: e.Recorded) -> int | str | None:
    """Which action, tip, visit or legal measure of the client's the fact is about; None for none of them."""
    match row.fact:
        case e.VisitPlanned():
            return row.seq
        case e.VisitChanged(visit=visit) | e.VisitCancelled(visit=visit):
            return visit
        case e.ActionAdded(action=id) | e.ActionDone(action=id) | e.TipNoted(tip=id) | e.TipAnswered(tip=id):
            return id
        case e.LegalMeasureStarted(measure=id) | e.LegalMeasureProlonged(measure=id) | e.LegalMeasureEnded(measure=id):
            return id
    return None

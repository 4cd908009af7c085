"""One fact at a time: how a state becomes the next one. The fold never refuses: a fact has happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from factboard.domain import events as e
from factboard.domain.events.contents import MANY
from factboard.domain.state.anchoring import anchorings
from factboard.domain.state.caseload import of_caseload
from factboard.domain.state.coming import coming
from factboard.domain.state.legal_hold import LegalHold
from factboard.domain.state.merging import joined, left_for
from factboard.domain.state.moving import moves
from factboard.domain.state.planned_care import FollowUp, PlannedContact, met_by, written
from factboard.domain.state.ratings import with_rating
from factboard.domain.state.returning import of_return, told
from factboard.domain.state.shapes import Client, PastStay, Stay
from factboard.domain.state.sharing import shared
from factboard.domain.state.tips import with_tips
from factboard.domain.state.visiting import KEPT, with_visit
from factboard.domain.state.written import Action, Admission, Contact, CrisisPlan, Legal, Rating

DECISIONS = (  # facts that say what the team does about a client: a meeting that made one has discussed them
    e.PutOnBoard, e.FlaggedAgain, e.Taken, e.Recategorised, e.Rated, e.ReviewSet, e.Returned, e.EnteredInError,
    e.ActionAdded, e.VisitPlanned, e.VisitChanged, e.VisitCancelled, e.CrisisPlanReviewed, e.PlannedContactSet,
    e.IntensityChanged, e.ReturnHeld,
    e.Admitted, e.AdmissionChanged, e.Discharged,
    e.LegalMeasureStarted, e.LegalMeasureProlonged, e.LegalMeasureEnded,
)  # fmt: skip


def fold_client(client: str, facts: Iterable[e.Recorded]) -> Client | None:
    """A client's whole story in order, what was undone left out. None when there is no such client.

    In `facts` are also those of other records of the same person, where there are any.
    """
    story = list(facts)
    own = [row for row in story if row.client == client]
    undone = {row.fact.seq for row in own if isinstance(row.fact, e.Undone)}
    state: Client | None = None
    for row in own:
        if row.seq in undone:
            state = replace(state, seq=row.seq, facts=state.facts + 1) if state else None
        elif isinstance(row.fact, e.Merged):
            before = (one for one in story if one.seq < row.seq)
            state = evolve_client(client, state, row, fold_client(row.fact.other, before))
        else:
            state = evolve_client(client, state, row)
    return state


def evolve_client(client: str, state: Client | None, row: e.Recorded, other: Client | None = None) -> Client | None:
    """The state after one more fact; of whom nothing is kept any more there is none. `Undone` needs the whole story
    again, and `Merged` that of both records: see `fold_client`. `other` is the other record as it was then.
    """
    match row.fact:
        case e.Redacted():
            return None
        case e.ClientEnrolled(details=details) if state is None:
            return Client(client, row.seq, details, facts=1)
    if state and other and isinstance(row.fact, e.Merged):
        state = replace(state, **joined(state, other, row.fact, row))
    return _with(state, row) if state else None


def _with(state: Client, row: e.Recorded) -> Client:
    changed: dict[str, Any] = {"seq": row.seq, "facts": state.facts + 1}
    changed["anchorings"] = anchorings(state.anchorings, row)
    changed["coming"] = coming(state.coming, row)
    if isinstance(row.fact, DECISIONS):
        changed["decided"] = row.at
    match row.fact:
        case e.ClientEnrolled(details=details):
            changed |= {"details": details, "enrolled": True, "enrolment_end": None, "ended": None}
        case e.ClientCorrected(details=details):
            changed |= {"details": details}
        case e.EnrolmentEnded(reason=reason):
            changed |= {"enrolled": False, "enrolment_end": reason, "ended": row.at}
            changed |= _ended(state, row) | NO_FOLLOW_UP | {"moves": replace(state.moves, asked=None)}
        case e.MoveAsked() | e.MoveWithdrawn() | e.MoveDeclined() | e.MovedHere() | e.MovedAway():
            changed |= {"moves": moves(state.moves, row)}
        case e.MergedInto() as merged:
            changed |= _ended(state, row) | left_for(state, merged, row)
        case e.PutOnBoard():
            changed |= {"stay": _put_on(row, row.fact, state.actions_left), "actions_left": ()}
        case e.Returned() as returned:
            changed |= _ended(state, row) | _follow_up(returned, row)
        case e.EnteredInError():
            changed |= _ended(state, row, in_error=True)
        case e.ContactLogged() as logged:
            contact = Contact(
                row.seq, logged.contact, logged.by, logged.others, logged.happened_at, row.at, logged.note
            )
            ordered = sorted((*state.contacts, contact), key=lambda known: (known.happened_at, known.seq))
            changed |= {"contacts": tuple(ordered[-KEPT:]), "follow_up": _followed(state.follow_up, contact)}
            changed |= {"met_by": met_by(state.met_by, logged)}
        case e.VisitPlanned() | e.VisitChanged() | e.VisitCancelled():
            changed |= {"visits": with_visit(state.visits, row)}
        case e.Admitted() | e.AdmissionChanged() | e.Discharged():
            changed |= _admission(state, row)
        case e.LegalMeasureStarted() | e.LegalMeasureProlonged() | e.LegalMeasureEnded():
            changed |= {"legal": _legal(state.legal, row.fact)}
        case e.ClientDiscussed(meeting=meeting, ready=ready):
            stay = replace(state.stay, ready_in=meeting) if state.stay and ready else state.stay
            changed |= {"discussed": row.at, "passed_over": None, "stay": stay}
        case e.PlannedContactSet(who=who, every_days=every, next=day):
            kept = tuple(one for one in state.own_pace if one.who != who)
            changed |= {"planned": PlannedContact(who, every, day, row.actor, row.at), "own_pace": kept}
        case e.ClientModelSet() | e.CaseManagerChanged() | e.IntensityChanged():
            changed |= of_caseload(state, row)
        case e.FollowUpMissed(step=step, due=due):
            changed |= {"follow_up_told": told(state.follow_up_told, step, due)}
        case e.PlannedContactMissed(step=step, due=due):
            changed |= {"contact_told": told(state.contact_told, step, due)}
        case e.NotDiscussed():
            changed |= {"passed_over": row.at}
        case e.CrisisPlanReviewed() as reviewed:
            changed |= {"crisis_plan": _reviewed(reviewed, row)}
        case e.DocumentWritten() as fact if fact.document not in MANY:
            changed |= written(state.documents, state.lines, state.planned, state.own_pace, row, fact)
        case e.DocumentWithdrawn(document=kind) if kind in state.documents:
            left = {known: one for known, one in state.documents.items() if known is not kind}
            gone = state.taken_away | {kind: state.documents[kind].number}
            lines = tuple(line for line in state.lines if line.plan is not kind)
            changed |= {"documents": left, "taken_away": gone, "lines": lines}
        case e.LegalHoldPlaced(reason=reason):
            changed |= {"legal_hold": LegalHold(reason, row.actor, row.at)}
        case e.LegalHoldLifted():
            changed |= {"legal_hold": None}
        case e.ConsentGiven() | e.ConsentRevoked() | e.LockPlaced() | e.LockLifted():
            changed |= {"shared": shared(state.shared, row)}
        case e.TipNoted() | e.TipAnswered():
            changed |= {"tips": with_tips(state.tips, row)}
        case e.ActionDone(action=done) if state.stay is None:
            changed |= {"actions_left": tuple(action for action in state.actions_left if action.id != done)}
        case _ if state.stay:
            changed |= {"stay": _stay_with(state.stay, row, state.discharged)}
    return replace(state, **changed)


def _reviewed(fact: e.CrisisPlanReviewed, row: e.Recorded) -> CrisisPlan:
    return CrisisPlan(fact.on, row.actor, fact.with_client, fact.review_by, row.seq)


NO_FOLLOW_UP: dict[str, Any] = {"follow_up": None, "follow_up_told": {}}


def _follow_up(fact: e.Returned, row: e.Recorded) -> dict[str, Any]:
    """The contact that a return asks for; those of an earlier release asked for none."""
    plan = FollowUp(fact.follow_up, fact.who, row.at) if fact.follow_up else None
    return NO_FOLLOW_UP | {"follow_up": plan}


def _followed(plan: FollowUp | None, contact: Contact) -> FollowUp | None:
    """Somebody has met or spoken with the client since they returned: whoever it was."""
    met = contact.kind is not e.ContactKind.TRIED and plan is not None and contact.happened_at >= plan.since
    if plan is None or plan.done or not met:
        return plan
    return replace(plan, done=contact.happened_at, done_by=contact.by)


def _admission(state: Client, row: e.Recorded) -> dict[str, Any]:
    match row.fact:
        case e.Admitted(ward=ward, on=on, expected=expected, note=note):
            return {"admission": Admission(ward, on, expected, note, row.at)}
        case e.AdmissionChanged(ward=ward, expected=expected, note=note) if state.admission:
            return {"admission": replace(state.admission, ward=ward, expected=expected, note=note)}
        case e.Discharged(on=on):
            return {"admission": None, "discharged": max(on, state.discharged or on)}  # an older one noted after it
    return {}


def _legal(measures: tuple[Legal, ...], fact: e.Fact) -> tuple[Legal, ...]:
    match fact:
        case e.LegalMeasureStarted() as new:
            return (*measures, Legal(new.measure, new.name, new.on, new.ends, new.note))
        case e.LegalMeasureProlonged(measure=id, ends=ends, note=note):
            return tuple(replace(one, ends=ends, note=note or one.note) if one.id == id else one for one in measures)
        case e.LegalMeasureEnded(measure=id):
            return tuple(one for one in measures if one.id != id)
    return measures


def _put_on(row: e.Recorded, fact: e.PutOnBoard, actions: tuple[Action, ...]) -> Stay:
    return Stay(
        placement=row.placement or "",
        since=fact.since or row.at,
        put_on_by=row.actor,
        category=fact.category,
        reason=fact.reason,
        warning_signs=fact.warning_signs,
        needed=fact.needed,
        informed=fact.informed,
        source=fact.source,
        review_by=fact.review_by,
        flagged_at=fact.since or row.at,
        flagged_by=row.actor,
        flagged_seq=row.seq,
        actions=actions,
        noted=row.at,
        first_seq=row.seq,
        back=fact.back,
        flagged_made=fact.made,
        flagged_source=fact.source,
        plans=fact.plans,
    )


def _stay_with(stay: Stay, row: e.Recorded, discharged: date | None) -> Stay:
    match row.fact:
        case e.FlaggedAgain() as flag:
            return replace(
                stay,
                reason=flag.reason,
                warning_signs=flag.warning_signs,
                needed=flag.needed,
                informed=flag.informed,
                flagged_at=row.at,
                flagged_by=row.actor,
                flagged_seq=row.seq,
                taken_by=None,
                taken_at=None,
                back=False,
                flagged_made=flag.made,
                flagged_source=flag.source,
            )
        case e.Taken():
            return replace(stay, taken_by=row.actor, taken_at=row.at)
        case e.Recategorised(category=category, review_by=review_by):
            return replace(stay, category=category, review_by=review_by, category_since=row.at)
        case e.ReviewSet(review_by=review_by):
            return replace(stay, review_by=review_by)
        case e.Rated() as rated:
            rating = Rating(row.seq, rated.rating, rated.basis, rated.by, rated.happened_at, row.at)
            return replace(stay, ratings=with_rating(stay, rating, discharged))
        case e.ActionAdded() as added:
            action = Action(added.action, row.seq, added.text, added.owner, added.due, added.urgent, task=added.task)
            return replace(stay, actions=(*stay.actions, action))
        case e.ActionDone(action=done):
            ticked = (
                replace(action, done_by=row.actor, done_at=row.at) if action.id == done else action
                for action in stay.actions
            )
            return replace(stay, actions=tuple(ticked))
    return of_return(stay, row)


def _ended(state: Client, row: e.Recorded, *, in_error: bool = False) -> dict[str, Any]:
    if state.stay is None:
        return {}
    stay = state.stay
    past = PastStay(stay.placement, stay.since, row.at, stay.category, in_error, stay.reason, stay.holds, row.actor)
    left = tuple(one for one in stay.actions if one.done_by is None and (one.seq < stay.first_seq or not in_error))
    return {"stay": None, "past": (*state.past, past), "actions_left": left, "passed_over": None}

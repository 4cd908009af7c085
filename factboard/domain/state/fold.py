"""One fact at a time: how a state becomes the next one. The fold never refuses: a fact has happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from factboard.domain import events as e
from factboard.domain.state.shapes import Action, Client, Contact, CrisisPlan, PastStay, Rating, Stay, Team, Visit

KEPT = 60  # contacts and ratings kept in a state; older ones stand in the history


def fold_client(client: str, facts: Iterable[e.Recorded]) -> Client | None:
    """A client's whole story in order, what was undone left out. None when there is no such client."""
    story = list(facts)
    undone = {row.fact.seq for row in story if isinstance(row.fact, e.Undone)}
    state: Client | None = None
    for row in story:
        if row.seq in undone:
            state = replace(state, seq=row.seq) if state else None
        else:
            state = evolve_client(client, state, row)
    return state


def evolve_client(client: str, state: Client | None, row: e.Recorded) -> Client | None:
    """The state after one more fact. `Undone` needs the whole story again: see `fold_client`."""
    match row.fact:
        case e.ClientEnrolled(details=details) if state is None:
            return Client(client, row.seq, details)
    return _with(state, row) if state else None


def _with(state: Client, row: e.Recorded) -> Client:
    changed: dict[str, Any] = {"seq": row.seq}
    match row.fact:
        case e.ClientEnrolled(details=details):
            changed |= {"details": details, "enrolled": True, "enrolment_end": None}
        case e.ClientCorrected(details=details):
            changed |= {"details": details}
        case e.EnrolmentEnded(reason=reason):
            changed |= {"enrolled": False, "enrolment_end": reason} | _ended(state, row)
        case e.PutOnBoard():
            changed |= {"stay": _put_on(row, row.fact, state.actions_left), "actions_left": ()}
        case e.Returned():
            changed |= _ended(state, row)
        case e.EnteredInError():
            changed |= _ended(state, row, in_error=True)
        case e.ContactLogged() as logged:
            contact = Contact(
                row.seq, logged.contact, logged.by, logged.others, logged.happened_at, row.at, logged.note
            )
            ordered = sorted((*state.contacts, contact), key=lambda known: (known.happened_at, known.seq))
            changed |= {"contacts": tuple(ordered[-KEPT:])}
        case e.VisitPlanned() as plan:
            visit = Visit(row.seq, plan.who, plan.day, plan.at, plan.note)
            changed |= {"visits": (*state.visits, visit)[-KEPT:]}
        case e.CrisisPlanReviewed() as reviewed:
            changed |= {"crisis_plan": CrisisPlan(reviewed.on, row.actor, reviewed.with_client)}
        case e.ActionDone(action=done) if state.stay is None:
            changed |= {"actions_left": tuple(action for action in state.actions_left if action.id != done)}
        case _ if state.stay:
            changed |= {"stay": _stay_with(state.stay, row)}
    return replace(state, **changed)


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
    )


def _stay_with(stay: Stay, row: e.Recorded) -> Stay:
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
            )
        case e.Taken():
            return replace(stay, taken_by=row.actor, taken_at=row.at)
        case e.Recategorised(category=category, review_by=review_by):
            return replace(stay, category=category, review_by=review_by)
        case e.ReviewSet(review_by=review_by):
            return replace(stay, review_by=review_by)
        case e.Rated() as rated:
            rating = Rating(row.seq, rated.rating, rated.basis, rated.by, rated.happened_at, row.at)
            ordered = sorted((*stay.ratings, rating), key=lambda known: (known.happened_at, known.seq))
            return replace(stay, ratings=tuple(ordered[-KEPT:]))
        case e.ActionAdded() as added:
            action = Action(added.action, row.seq, added.text, added.owner, added.due, added.urgent)
            return replace(stay, actions=(*stay.actions, action))
        case e.ActionDone(action=done):
            ticked = (
                replace(action, done_by=row.actor, done_at=row.at) if action.id == done else action
                for action in stay.actions
            )
            return replace(stay, actions=tuple(ticked))
    return stay


def _ended(state: Client, row: e.Recorded, *, in_error: bool = False) -> dict[str, Any]:
    if state.stay is None:
        return {}
    stay = state.stay
    past = PastStay(stay.placement, stay.since, row.at, stay.category, in_error)
    left = () if in_error else tuple(action for action in stay.actions if action.done_by is None)
    return {"stay": None, "past": (*state.past, past), "actions_left": left}


def evolve_team(team: str, state: Team | None, row: e.Recorded) -> Team | None:
    """The team after one more fact about the team itself (those about clients leave it as it is)."""
    if isinstance(row.fact, e.HistoryStarted):
        return Team(team, row.seq, e.Settings(name=row.fact.name), {}, {})
    if state is None:
        return None
    if row.client is None:
        state = replace(state, seq=row.seq)
    match row.fact:
        case e.TeamSettingsChanged(settings=settings):
            return replace(state, settings=settings)
        case e.CategoryChanged(category=category):
            return replace(state, categories=state.categories | {category.code: category})
        case e.MemberAdded(member=member) | e.MemberChanged(member=member):
            return replace(state, members=state.members | {member.user: member})
        case e.MemberRemoved(user=user) if user in state.members:
            return replace(state, members=state.members | {user: replace(state.members[user], left=True)})
    return state

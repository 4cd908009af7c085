"""A client moves from one team to another: asked with a handover note, taken over or declined.

Until the other team has taken them over the client stays where they are, and on the board where they are on it; the two
facts that end the one and begin the other are written in one transaction. So nobody is ever on the board of both teams,
or, having been on it, of none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.documents import carried
from factboard.domain.merging import together
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Unknown
from factboard.domain.roster import CLINICAL
from factboard.domain.state import Client, Offer
from factboard.domain.text import NOTE, REASON, clean
from factboard.domain.versions import Version


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The client as the sending team has them, what is written of them, and its staff's names by user."""

    client: Client
    written: Sequence[Version]
    names: Mapping[str, str]


def ask(case: Case, *, move: str, team: str, name: str, note: e.HandoverNote, history: e.Given) -> list[e.Entry]:
    """Ask the team `team`, called `name`, to take the client over. The case manager asks, who stands in, or a lead."""
    client = case.enrolled()
    _theirs_to_move(case, client)
    if client.moves.asked:
        raise Conflict("move_waits")
    if team == case.team.id:
        raise Invalid("this_very_team", "team")
    said = e.HandoverNote(
        clean(note.to_know, "to_know", limit=NOTE, required=True),
        clean(note.to_do, "to_do", limit=NOTE),
        clean(note.planned_for, "planned_for", limit=NOTE),
        clean(note.agreed_to, "agreed_to", limit=NOTE, required=True),
    )
    if client.shared.locks and history is not e.Given.NOTHING:
        raise Invalid("locked_history", "history")
    return [case.about(e.MoveAsked(move, team, name, said, history))]


def offered(case: Case, *, move: str, team: str, name: str, theirs: str, seq: int, hash: str) -> list[e.Entry]:
    """In the receiving team's history: what was asked, by whom."""
    return [e.Entry(e.MoveOffered(move, team, name, theirs, seq, hash))]


def withdraw(case: Case, *, reason: str) -> list[e.Entry]:
    """Nobody is asked any more."""
    client = case.enrolled()
    _theirs_to_move(case, client)
    asked = client.moves.asked
    if asked is None:
        raise Conflict("move_is_over")
    why = clean(reason, "reason", limit=REASON, required=True)
    return [case.about(e.MoveWithdrawn(asked.move, asked.team, asked.name, why))]


def decline(case: Case, *, move: str, team: str, name: str, reason: str) -> list[e.Entry]:
    """In the sending team's history: the team `team` says no, and why."""
    client = case.enrolled()
    asked = client.moves.asked
    if asked is None or asked.move != move:
        raise Conflict("move_is_over")
    why = clean(reason, "reason", limit=REASON, required=True)
    return [case.about(e.MoveDeclined(move, team, name, why, asked.by))]


def over(case: Case, *, move: str, declined: bool = False) -> list[e.Entry]:
    """In the receiving team's history: it is asked no more."""
    offer = case.team.offers.get(move)
    if offer is None:
        return []
    kind = e.MoveDeclined if declined else e.MoveWithdrawn
    return [e.Entry(kind(move, offer.team, offer.name))]


def accept(
    case: Case, *, move: str, elsewhere: Elsewhere, case_manager: str | None = None, category: str = ""
) -> list[e.Entry]:
    """Take the client over, into the record of this team that `case.client` is, or as a new client.

    Whoever is on the sending team's board is on this one's from here on, in the category chosen. The newest versions of
    what is written come along; what is locked does not.
    """
    offer, theirs, here = _still(case, move, elsewhere), elsewhere.client, case.client
    if case_manager:
        case.member(case_manager, "case_manager")
    details = replace(theirs.details, case_manager=case_manager, substitute=None)
    id = here.id if here else case.new_id()
    found: list[e.Entry] = []
    if here is None or not here.enrolled:
        found.append(e.Entry(e.ClientEnrolled(details), id))
    elif (known := together(here.details, details, ())) != here.details:
        changed = tuple(name for name in e.Details.__slots__ if getattr(known, name) != getattr(here.details, name))
        found.append(e.Entry(e.ClientCorrected(known, changed), id))
    note, history = _told(theirs)
    asked = (offer.move, offer.team, offer.name, offer.theirs, offer.seq, offer.hash)
    placement = here.stay.placement if here and here.stay else None
    found.append(e.Entry(e.MovedHere(*asked, note, history), id, placement))
    if theirs.stay and placement is None:
        chosen = case.category(category) if category else None
        if chosen is None:
            raise Invalid("choose_one", "category")
        placement = case.new_id()
        found.append(e.Entry(_put_on(theirs, chosen.code), id, placement))
    facts = [*_with_them(case, theirs, here, on_board=placement is not None), *_written(case, elsewhere, offer, here)]
    return [*found, *(e.Entry(fact, id, placement) for fact in facts), e.Entry(e.MoveAccepted(*asked[:3]))]


def gone(case: Case, *, move: str, team: str, name: str, theirs: str, seq: int, hash: str) -> list[e.Entry]:
    """In the sending team's history: taken over there, so the enrolment ends here, and a time on the board with it."""
    client = case.enrolled()
    asked = client.moves.asked
    if asked is None or asked.move != move:
        raise Conflict("move_is_over")
    away = e.MovedAway(move, team, name, theirs, seq, hash, asked.by)
    return [case.about(away), case.about(e.EnrolmentEnded(e.EndReason.OTHER_TEAM, name))]


def _theirs_to_move(case: Case, client: Client) -> None:
    member, own = case.team.members.get(case.actor), (client.details.case_manager, client.details.substitute)
    if case.actor not in own and (member is None or member.role is not e.Role.LEAD):
        raise Forbidden("case_manager_or_lead_only")


def _still(case: Case, move: str, elsewhere: Elsewhere) -> Offer:
    """What is asked, if it is asked still, in both teams, by people who see clients."""
    offer, asked, member = case.team.offers.get(move), elsewhere.client.moves.asked, case.team.members.get(case.actor)
    if offer is None:
        raise Unknown("unknown_move")
    if asked is None or asked.move != move or not elsewhere.client.enrolled:
        raise Conflict("move_is_over")
    if member is None or member.role not in CLINICAL:
        raise Forbidden("clinicians_only")
    if case.client and case.client.merged_into:
        raise Conflict("merged_already")
    return offer


def _told(theirs: Client) -> tuple[e.HandoverNote, e.Given]:
    asked = theirs.moves.asked
    assert asked  # looked at in `_still`
    return asked.note, e.Given.NOTHING if theirs.shared.locks else asked.history


def _put_on(theirs: Client, category: str) -> e.PutOnBoard:
    stay = theirs.stay
    assert stay
    return e.PutOnBoard(category, stay.reason, stay.warning_signs, stay.needed, stay.informed, stay.source)


def _with_them(case: Case, theirs: Client, here: Client | None, *, on_board: bool) -> list[e.Fact]:
    """Where they are, what the law says, and what is still to be done: by whom, this team decides."""
    found: list[e.Fact] = []
    if theirs.admission and not (here and here.admission):
        known = theirs.admission
        found.append(e.Admitted(known.ward, known.on, known.expected, known.note))
    found += [e.LegalMeasureStarted(case.new_id(), one.name, one.on, one.ends, one.note) for one in theirs.legal]
    if theirs.crisis_plan:
        found.append(e.CrisisPlanReviewed(theirs.crisis_plan.on, theirs.crisis_plan.with_client))
    open_ones = theirs.stay.actions if theirs.stay else theirs.actions_left
    if on_board:
        left = (one for one in open_ones if one.done_by is None)
        found += [e.ActionAdded(case.new_id(), one.text, None, one.due, one.urgent) for one in left]
    return found


def _written(case: Case, elsewhere: Elsewhere, offer: Offer, here: Client | None) -> list[e.DocumentWritten]:
    if elsewhere.client.shared.locks:
        return []
    return carried(elsewhere.written, offer.team, elsewhere.names, case.new_id, here)

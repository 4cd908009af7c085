"""One time on the board: put on, take, recategorise, rate, contact, act, return.

Each rule takes the `Case` and what was typed, and answers with the facts to write or raises `Refused`
(design 5). Anyone in the team may put a client on at once: there is no approval.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from factboard.domain import back_up, calendar, planned_care, roster
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.text import NOTE, REASON, clean

LONGEST_REVIEW = timedelta(days=366)
EARLIEST = date(1990, 1, 1)  # before there were boards
MANY = 20  # warning signs or people in one form


def put_on_board(
    case: Case,
    *,
    category: str,
    reason: str,
    warning_signs: Sequence[str] = (),
    needed: str = "",
    informed: e.Informed = e.Informed.UNKNOWN,
    source: e.Source = e.Source.TEAM,
    since: date | None = None,
    review_by: date | None = None,
) -> list[e.Entry]:
    """Put a client on the board. Already there, it is a flag again on the same placement, to be taken anew.

    `since` is a local day, for a time that began before it was written down (import). One that comes late from a phone
    is asked about once more where others have put the client on, or flagged them, since it was written.
    """
    client = case.enrolled()
    chosen = case.category(category)
    why = clean(reason, "reason", limit=REASON, required=True)
    signs = _signs(warning_signs)
    need = clean(needed, "needed", limit=REASON)
    if review_by and source is not e.Source.IMPORT:  # a file may tell of a review that is overdue; nobody plans one
        review_by = _in_review_range(case, review_by)
    if client.stay:
        moves = client.stay.category != category
        case.refuse_overtaken(e.PutOnBoard, e.FlaggedAgain, *([e.Recategorised] if moves else []))
        again = e.FlaggedAgain(why, signs, need, informed, source, case.late)
        facts = [case.about(again)]
        if client.stay.category != category:
            facts.append(case.about(_recategorised(case, client.stay.category, chosen, "", review_by)))
        elif review_by and review_by != client.stay.review_by:
            facts.append(case.about(e.ReviewSet(review_by)))
        return facts
    began, plans = _began(case, since), planned_care.in_force(client)
    due = _review_by(case, review_by, since or case.today, chosen)
    fact = e.PutOnBoard(category, why, signs, need, informed, source, began, due, made=case.late, plans=plans)
    return [e.Entry(fact, client.id, case.new_id())]


def take(case: Case, *, over: bool = False) -> list[e.Entry]:
    """Say "I have it": this flag is mine to act on. `over`: from whoever has it, as the person has seen."""
    stay = case.on_board()
    if stay.taken_by == case.actor:
        raise Conflict("already_yours")
    if stay.taken_by and (not over or case.meanwhile(e.Taken)):
        raise Conflict("already_taken", by=stay.taken_by)
    if case.meanwhile(e.PutOnBoard, e.FlaggedAgain):
        raise Conflict("flagged_meanwhile")  # nobody can have what they have not read (hazard H11)
    return [case.about(e.Taken())]


def recategorise(case: Case, *, category: str, reason: str = "", review_by: date | None = None) -> list[e.Entry]:
    """Move the client to another category: a fact inside the same time on the board."""
    stay = case.on_board()
    chosen = case.category(category)
    if case.meanwhile(e.PutOnBoard, e.Recategorised):
        raise Conflict("category_changed_meanwhile")
    if stay.category == category:
        raise Invalid("same_category", "category")
    why = clean(reason, "reason", limit=REASON)
    return [case.about(_recategorised(case, stay.category, chosen, why, review_by))]


def rate(
    case: Case,
    *,
    rating: e.Rating,
    basis: e.Basis,
    by: str | None = None,
    happened_at: datetime | None = None,
) -> list[e.Entry]:
    """How the client is, by the person who had the contact. A rating without a basis is "not assessed".

    Written on a phone while the client was on the board, "worse" counts though they have returned: it puts them back.
    """
    up = back_up.if_returned_since(case) if rating is e.Rating.WORSE else []
    if not up:
        case.on_board()
    if (basis is e.Basis.NONE) != (rating is e.Rating.NOT_ASSESSED):
        raise Invalid("rating_needs_basis", "basis")
    who = case.member(by or case.actor, "by").user
    rated = e.Rated(rating, basis, who, case.happened(happened_at, "happened_at"))
    return back_up.with_those(up, [case.about(rated)])


def log_contact(
    case: Case,
    *,
    contact: e.ContactKind,
    by: str | None = None,
    others: Sequence[str] = (),
    happened_at: datetime | None = None,
    note: str = "",
    rating: e.Rating | None = None,
    basis: e.Basis | None = None,
) -> list[e.Entry]:
    """A contact, or an attempt that met nobody; with a rating where the client is on the board.

    Without `basis`, the rating's follows from the contact: on the phone "spoken with", else "seen". What others told
    there is no evidence, and is said to be so (hazard H4).
    """
    case.enrolled()
    who = case.member(by or case.actor, "by").user
    also = tuple(dict.fromkeys(case.member(user, "others").user for user in others[:MANY] if user != who))
    when = case.happened(happened_at, "happened_at")
    logged = e.ContactLogged(contact, who, when, also, clean(note, "note", limit=NOTE))
    facts = [case.about(logged)]
    if rating and rating is not e.Rating.NOT_ASSESSED:
        if contact is e.ContactKind.TRIED:
            raise Invalid("attempt_is_no_evidence", "rating")
        if contact is e.ContactKind.PHONE and basis is e.Basis.SEEN:
            raise Invalid("nobody_is_seen_on_the_phone", "basis")
        follows = e.Basis.SPOKEN_WITH if contact is e.ContactKind.PHONE else e.Basis.SEEN
        *up, rated = rate(case, rating=rating, basis=basis or follows, by=who, happened_at=when)
        return back_up.with_those(up, [*facts, rated])
    return facts


def add_action(
    case: Case, *, text: str, owner: str | None = None, due: date | None = None, urgent: bool = False
) -> list[e.Entry]:
    """Something that is to be done for the client, by somebody, by a day."""
    case.on_board()
    what = clean(text, "text", required=True)
    whose = case.member(owner, "owner").user if owner else None
    if due and not case.today <= due <= case.today + LONGEST_REVIEW:
        raise Invalid("day_out_of_range", "due")
    return [case.about(e.ActionAdded(case.new_id(), what, whose, due, urgent))]


def tick_action(case: Case, *, action: str) -> list[e.Entry]:
    """An action is done."""
    client = case.enrolled()
    actions = client.stay.actions if client.stay else client.actions_left
    known = next((one for one in actions if one.id == action), None)
    if known is None:
        raise Conflict("unknown_action")
    if known.done_by:
        raise Conflict("already_done", by=known.done_by)
    return [case.about(e.ActionDone(action, known.text, known.task))]


def set_review(case: Case, *, review_by: date, reason: str = "") -> list[e.Entry]:
    """A new day for "review by"; it renews nothing else."""
    case.on_board()
    if case.meanwhile(e.PutOnBoard, e.ReviewSet, e.Recategorised):
        raise Conflict("review_changed_meanwhile")
    review_by = _in_review_range(case, review_by)
    return [case.about(e.ReviewSet(review_by, clean(reason, "reason", limit=REASON)))]


def return_to_planned_care(
    case: Case, *, reason: str, declined: bool = False, agreed_with: str | None = None
) -> list[e.Entry]:
    """By hand, by a named person, with a reason. Refused where a new flag came in that they had not seen.

    A client who declines to be on the board leaves it when two people say so: `agreed_with` is the second (design 5).
    """
    case.on_board()
    why = clean(reason, "reason", limit=REASON, required=True)
    second = _second(case, agreed_with) if declined else None
    if case.meanwhile(e.PutOnBoard, e.FlaggedAgain):
        raise Conflict("flagged_meanwhile")
    if any(rated.rating is e.Rating.WORSE for rated in case.meanwhile(e.Rated)):
        raise Conflict("worse_meanwhile")
    back = planned_care.leads_back(case.team, case.enrolled(), case.today)
    return [case.about(e.Returned(why, agreed_with=second, **back))]


def enter_in_error(case: Case, *, reason: str) -> list[e.Entry]:
    """This placement should never have been: it ends, stays in the history, and leaves the statistics."""
    case.on_board()
    why = clean(reason, "reason", limit=REASON, required=True)
    if case.meanwhile(e.PutOnBoard, e.FlaggedAgain):
        raise Conflict("flagged_meanwhile")
    return [case.about(e.EnteredInError(why))]


def _second(case: Case, user: str | None) -> str:
    if not user:
        raise Invalid("choose_one", "agreed_with")
    who = case.member(user, "agreed_with")
    if who.user == case.actor or who.role not in roster.CLINICAL:
        raise Invalid("two_people_agree", "agreed_with")
    return who.user


def _signs(warning_signs: Sequence[str]) -> tuple[str, ...]:
    if len(warning_signs) > MANY:
        raise Invalid("too_many", "warning_signs", limit=MANY)
    cleaned = (clean(sign, "warning_signs") for sign in warning_signs)
    return tuple(dict.fromkeys(sign for sign in cleaned if sign))


def _began(case: Case, since: date | None) -> datetime | None:
    if since is None or since == case.today:
        return None
    if since > case.today:
        raise Invalid("in_the_future", "since")
    if since < EARLIEST:
        raise Invalid("day_out_of_range", "since")
    noon = calendar.instant(since, time(12), case.team.settings)
    last = case.client.past[-1].ended if case.client and case.client.past else None
    return max(noon, last) if last else noon


def _review_by(case: Case, review_by: date | None, start: date, category: e.Category) -> date:
    if review_by is None:
        return max(start + timedelta(days=category.review_days), case.today)
    if review_by > case.today + LONGEST_REVIEW:
        raise Invalid("day_out_of_range", "review_by")
    return review_by


def _in_review_range(case: Case, review_by: date) -> date:
    """The day, today where it passed while this waited on a phone."""
    if not case.day <= review_by <= case.today + LONGEST_REVIEW:
        raise Invalid("day_out_of_range", "review_by")
    return max(review_by, case.today)


def _recategorised(
    case: Case, previous: str, category: e.Category, reason: str, review_by: date | None
) -> e.Recategorised:
    due = (_in_review_range(case, review_by) if review_by else None) or case.today + timedelta(
        days=category.review_days
    )
    return e.Recategorised(category.code, previous, reason, due)

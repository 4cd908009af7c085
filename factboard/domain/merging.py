"""One person who stands in the list twice: which record goes on, and the way back when they are two people after all.

The worst that can happen is that two people become one (hazard H6). So whoever merges says how they know, two national
ids or two birth dates are never merged, everybody concerned is told, and a lead can take it back for a day. No fact is
moved: each stays where it was written, and both records are read as one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime, timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.documents import carried
from factboard.domain.people import full_name
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.state import Client, Same
from factboard.domain.text import NOTE, REASON, clean, folded

WINDOW = timedelta(hours=24)  # for taking it back
TOLD_APART = {"national_id": "two_national_ids", "birth_date": "two_birth_dates"}  # or one of them is mistyped
WORDS = ("notes", "helps", "warnings")  # what is said in both is kept from both
FIELDS = tuple(field.name for field in fields(e.Details))


def merge(case: Case, *, reason: str, looked: int, take: Collection[str] = (), same: bool = True) -> list[e.Entry]:
    """The record `case.beside`, seen as its fact `looked` had made it, goes on in the client's. `take` are the details
    that are right in the other one; what is empty here is taken anyway.
    """
    client, other = case.client, case.beside
    if client is None or other is None:
        raise Unknown("unknown_client")
    _can_be_one(client, other)
    if case.since_seen or other.seq != looked:
        raise Conflict("record_changed_meanwhile")
    if not same:
        raise Invalid("say_it_is_one_person", "same")
    why = clean(reason, "reason", limit=REASON, required=True)
    details = together(client.details, other.details, take)
    changed = tuple(name for name in FIELDS if getattr(details, name) != getattr(client.details, name))
    names = {member.user: member.name for member in case.team.members.values()}
    written = carried(case.beside_written, case.team.id, names, case.new_id, client)
    return [
        *([case.about(e.ClientCorrected(details, changed))] if changed else []),
        case.about(e.Merged(other.id, why)),
        e.Entry(e.MergedInto(client.id, why), other.id),
        *map(case.about, written),
    ]


def hindered(client: Client, other: Client) -> Conflict | None:
    """Why these two cannot be merged as they are, with what to do first."""
    try:
        _can_be_one(client, other)
    except Conflict as why:
        return why
    return None


def likeness(one: e.Details, other: e.Details) -> tuple[str, ...]:
    """In what two records are alike, so that they could be one person's; nothing where something tells them apart."""
    if any(_two(one, other, name) for name in TOLD_APART):
        return ()
    alike = ["national_id"] * bool(one.national_id and one.national_id == other.national_id)
    alike += ["birth_date"] * bool(one.birth_date and one.birth_date == other.birth_date)
    whole = folded(full_name(one)) == folded(full_name(other))
    alike += ["name"] * whole + ["surname"] * (not whole and folded(one.surname) == folded(other.surname))
    alike += ["phone"] * bool(_digits(one.phone) and _digits(one.phone) == _digits(other.phone))
    return () if alike in (["birth_date"], ["surname"]) else tuple(alike)


def _two(one: e.Details, other: e.Details, name: str) -> bool:
    """Do both records say something here, and not the same?"""
    mine, theirs = getattr(one, name), getattr(other, name)
    return bool(mine and theirs and mine != theirs)


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())


def _can_be_one(client: Client, other: Client) -> None:
    """Raises `Conflict`, each with what to do first."""
    if other.id in client.records or other.merged_into:
        raise Conflict("merged_already")
    if client.moves.asked or other.moves.asked:
        raise Conflict("move_waits")
    if client.stay and other.stay:
        raise Conflict("both_on_board")
    if other.stay:
        raise Conflict("other_is_on_board")
    if not client.enrolled:
        raise Conflict("other_is_enrolled" if other.enrolled else "enrolment_has_ended")
    for name, refusal in TOLD_APART.items():
        if _two(client.details, other.details, name):
            raise Conflict(refusal)


def together(kept: e.Details, other: e.Details, take: Collection[str]) -> e.Details:
    """What is known of the person. Protected in either is protected: nothing that was hidden comes to light."""
    found = {name: getattr(other, name) for name in FIELDS if name in take or getattr(kept, name) in (None, "")}
    for name in WORDS:
        said = dict.fromkeys(text for text in (getattr(kept, name), getattr(other, name)) if text)
        found[name] = "\n".join(said)[:NOTE]
    found["protected"] = kept.protected or other.protected
    if found.get("substitute", kept.substitute) == found.get("case_manager", kept.case_manager):
        found["substitute"] = None
    return replace(kept, **found)


def separable(client: Client, now: datetime) -> tuple[Same, ...]:
    """The mergings that can still be taken back."""
    return tuple(one for one in client.merged if one.into == client.id and now - one.at <= WINDOW)


def separate(case: Case, *, merge: int, reason: str) -> list[e.Entry]:
    """They are two people: the fact `merge` and what was written with it no longer count. `case.since_seen` must hold
    all of the client's facts. What was written since stays with the record that it was written in.
    """
    client = case.client
    if client is None:
        raise Unknown("unknown_client")
    why = clean(reason, "reason", limit=REASON, required=True)
    rows = {row.seq: row for row in case.since_seen}
    row = rows.get(merge)
    if row is None or row.client != client.id or not isinstance(row.fact, e.Merged):
        raise Conflict("cannot_be_undone")
    if not any(one.seq == merge for one in client.merged):
        raise Conflict("already_undone")
    if case.now - row.at > WINDOW:
        raise Conflict("merged_too_long_ago")
    into = next(one for one in rows.values() if one.seq > merge and isinstance(one.fact, e.MergedInto))
    before = rows.get(merge - 1)
    details = before if before and isinstance(before.fact, e.ClientCorrected) and before.at == row.at else None
    wrong = [row, into, *([details] if details else [])]
    undone = [e.Entry(e.Undone(one.seq, one.fact.kind, why), one.client, one.placement) for one in wrong]
    return [*undone, *(e.Entry(fact, client.id) for fact in _of_the_other(case, row.fact.other, why))]


def _of_the_other(case: Case, other: str, reason: str) -> list[e.DocumentWithdrawn]:
    """The documents that came from the other record are taken away; but those that were written on since."""
    newest: dict[str, e.DocumentWritten] = {}
    for row in case.since_seen:
        if isinstance(row.fact, e.DocumentWritten) and case.client and row.client == case.client.id:
            newest[row.fact.ref] = row.fact
        elif isinstance(row.fact, e.DocumentWithdrawn):
            newest.pop(row.fact.ref, None)
    came = [one for one in newest.values() if one.carried and one.carried.client == other]
    return [e.DocumentWithdrawn(one.document, one.ref, reason) for one in came]

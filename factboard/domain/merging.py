"""One person who stands in the list twice: which record goes on, and the way back when they are two people after all.

The worst that can happen is that two people become one (hazard H6). So whoever merges says how they know, two national
ids or two birth dates are never merged, everybody concerned is told, and a lead can take it back for a day. No fact is
moved: each stays where it was written, and both records are read as one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.state import Client
from factboard.domain.text import NOTE, REASON, clean

WINDOW = timedelta(hours=24)  # for taking it back
TOLD_APART = {"national_id": "two_national_ids", "birth_date": "two_birth_dates"}  # or one of them is mistyped
WORDS = ("notes", "helps", "warnings")  # what is said in both is kept from both
FIELDS = tuple(field.name for field in fields(e.Details))


def merge(case: Case, *, reason: str, looked: int, take: Collection[str] = (), same: bool = True) -> list[e.Entry]:
    """The record `case.beside`, seen as its fact `looked` had made it, goes on in the client's. `take` are the details
    that are right in the other one; what is empty here is taken anyway.
    """
    client, other = case.enrolled(), case.beside
    if other is None:
        raise Unknown("unknown_client")
    _can_be_one(client, other)
    if case.since_seen or other.seq != looked:
        raise Conflict("record_changed_meanwhile")
    if not same:
        raise Invalid("say_it_is_one_person", "same")
    why = clean(reason, "reason", limit=REASON, required=True)
    details = together(client.details, other.details, take)
    changed = tuple(name for name in FIELDS if getattr(details, name) != getattr(client.details, name))
    return [
        *([case.about(e.ClientCorrected(details, changed))] if changed else []),
        case.about(e.Merged(other.id, why)),
        e.Entry(e.MergedInto(client.id, why), other.id),
    ]


def _can_be_one(client: Client, other: Client) -> None:
    """Raises `Conflict`, each with what to do first."""
    if other.id in client.records or other.merged_into:
        raise Conflict("merged_already")
    if client.stay and other.stay:
        raise Conflict("both_on_board")
    if other.stay:
        raise Conflict("other_is_on_board")
    for name, refusal in TOLD_APART.items():
        one, two = getattr(client.details, name), getattr(other.details, name)
        if one and two and one != two:
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
    return [e.Entry(e.Undone(one.seq, one.fact.kind, why), one.client, one.placement) for one in wrong]

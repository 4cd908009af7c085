"""Writing a document: every version whole, numbered, never over what somebody else wrote meanwhile."""

from __future__ import annotations

from datetime import date

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.documents.brought import BRINGS, CHECKS
from factboard.domain.documents.cleaning import cleaned
from factboard.domain.documents.shape import asked, says_nothing
from factboard.domain.events.contents import MANY, Content, Together
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.text import REASON, clean
from factboard.domain.versions import Ref, Version


def write(
    case: Case,
    *,
    ref: str,
    content: Content,
    together: Together,
    based_on: int,
    review_by: date | None = None,
    restored: Version | None = None,
) -> list[e.Entry]:
    """A new version of the document `ref`, made on the version `based_on` (0: there was none). `restored` is the older
    version that its writer began with: the fact says so where it reads as that one did.

    Raises `Conflict` where another version came between: then both are kept, and the writer is shown both.
    """
    client = case.enrolled()
    known, which = case.document, Ref.read(ref)
    if known and known.number != based_on:
        raise Conflict("written_meanwhile", by=known.by)
    if known is None and based_on:
        raise Conflict("document_withdrawn")
    if review_by and review_by < case.today and not (known and known.review_by == review_by):
        raise Invalid("day_out_of_range", "review_by")
    kept = cleaned(content, case.new_id)
    if says_nothing(kept):
        first = next(iter(asked(type(kept))))
        raise Invalid("nothing_written", first.name if first.asks != "rows" else "")
    for check in CHECKS.get(which.kind, ()):
        check(case, kept)
    if known and (known.content, known.together, known.review_by) == (kept, together, review_by):
        return []
    number = 1 + (known.number if known else client.taken_away.get(which.kind, 0))
    again = restored.number if restored and restored.content == kept else None
    fact = e.DocumentWritten(which.kind, ref, number, kept, together, review_by, again)
    brought = [entry for brings in BRINGS.get(which.kind, ()) for entry in brings(case, known, fact)]
    return [case.about(fact), *brought]


def withdraw(case: Case, *, ref: str, reason: str, based_on: int) -> list[e.Entry]:
    """The document should never have been written here. Only one of several: the others are written anew instead."""
    case.enrolled()
    which = Ref.read(ref)
    if which.kind not in MANY or case.document is None:
        raise Unknown("unknown_page")
    if case.document.number != based_on:
        raise Conflict("written_meanwhile", by=case.document.by)
    reason = clean(reason, "reason", limit=REASON, required=True)
    return [case.about(e.DocumentWithdrawn(which.kind, ref, reason))]

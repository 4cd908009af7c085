"""Writing a document: its form, saving a version, and what to do when two have written.

Where somebody else has saved meanwhile, both are shown, and what goes together is brought together in the form, to be
saved by whoever looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import anchoring
from factboard.domain import documents as rules
from factboard.domain.documents import differences, merged
from factboard.domain.events import Anchored
from factboard.domain.events.contents import Kind, Together
from factboard.domain.refusal import Conflict, Invalid, Refused
from factboard.domain.versions import Version
from factboard.recorder import new_id
from factboard.storage import documents
from factboard.storage.drafts import Draft
from factboard.web.anchoring import ASKABLE, beside
from factboard.web.answers import status_of
from factboard.web.documents.asking import Asking
from factboard.web.documents.base import This, context, reader, sent_to, this_document
from factboard.web.documents.coordinated import with_goal
from factboard.web.documents.keeping import draft_of, forget_draft, others_at, rebase, token_of
from factboard.web.documents.labels import ALONE, REVIEWED
from factboard.web.documents.more import begins
from factboard.web.documents.reading import Sent, as_fields, read_content, tidied
from factboard.web.documents.reviewing import head_of, passed
from factboard.web.forms import seq_in_text
from factboard.web.pages import page
from factboard.web.words import initial, words_for


@dataclass(frozen=True, slots=True)
class Twice:
    """Two have written: the other's version, what it changed, and the fields in which both wrote."""

    theirs: Version
    changed: list[Any]
    both: list[Any]


async def form(request: Request) -> Response:
    """The form: with the reader's own draft where there is one, else with what stands in the newest version."""
    this = await this_document(request)
    draft = await draft_of(request, this)
    if draft:
        typed, based_on = Sent(draft.typed), draft.based_on
        if based_on != (this.newest.number if this.newest else 0):
            return await _twice(request, this, typed, based_on, status=200)
    else:
        version = await _to_write_again(request, this) or this.newest
        content = version.content if version else await begins(request, this)
        typed, based_on = Sent(head_of(request, this, version) + as_fields(content)), 0
        if version and this.newest and version.number != this.newest.number:
            typed.aside["restored"] = str(version.number)
    typed.fields = await with_goal(request, this, typed.fields)
    return await _form(request, this, typed, draft=draft)


async def submit(request: Request) -> Response:
    """Save a new version."""
    this = await this_document(request)
    typed = await sent_to(request, this)
    if typed.aside.get("more"):
        return await _form(request, this, typed, more=typed.aside["more"])
    typed = tidied(this.shape, typed)
    content, (together, review_by) = read_content(this.shape, typed), _read_head(this.ref.kind, typed)
    if typed.errors or together is None:
        return await _form(request, this, typed, status=422)
    who = request.state.who
    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            anchoring.asking(rules.write),
            client=this.client.id,
            of_document=str(this.ref),
            request_id=typed.aside.get("request_id"),
            ref=str(this.ref),
            content=content,
            together=together,
            review_by=review_by,
            based_on=typed.number("based_on"),
            restored=await _restored(request, this, typed),
            anchored=_anchored(typed),
            mandate=typed.aside["mandate"] == "yes" if "mandate" in typed.aside else None,
        )
    except Conflict as conflict:
        this = await this_document(request)
        if conflict.key != "written_meanwhile" or this.newest is None:
            return await _form(request, this, typed, refusal=conflict, status=409)
        return await _twice(request, this, typed, typed.number("based_on"), status=409)
    except Refused as refusal:
        if isinstance(refusal, Invalid):
            typed.errors[refusal.field] = (refusal.key, refusal.params)
            return await _form(request, this, typed, status=422)
        return await _form(request, this, typed, refusal=refusal, status=status_of(refusal))
    await forget_draft(request, this)
    return RedirectResponse(f"{this.path}?saved={receipt.seq}", 303)


def _anchored(typed: Sent) -> Anchored | None:
    """What the form says of the case manager; nothing for what it does not offer."""
    said = typed.aside.get("anchored", "")
    return Anchored(said) if said in ASKABLE else None


async def _to_write_again(request: Request, this: This) -> Version | None:
    number = seq_in_text(request.query_params.get("version"))
    return None if number is None else await _version(request, this, number)


async def _restored(request: Request, this: This, typed: Sent) -> Version | None:
    """The older version with which the form began."""
    number = typed.number("restored")
    return await _version(request, this, number) if number else None


async def _version(request: Request, this: This, number: int) -> Version | None:
    async with request.app.state.store.reading() as connection:
        return await documents.version(connection, request.state.who.team, this.client.id, str(this.ref), number)


def _read_head(kind: Kind, typed: Sent) -> tuple[Together | None, date | None]:
    known = dict(typed.fields)
    together = Together.WITHOUT if kind in ALONE else None
    if kind not in ALONE:
        if known.get("together") in set(Together):
            together = Together(known["together"])
        else:
            typed.errors["together"] = ("choose_one", {})
    try:
        review = known.get("review_by", "").strip()
        return together, date.fromisoformat(review) if review and kind in REVIEWED else None
    except ValueError:
        typed.errors["review_by"] = ("not_a_date", {})
        return together, None


async def _twice(request: Request, this: This, typed: Sent, based_on: int, *, status: int) -> Response:
    """Somebody has saved another version: what goes together is brought together, the rest shown side by side."""
    theirs = this.newest
    if theirs is None:
        return await _form(request, this, typed, refusal=Conflict("document_withdrawn"), status=409)
    async with request.app.state.store.reading() as connection:
        base = await documents.version(connection, request.state.who.team, this.client.id, str(this.ref), based_on)
    mine, was = read_content(this.shape, typed), base.content if base else None
    if typed.errors:  # what cannot be read cannot be brought together: it stands as it was typed
        return await _form(request, this, typed, status=422)
    whole, both = merged(was, mine, theirs.content)
    read = reader(request)
    twice = Twice(
        theirs,
        read.differences(differences(was, theirs.content), theirs.content),
        read.differences(both, whole),
    )
    head = [(name, value) for name, value in typed.fields if name in ("together", "review_by")]
    aside = typed.aside | {"based_on": str(theirs.number), "request_id": new_id(), "restored": ""}
    joined = Sent(head + as_fields(whole), aside, typed.errors)
    await rebase(request, this, joined.fields, theirs.number)
    return await _form(request, this, joined, twice=twice, status=status)


async def _form(
    request: Request,
    this: This,
    typed: Sent,
    *,
    draft: Draft | None = None,
    refusal: Refused | None = None,
    twice: Twice | None = None,
    more: str = "",
    status: int = 200,
) -> Response:
    around = await context(request, this)
    words = words_for(request.state.who.here.settings, request.state.language)
    known = dict(typed.fields)
    based_on = typed.aside.get("based_on") or (
        str(draft.based_on) if draft else str(this.newest.number if this.newest else 0)
    )
    return page(
        request,
        "documents/form.html",
        status=status,
        **around,
        **await beside(request, this.client),
        asks=this.ref.kind in anchoring.PLANS,
        parts=Asking(words, around["people"], typed.fields, more).parts(this.shape),
        known=known,
        aside=typed.aside | {"based_on": based_on, "request_id": typed.aside.get("request_id") or new_id()},
        together=None if this.ref.kind in ALONE else [(one.value, initial(words.term(one))) for one in Together],
        reviewed=this.ref.kind in REVIEWED,
        passed=passed(request, this),
        wrong=words.errors(typed.errors),
        draft=draft,
        token=token_of(draft or await draft_of(request, this)),
        page_id=new_id(),
        unsaved=request.method == "POST",
        others=await others_at(request, this),
        twice=twice,
        refusal=refusal,
    )

"""Taking away one of several documents that was never to be written here: with a reason, as a fact."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import documents as rules
from factboard.domain.events.contents import MANY
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.recorder import new_id
from factboard.web.answers import status_of
from factboard.web.documents.base import This, context, this_document
from factboard.web.documents.reading import sent
from factboard.web.pages import page
from factboard.web.words import words_for


async def withdraw_form(request: Request) -> Response:
    """The question before something is taken away as entered in error."""
    return await _form(request, await _several(request))


async def withdraw(request: Request) -> Response:
    """One of several should never have been written here."""
    this, typed, who = await _one_of_several(request), await sent(request), request.state.who
    reason = typed.aside.get("reason", "")
    try:
        await request.app.state.recorder.change(
            who.team,
            who.user,
            rules.withdraw,
            client=this.client.id,
            of_document=str(this.ref),
            request_id=typed.aside.get("request_id"),
            ref=str(this.ref),
            reason=reason,
            based_on=typed.number("based_on"),
        )
    except (Invalid, Conflict) as refusal:
        return await _form(request, await _several(request), reason, refusal)
    return RedirectResponse(f"/clients/{this.client.id}/plans", 303)


async def _form(request: Request, this: This, reason: str = "", refusal: Invalid | Conflict | None = None) -> Response:
    words, wrong = words_for(request.state.who.here.settings, request.state.language), {}
    if isinstance(refusal, Invalid):
        wrong = words.errors({refusal.field: (refusal.key, refusal.params)})
    return page(
        request,
        "documents/withdraw.html",
        status=status_of(refusal) if refusal else 200,
        **await context(request, this),
        reason=reason,
        wrong=wrong,
        refusal=refusal if isinstance(refusal, Conflict) else None,
        request_id=new_id(),
    )


async def _several(request: Request) -> This:
    this = await _one_of_several(request)
    if this.newest is None:
        raise Unknown("unknown_page")
    return this


async def _one_of_several(request: Request) -> This:
    """Taken away already, or not; raises `Unknown` where it is one of a kind."""
    this = await this_document(request)
    if this.ref.kind not in MANY:
        raise Unknown("unknown_page")
    return this

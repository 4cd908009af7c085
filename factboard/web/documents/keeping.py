"""What one has typed is kept on the server as one goes: each person's own draft, and who else is at the same document.

A draft says which version it changes and which opened form wrote it, and each answer which state of the draft that form
has seen: what another window of the same person has written since is not written over, and neither is a form's own
later sending by an earlier one that was slow.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain.events.contents import MANY
from factboard.storage import drafts
from factboard.storage.drafts import Draft, Fields
from factboard.web.documents.base import This, sent_to, this_document
from factboard.web.documents.reading import Sent, as_fields, same
from factboard.web.documents.reviewing import head_of
from factboard.web.pages import page

MOST_CHARACTERS = 400_000  # of a draft; a plan with a hundred rows in each table has fewer


async def keep_draft(request: Request) -> Response:
    """What has been typed so far is kept; the answer says since when, and who else is at it."""
    this = await this_document(request, action="drafted")
    typed = await sent_to(request, this)
    async with request.app.state.store.writing() as connection:
        draft, status = await _kept_anew(connection, request, this, typed)
    return await _kept(request, this, draft, status=status)


async def _kept_anew(
    connection: AsyncConnection, request: Request, this: This, typed: Sent
) -> tuple[Draft | None, int]:
    """The draft as it now is, and the answer's status: 409 where another window has written since, 413 if too long."""
    who, now = request.state.who, request.app.state.clock()
    where = (who.team, this.client.id, str(this.ref))
    opened, turn = typed.aside.get("page", ""), typed.number("turn")
    known = await drafts.draft(connection, *where, who.user, to_change=True)
    own = known is not None and turn > 0 and known.page == opened
    if known and own and turn <= known.turn:
        return known, 200
    if known and not own and typed.aside.get("draft") != token_of(known):
        return known, 409
    if len(str(typed.fields)) > MOST_CHARACTERS:
        return known, 413
    if _says_no_more(request, this, typed):
        await drafts.forget(connection, *where, who.user)
        return None, 200
    draft = Draft(who.user, typed.number("based_on"), known.began if known else now, now, typed.fields, opened, turn)
    await drafts.keep(connection, *where, draft)
    return draft, 200


async def throw_away(request: Request) -> Response:
    """The reader's own draft is of no use any more."""
    this = await this_document(request)
    await forget_draft(request, this)
    then = this.path if this.newest or this.ref.kind not in MANY else f"/clients/{this.client.id}/plans"
    return RedirectResponse(then, 303)


async def draft_of(request: Request, this: This) -> Draft | None:
    """The reader's own draft of this document."""
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        return await drafts.draft(connection, who.team, this.client.id, str(this.ref), who.user)


async def rebase(request: Request, this: This, fields: Fields, based_on: int) -> None:
    """The reader's draft now changes another version, with what was brought together."""
    known = await draft_of(request, this)
    if known:
        await _keep(
            request, this, replace(known, typed=fields, based_on=based_on, saved=request.app.state.clock(), page="")
        )


async def forget_draft(request: Request, this: This) -> None:
    """It is saved, or of no use any more."""
    who = request.state.who
    async with request.app.state.store.writing() as connection:
        await drafts.forget(connection, who.team, this.client.id, str(this.ref), who.user)


async def _keep(request: Request, this: This, draft: Draft) -> None:
    async with request.app.state.store.writing() as connection:
        await drafts.keep(connection, request.state.who.team, this.client.id, str(this.ref), draft)


def token_of(draft: Draft | None) -> str:
    """Which state of the draft a page has seen: another window may have written it since."""
    return draft.saved.isoformat() if draft else ""


async def others_at(request: Request, this: This) -> list[tuple[str, datetime]]:
    """Who else is changing this document now, and since when (UTC)."""
    who, now = request.state.who, request.app.state.clock()
    async with request.app.state.store.reading() as connection:
        found = await drafts.others(connection, who.team, this.client.id, str(this.ref), who.user, now)
    return [(one.user, one.began) for one in found]


def _says_no_more(request: Request, this: This, typed: Sent) -> bool:
    """Does the form say nothing but what is saved already?"""
    saved = as_fields(this.newest.content if this.newest else this.shape())
    return same(typed.fields, head_of(request, this, this.newest) + saved)


async def _kept(request: Request, this: This, draft: Draft | None, *, status: int = 200) -> Response:
    others = await others_at(request, this)
    newer = this.newest if draft and this.newest and this.newest.number != draft.based_on else None
    return page(
        request,
        "documents/kept.html",
        status=status,
        here=this.path,
        token=token_of(draft),
        draft=draft,
        others=others,
        newer=newer,
        kept=status == 200,
        too_long=status == 413,
    )

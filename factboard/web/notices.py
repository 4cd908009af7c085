"""A person's notices: what others did with the clients they are case manager of."""

from __future__ import annotations

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain import anchoring, planned_care
from factboard.domain import events as e
from factboard.domain.chain import Row
from factboard.domain.notices import LOUDER, read_notice
from factboard.domain.refusal import Refused
from factboard.domain.state import Client
from factboard.storage import history, projections
from factboard.storage.codec import instant_from_text, recorded
from factboard.web.answers import seq_in
from factboard.web.labels import labels_of
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.sentences import Teller
from factboard.web.sight import eyes, noticed

ALARMS = frozenset(fact.kind for fact in LOUDER)
WORRIES = frozenset((e.PutOnBoard.kind, e.FlaggedAgain.kind))


async def listing(request: Request) -> Response:
    """Unread notices, newest first, each with what happened, where that may be seen."""
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        unread = await projections.unread(connection, who.team, who.user)
        rows = [await history.row(connection, who.team, notice.seq) for notice in unread]
        clients = await projections.clients(connection, who.team, {notice.client for notice in unread})
        known = {client.id: eyes(request).see(client) for client in clients}
        parts = {client.id: eyes(request).parts(client) for client in clients}
        named = await labels_of(connection, who.team, list(known.values()))
    request.app.state.access.saw(who, "notices", known)
    teller = Teller(request.state.language, who.here, named)
    told = [
        (
            row,
            instant_from_text(row.at),
            known[row.client],
            *_said(teller, row),
            _acts(row, known[row.client], who.user),
        )
        if noticed(row, parts[row.client]) or row.kind == e.OpenedInEmergency.kind
        else (row, instant_from_text(row.at), known[row.client], "", "", ())
        for row in rows
        if row and row.client in known
    ]
    return page(request, "notices/list.html", told=told, labels=named)


def _said(teller: Teller, row: Row) -> tuple[str, str]:
    """What happened, and on what it rests."""
    return (teller.tell_row(row), "") if row.payload is None else teller.notice(recorded(row))


def _acts(row: Row, client: Client, user: str) -> tuple[str, ...]:
    """What its reader can do about a new worry, what has gone on for too long or what somebody plans for their client,
    while there is something to do.
    """
    if any(one.seq == row.seq for one in client.anchorings) and anchoring.answers(client, user):
        return ("anchoring",)
    waits = planned_care.waits_for_follow_up(client)
    if row.kind == e.FollowUpMissed.kind:
        return ("contact", "planned-contact") if waits else ()
    if row.kind == e.TipNoted.kind:
        return ("tip-answer",) if any(tip.seq == row.seq for tip in client.tips) else ()
    if client.stay is None or row.kind not in ALARMS | WORRIES:
        return ()
    if row.kind in WORRIES and row.seq != client.stay.flagged_seq:
        return ()  # there is a newer one, or it was of an earlier time on the board
    if row.kind == e.FlagUntaken.kind or row.kind in WORRIES:
        return ("take", "visit") if client.stay.taken_by is None else ()
    return "visit", "contact"


async def count(request: Request) -> Response:
    """How many are unread: asked for by open pages, so it keeps nobody signed in."""
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        unread = await projections.count_unread(connection, who.team, who.user)
    if wants_json(request):
        return JSONResponse({"unread": unread})
    return page(request, "notices/count.html", unread=unread)


async def mark_read(request: Request) -> Response:
    who, seq = request.state.who, seq_in(request)
    async with request.app.state.store.reading() as connection:
        unread = {notice.seq: notice for notice in await projections.unread(connection, who.team, who.user)}
    if seq in unread:
        with suppress(Refused):  # the client is gone from the team: nothing to tell any more
            await request.app.state.recorder.change(
                who.team, who.user, read_notice, client=unread[seq].client, notice=seq
            )
    return RedirectResponse("/notices", 303)

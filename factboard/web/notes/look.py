"""The meetings a team has had, and one of them whole: read on a screen, or printed on one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import notes
from factboard.domain.events import MeetingNotHeld, NotHeld, Recorded
from factboard.domain.meeting import counted
from factboard.domain.people import Label
from factboard.domain.refusal import Unknown
from factboard.domain.state import Client, Meeting
from factboard.domain.undo import WINDOW
from factboard.storage import checkpoints, history, projections
from factboard.storage.codec import instant_from_text
from factboard.web.labels import LONGEST_ID, labels_of
from factboard.web.notes.saying import Sayer
from factboard.web.pages import page
from factboard.web.sight import CARE, STORY, eyes, of_others

PAGE = 40  # meetings
LATE = WINDOW + timedelta(minutes=1)  # after its end something decided in a meeting may still be undone


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting in the list, or, without `meeting`, one that was planned and not held. `at` is UTC.

    `counted`: how many were discussed, and of how many.
    """

    at: datetime
    meeting: Meeting | None
    why: NotHeld | None = None
    counted: tuple[int, int] = (0, 0)


async def listing(request: Request) -> Response:
    """Newest first; those that were planned and not held stand among them."""
    who = request.state.who
    before = _instant(request.query_params.get("before"))
    async with request.app.state.store.reading() as connection:
        found = await projections.meetings(connection, who.team, before=before, limit=PAGE + 1)
        going_on = any(not one.closed for one in found)
        present = await projections.on_board(connection, who.team) if going_on else []
        more = len(found) > PAGE
        since = found[PAGE - 1].opened if more else None
        missed = await history.of_kind(
            connection, who.team, MeetingNotHeld.kind, since=since, before=before, limit=PAGE
        )
    shown = found[:PAGE]
    whys = {row.fact.planned: row.fact.why for row in missed if isinstance(row.fact, MeetingNotHeld)}
    opened = {one.planned for one in shown}
    entries = [
        Entry(one.opened, one, whys.get(one.planned) if one.planned and not one.held else None, counted(one, present))
        for one in shown
    ]
    entries += [Entry(planned, None, why) for planned, why in whys.items() if planned not in opened]
    entries.sort(key=lambda one: one.at, reverse=True)
    older = shown[-1].opened.isoformat() if more else None
    return page(request, "notes/list.html", entries=entries, older=older, before=before, NotHeld=NotHeld)


async def whole(request: Request) -> Response:
    """One meeting: each client's turn, lines and decisions, in the order of the agenda."""
    who = request.state.who
    async with request.app.state.store.reading() as connection:
        found, people, labels = await notes_of(connection, request)
        present = [] if found.meeting.closed else await projections.on_board(connection, who.team)
        signed = await checkpoints.covering(connection, who.team, found.meeting.last_seq or found.meeting.first_seq)
    request.app.state.access.saw(who, "meeting_notes", set(people))
    context: dict[str, Any] = {
        "notes": found,
        "meeting": found.meeting,
        "counted": counted(found.meeting, present),
        "labels": labels,
        "sayer": Sayer(request.state.language, who.here),
        "general": not of_others(who),  # what is said of the meeting as a whole may name anybody
        "hidden": sum(one.client not in labels for one in found.clients),
        "signed": signed,
        "signed_at": instant_from_text(signed.at) if signed else None,
    }
    return page(request, "notes/whole.html", **context)


async def notes_of(
    connection: AsyncConnection, request: Request
) -> tuple[notes.Notes, dict[str, Client], dict[str, Label]]:
    """The notes of the meeting in the address, and whom they are about. Raises `Unknown`."""
    team, id = request.state.who.team, request.path_params["meeting"]
    known = id.isprintable() and len(id) <= LONGEST_ID
    meeting = await projections.meeting(connection, team, id) if known else None
    if meeting is None:
        raise Unknown("unknown_meeting")
    found = notes.notes(meeting, await facts_of(connection, team, meeting))
    known = await projections.clients(connection, team, [one.client for one in found.clients])
    people = eyes(request).only(known, *CARE, *STORY)
    return found, {one.id: one for one in people}, await labels_of(connection, team, people)


async def facts_of(connection: AsyncConnection, team: str, meeting: Meeting) -> list[Recorded]:
    """What the notes of a meeting are made of."""
    until = (meeting.closed or meeting.opened) + LATE
    return await history.between(connection, team, meeting.first_seq, meeting.last_seq, until)


def _instant(text: str | None) -> datetime | None:
    """A moment as the link to older ones carries it; None for anything else."""
    try:
        at = datetime.fromisoformat((text or "").replace(" ", "+"))
    except ValueError:
        return None
    return at if at.tzinfo and 1 < at.year < 9999 else None

"""Lines of notes: written by anyone in the room, corrected by new facts, copied to the medical record."""

from __future__ import annotations

from datetime import timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Unknown
from factboard.domain.state import Line, Meeting
from factboard.domain.text import REASON, clean

GRACE = timedelta(hours=1)  # for a line that somebody was typing when the meeting closed


def note(case: Case, *, part: e.NotePart, text: str) -> list[e.Entry]:
    """A line about the client asked about, or, without one, about the meeting as a whole."""
    meeting = _of(case)
    if meeting.closed and case.now > meeting.closed + GRACE:
        raise Conflict("meeting_is_over")
    fact = e.MeetingNoted(meeting.id, part, clean(text, "text", limit=REASON, required=True))
    return [case.about(fact) if case.client else e.Entry(fact)]


def correct_note(case: Case, *, line: int, text: str, was: str | None = None) -> list[e.Entry]:
    """The line should read so; empty: it should not be there. `was` is how the person saw it."""
    meeting = _of(case)
    known = next((one for one in _lines(case, meeting) if one.seq == line), None)
    if known is None:
        raise Unknown("unknown_line")
    if was is not None and was != known.text:
        raise Conflict("note_changed_meanwhile")
    reads = clean(text, "text", limit=REASON)
    if reads == known.text:
        return []
    fact = e.MeetingNoteCorrected(meeting.id, line, reads)
    return [e.Entry(fact, case.client.id if case.client else None)]


def copied(case: Case, *, decided: bool = False) -> list[e.Entry]:
    """What was noted about the client, or only `decided`, was copied out."""
    meeting = _of(case)
    up = {*meeting.items, *(item.client for item in meeting.agenda)}
    if case.client is None or not (decided or case.client.id in up):
        raise Unknown("unknown_client", "client")
    if not (meeting.closed or decided or meeting.discussed(case.client.id)):
        raise Conflict("note_not_finished")
    return [e.Entry(e.NotesCopied(meeting.id), case.client.id)]


def _of(case: Case) -> Meeting:
    if case.meeting is None:
        raise Unknown("unknown_meeting")
    return case.meeting


def _lines(case: Case, meeting: Meeting) -> tuple[Line, ...]:
    return meeting.item(case.client.id).lines if case.client else meeting.general

"""Facts of a board meeting: who was there, whom they thought of, what they noted, whether it was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from factboard.domain.events.fact import Fact
from factboard.domain.events.shapes import AgendaItem
from factboard.domain.events.words import NotePart, NotHeld


@dataclass(frozen=True, slots=True)
class MeetingOpened(Fact, kind="meeting_opened"):
    """`planned` (UTC) is the beginning by the team's days and times, None for one beside them; `ends` (UTC) is when
    it should be over. `agenda` is the order in which clients come up.
    """

    meeting: str
    chair: str
    recorder: str | None
    present: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    ends: datetime
    planned: datetime | None = None


@dataclass(frozen=True, slots=True)
class AttendanceNoted(Fact, kind="attendance_noted"):
    """Somebody came, or is not there after all."""

    meeting: str
    user: str
    present: bool


@dataclass(frozen=True, slots=True)
class ChairChanged(Fact, kind="chair_changed"):
    """Handed over by the chair, or taken over by another when the chair's screen died: the actor tells which."""

    meeting: str
    chair: str
    previous: str


@dataclass(frozen=True, slots=True)
class RecorderChanged(Fact, kind="recorder_changed"):
    meeting: str
    recorder: str | None


@dataclass(frozen=True, slots=True)
class FocusMoved(Fact, kind="focus_moved"):
    """Who stands before everybody now. None is the round after the agenda: anyone we should worry about?"""

    meeting: str
    focus: str | None


@dataclass(frozen=True, slots=True)
class ClientDiscussed(Fact, kind="client_discussed"):
    """The team has thought of this client. `no_change`: the plan stands; that is no rating.

    `ready`: at that moment the policy of step-down was met.
    """

    meeting: str
    no_change: bool = False
    ready: bool = False


@dataclass(frozen=True, slots=True)
class NotDiscussed(Fact, kind="not_discussed"):
    """The meeting ended without them: they come first at the next one."""

    meeting: str


@dataclass(frozen=True, slots=True)
class MeetingNoted(Fact, kind="meeting_noted"):
    """A line of the meeting notes; about the client of the row, or about the meeting as a whole."""

    meeting: str
    part: NotePart
    text: str


@dataclass(frozen=True, slots=True)
class MeetingNoteCorrected(Fact, kind="meeting_note_corrected"):
    """The line written in fact `line` should read so; empty: it should not be there."""

    meeting: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class NotesCopied(Fact, kind="notes_copied"):
    """The client's notes of this meeting were copied out, for the medical record."""

    meeting: str


@dataclass(frozen=True, slots=True)
class MeetingClosed(Fact, kind="meeting_closed"):
    """`held`: opened, attended by at least two clinicians, and closed by a person. The numbers are what was left open.

    `reason` is why it was let go so.
    """

    meeting: str
    held: bool
    reason: str = ""
    discussed: int = 0
    not_discussed: int = 0
    untaken: int = 0
    uncovered: int = 0
    announced: int = 0
    returning: int = 0


@dataclass(frozen=True, slots=True)
class MeetingNotHeld(Fact, kind="meeting_not_held"):
    """A meeting by the team's days and times, `planned` (UTC), that nobody had held when it should have been over."""

    planned: datetime
    why: NotHeld

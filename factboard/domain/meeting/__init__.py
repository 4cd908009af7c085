"""The board meeting: in which order clients come up (`agenda`), who leads it and what is noted (`leading`, `notes`)."""

from factboard.domain.meeting.agenda import agenda, counted, following, passed_by, preceding, remaining, worries
from factboard.domain.meeting.closing import Open, close, left_open
from factboard.domain.meeting.leading import (
    change_chair,
    discuss,
    move_focus,
    name_recorder,
    no_change,
    note_attendance,
    open_meeting,
)
from factboard.domain.meeting.noting import copied, correct_note, note

__all__ = [
    "Open", "agenda", "change_chair", "close", "copied", "correct_note", "counted", "discuss", "following", "left_open",
    "move_focus", "name_recorder", "no_change", "note", "note_attendance", "open_meeting", "passed_by", "preceding",
    "remaining", "worries",
]  # fmt: skip

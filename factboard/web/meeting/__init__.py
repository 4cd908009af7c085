"""The board meeting: everybody sees the same page, one leads it from the chair, all may write."""

from factboard.web.meeting.closing import close, close_form, release
from factboard.web.meeting.lead import attendance, chair, focus, no_change, people_form, recorder
from factboard.web.meeting.look import open_, page_of_meeting
from factboard.web.meeting.noting import note
from factboard.web.meeting.view import MeetingView

__all__ = [
    "MeetingView", "attendance", "chair", "close", "close_form", "focus", "no_change", "note", "open_",
    "page_of_meeting", "people_form", "recorder", "release",
]  # fmt: skip

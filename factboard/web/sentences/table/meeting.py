"""The board meeting."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import REASON, telling

CLOSED = N_(
    "%(actor)s closed the board meeting: discussed %(discussed)s, not discussed %(not_discussed)s, "
    "not taken %(untaken)s, visits not covered %(uncovered)s."
)

MEETING = {
    "meeting_opened": telling(
        N_("%(actor)s opened the board meeting; %(chair)s is in the chair."),
        recorder=N_("%(recorder)s writes."),
        present=N_("Present: %(present)s."),
        agenda=N_("On the agenda: %(agenda)s."),
    ),
    "attendance_noted": telling(N_("%(actor)s noted that %(user)s is not at the meeting.")),
    "attendance_noted/present": telling(N_("%(actor)s noted that %(user)s is at the meeting.")),
    "chair_changed": telling(N_("%(actor)s gave the chair from %(previous)s to %(chair)s.")),
    "chair_changed/taken": telling(N_("%(actor)s took over the chair from %(previous)s.")),
    "recorder_changed": telling(N_("%(actor)s changed who writes at the meeting."), recorder=N_("Now: %(recorder)s.")),
    "focus_moved": telling(N_("%(actor)s went on in the meeting to %(focus)s.")),
    "focus_moved/round": telling(N_("%(actor)s went on in the meeting to those who are not on the board.")),
    "client_discussed": telling(
        N_("%(actor)s noted that %(client)s was discussed at the meeting."),
        no_change=N_("No change: the plan stands."),
        ready=N_("Ready to return: all that the category asks was so."),
    ),
    "not_discussed": telling(N_("The meeting ended without %(client)s being discussed.")),
    "meeting_noted": telling(N_("%(actor)s noted (%(part)s) about %(client)s: %(text)s")),
    "meeting_noted/general": telling(N_("%(actor)s noted at the meeting (%(part)s): %(text)s")),
    "meeting_note_corrected": telling(
        N_("%(actor)s corrected the meeting note no. %(line)s about %(client)s: %(text)s")
    ),
    "meeting_note_corrected/general": telling(N_("%(actor)s corrected the meeting note no. %(line)s: %(text)s")),
    "meeting_note_corrected/removed": telling(N_("%(actor)s took away the meeting note no. %(line)s.")),
    "notes_copied": telling(N_("%(actor)s copied the meeting notes about %(client)s for the medical record.")),
    "meeting_closed": telling(
        CLOSED,
        announced=N_("Returns announced: %(announced)s."),
        returning=N_("Returning the same day: %(returning)s."),
        held=N_("It counts as held."),
        reason=REASON,
    ),
    "meeting_closed/not_held": telling(CLOSED, meeting=N_("It does not count as held."), reason=REASON),  # always said
    "meeting_not_held": telling(N_("The board meeting planned for %(planned)s was not held: %(why)s.")),
}

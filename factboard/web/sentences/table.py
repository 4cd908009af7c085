"""One row a kind: its sentence, and what is added where the fact says more.

The names in a sentence are the fact's own fields, already put into words; `actor`, `client` and `The_client`
stand around every fact.
"""

from __future__ import annotations

from dataclasses import dataclass

from factboard.web.language import N_


@dataclass(frozen=True, slots=True)
class Telling:
    """`more`: (field, sentence) pairs, said where the field says something."""

    main: str
    more: tuple[tuple[str, str], ...] = ()


def telling(main: str, **more: str) -> Telling:
    return Telling(main, tuple(more.items()))


NOTE = N_("Note: %(note)s")
REASON = N_("Reason: %(reason)s")
REVIEW_BY = N_("Review by %(review_by)s.")
SIGNS = N_("Warning signs: %(warning_signs)s.")
NEEDED = N_("Needed: %(needed)s")
INFORMED = N_("%(The_client)s: %(informed)s.")
TIME = N_("Time: %(at)s.")
BACKUP = N_("If they cannot: %(backup)s.")
EXPECTED = N_("Discharge expected %(expected)s.")
ENDS = N_("It ends %(ends)s.")
SOURCE = N_("It came from %(source)s.")
CLOSED = N_(
    "%(actor)s closed the board meeting: discussed %(discussed)s, not discussed %(not_discussed)s, "
    "not taken %(untaken)s, visits not covered %(uncovered)s."
)

TELLINGS = {
    # the team
    "history_started": telling(N_("%(actor)s started the history of %(name)s.")),
    "team_settings_changed": telling(
        N_("%(actor)s changed the team's settings."), meeting_days=N_("Meetings: %(meeting_days)s at %(meeting_time)s.")
    ),
    "category_changed": telling(
        N_("%(actor)s saved the category %(category)s: %(colour)s, %(shape)s, review after %(review_days)s."),
        retired=N_("It is no longer in use."),
    ),
    "member_added": telling(
        N_("%(actor)s added %(name)s to the team as %(role)s."),
        profession=N_("Profession: %(profession)s."),
        employer=N_("Employer: %(employer)s."),
    ),
    "member_changed": telling(
        N_("%(actor)s changed what %(name)s is in the team: %(role)s."),
        profession=N_("Profession: %(profession)s."),
        employer=N_("Employer: %(employer)s."),
    ),
    "member_removed": telling(N_("%(actor)s removed %(user)s from the team.")),
    "imported": telling(
        N_(
            "%(actor)s imported the file %(file)s: lines %(rows)s, new %(enrolled)s, corrected %(corrected)s, "
            "put on the board %(put_on)s."
        )
    ),
    # the system
    "team_added": telling(N_("%(actor)s added the team %(name)s (%(team)s).")),
    "user_added": telling(
        N_("%(actor)s added the account %(username)s for %(name)s."), admin=N_("It is an administrator's.")
    ),
    "password_set": telling(N_("%(actor)s set a new password for %(user)s.")),
    "user_closed": telling(N_("%(actor)s closed the account of %(user)s.")),
    "user_reopened": telling(N_("%(actor)s reopened the account of %(user)s.")),
    # clients
    "client_enrolled": telling(N_("%(actor)s enrolled %(client)s."), source=SOURCE),
    "client_corrected": telling(N_("%(actor)s corrected %(changed)s for %(client)s."), source=SOURCE),
    "enrolment_ended": telling(N_("%(actor)s ended the enrolment of %(client)s: %(reason)s."), note=NOTE),
    # a time on the board
    "put_on_board": telling(
        N_("%(actor)s put %(client)s on the board (%(category)s): %(reason)s"),
        warning_signs=SIGNS,
        needed=NEEDED,
        informed=INFORMED,
        source=SOURCE,
        since=N_("On the board since %(since)s."),
        review_by=REVIEW_BY,
    ),
    "flagged_again": telling(
        N_("%(actor)s noted a new worry about %(client)s: %(reason)s"),
        warning_signs=SIGNS,
        needed=NEEDED,
        informed=INFORMED,
        source=SOURCE,
    ),
    "taken": telling(N_("%(actor)s took on %(client)s.")),
    "recategorised": telling(
        N_("%(actor)s moved %(client)s from %(previous)s to %(category)s."), reason=REASON, review_by=REVIEW_BY
    ),
    "rated": telling(N_("%(actor)s rated %(client)s: %(rating)s (%(basis)s; %(by)s, %(happened_at)s).")),
    "contact_logged": telling(
        N_("%(actor)s logged a contact with %(client)s: %(contact)s (%(by)s, %(happened_at)s)."),
        others=N_("Also there: %(others)s."),
        note=NOTE,
    ),
    "contact_logged/tried": telling(
        N_("%(actor)s logged an attempt that did not reach %(client)s (%(by)s, %(happened_at)s)."),
        others=N_("Also there: %(others)s."),
        note=NOTE,
    ),
    "visit_planned": telling(
        N_("%(actor)s planned that %(who)s goes to %(client)s on %(day)s."), at=TIME, backup=BACKUP, note=NOTE
    ),
    "visit_changed": telling(
        N_("%(actor)s changed a planned visit: now %(who)s goes to %(client)s on %(day)s."),
        at=TIME,
        backup=BACKUP,
        note=NOTE,
    ),
    "visit_cancelled": telling(N_("%(actor)s cancelled the visit of %(who)s to %(client)s on %(day)s."), reason=REASON),
    # where they are, and what the law says
    "admitted": telling(
        N_("%(actor)s noted that %(client)s was admitted on %(on)s: %(ward)s."), expected=EXPECTED, note=NOTE
    ),
    "admission_changed": telling(
        N_("%(actor)s changed the admission of %(client)s: %(ward)s."), expected=EXPECTED, note=NOTE
    ),
    "discharged": telling(N_("%(actor)s noted that %(client)s was discharged from %(ward)s on %(on)s."), note=NOTE),
    "legal_measure_started": telling(
        N_("%(actor)s noted a legal measure for %(client)s from %(on)s: %(name)s."), ends=ENDS, note=NOTE
    ),
    "legal_measure_prolonged": telling(
        N_("%(actor)s noted a new end of a legal measure for %(client)s: %(name)s."), ends=ENDS, note=NOTE
    ),
    "legal_measure_ended": telling(
        N_("%(actor)s noted that a legal measure for %(client)s ended on %(on)s: %(name)s."), note=NOTE
    ),
    # the meeting
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
        N_("%(actor)s noted that %(client)s was discussed at the meeting."), no_change=N_("No change: the plan stands.")
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
    "meeting_closed": telling(CLOSED, held=N_("It counts as held."), reason=REASON),
    "meeting_closed/not_held": telling(CLOSED, meeting=N_("It does not count as held."), reason=REASON),  # always said
    "meeting_not_held": telling(N_("The board meeting planned for %(planned)s was not held: %(why)s.")),
    # the team's day
    "absence_noted": telling(N_("%(actor)s noted that %(user)s is away %(first)s to %(last)s."), note=NOTE),
    "absence_removed": telling(N_("%(actor)s took away the absence of %(user)s %(first)s to %(last)s.")),
    "duty_set": telling(N_("%(actor)s noted that %(user)s is on duty on %(day)s.")),
    "duty_set/nobody": telling(N_("%(actor)s noted that nobody is on duty on %(day)s.")),
    "screen_paired": telling(
        N_("%(actor)s paired the wall screen %(name)s (%(naming)s; outside meetings: %(outside)s).")
    ),
    "screen_changed": telling(
        N_("%(actor)s changed the wall screen %(name)s (%(naming)s; outside meetings: %(outside)s).")
    ),
    "screen_revoked": telling(N_("%(actor)s took the board from the wall screen %(name)s.")),
    "walls_blanked": telling(N_("%(actor)s blanked all wall screens.")),
    "walls_shown": telling(N_("%(actor)s let the wall screens show the board again.")),
    "sheet_written": telling(
        N_("The sheet %(sheet)s for %(day)s was written to the file %(file)s, people on it: %(clients)s.")
    ),
    "action_added": telling(
        N_("%(actor)s added an action for %(client)s: %(text)s"),
        owner=N_("Who: %(owner)s."),
        due=N_("At the latest %(due)s."),
        urgent=N_("It is urgent."),
    ),
    "action_done": telling(N_("%(actor)s ticked off an action for %(client)s: %(text)s.")),
    "crisis_plan_reviewed": telling(
        N_("%(actor)s noted that the crisis plan of %(client)s was reviewed on %(on)s, %(with_client)s."), note=NOTE
    ),
    "review_set": telling(N_("%(actor)s set a new review day for %(client)s: %(review_by)s."), reason=REASON),
    "returned": telling(N_("%(actor)s returned %(client)s to planned care: %(reason)s")),
    "entered_in_error": telling(N_("%(actor)s noted that %(client)s was put on the board in error: %(reason)s")),
    "notice_read": telling(N_("%(actor)s read the notice no. %(notice)s about %(client)s.")),
    "undone": telling(N_("%(actor)s undid no. %(seq)s about %(client)s: %(undone_kind)s.")),
}

WITH_CLIENT = {True: N_("together with %(the_client)s"), False: N_("without %(the_client)s, who declined")}

UNDONE = {
    "put_on_board": N_("the time on the board"),
    "flagged_again": N_("the new worry"),
    "taken": N_("taking it on"),
    "recategorised": N_("the change of category"),
    "rated": N_("the rating"),
    "contact_logged": N_("the contact"),
    "visit_planned": N_("the planned visit"),
    "action_added": N_("the action"),
    "action_done": N_("the tick on an action"),
    "crisis_plan_reviewed": N_("the review of the crisis plan"),
    "review_set": N_("the new review day"),
    "visit_changed": N_("the change of a planned visit"),
    "visit_cancelled": N_("the cancelling of a visit"),
    "admitted": N_("the admission"),
    "admission_changed": N_("the change of the admission"),
    "discharged": N_("the discharge"),
    "legal_measure_started": N_("the start of a legal measure"),
    "legal_measure_prolonged": N_("the new end of a legal measure"),
    "legal_measure_ended": N_("the end of a legal measure"),
    "returned": N_("the return to planned care"),
    "entered_in_error": N_("the note that it was an error"),
}

DETAILS = {
    "surname": N_("surname"),
    "first_name": N_("first name"),
    "short_name": N_("short name"),
    "birth_date": N_("birth date"),
    "national_id": N_("national id"),
    "case_manager": N_("case manager"),
    "address": N_("address"),
    "phone": N_("phone"),
    "protected": N_("protected identity"),
    "notes": N_("notes"),
    "helps": N_("what helps"),
    "warnings": N_("what to know before a visit"),
}

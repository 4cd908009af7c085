"""The kinds of facts as a reader of the history chooses among them, group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factboard.web.language import N_


@dataclass(frozen=True, slots=True)
class Group:
    """A group of kinds, each with what it is called."""

    name: str
    named: Mapping[str, str]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.named)


GROUPS: Mapping[str, Group] = {
    "of_the_board": Group(
        N_("Time on the board"),
        {
            "put_on_board": N_("Put on the board"),
            "flagged_again": N_("A new worry"),
            "taken": N_("Taken on"),
            "recategorised": N_("Change of category"),
            "review_set": N_("Day of review set"),
            "action_added": N_("An action added"),
            "action_done": N_("An action done"),
            "crisis_plan_reviewed": N_("Crisis plan reviewed"),
            "tip_noted": N_("A tip written down"),
            "tip_answered": N_("A tip answered"),
            "entered_in_error": N_("A time on the board that was an error"),
            "undone": N_("Something undone"),
        },
    ),
    "of_contact": Group(
        N_("Contacts, ratings and visits"),
        {
            "contact_logged": N_("Contact or attempt"),
            "rated": N_("Rating"),
            "visit_planned": N_("Visit planned"),
            "visit_changed": N_("Visit changed"),
            "visit_cancelled": N_("Visit cancelled"),
            "planned_contact_set": N_("Planned contact set"),
            "anchoring_answered": N_("Answer to what somebody planned"),
            "intensity_changed": N_("Contacts thinned out or stepped up"),
        },
    ),
    "of_the_way_back": Group(
        N_("The way back to planned care"),
        {
            "return_announced": N_("Return announced"),
            "return_told": N_("What was said about the return"),
            "return_upheld": N_("Return upheld"),
            "return_postponed": N_("Return postponed"),
            "announcement_withdrawn": N_("Return called off"),
            "return_held": N_("Kept on the board"),
            "returned": N_("Returned to planned care"),
            "returns_paused": N_("Returns paused"),
            "release_agreed": N_("Said that returns may go on"),
            "returns_released": N_("Returns go on"),
        },
    ),
    "of_time": Group(
        N_("What went on for too long"),
        {
            "review_fell_due": N_("Review overdue"),
            "unseen_too_long": N_("Unseen for too long"),
            "flag_untaken": N_("A worry that nobody has taken"),
            "follow_up_missed": N_("Follow-up not made"),
            "planned_contact_missed": N_("Planned contact not made"),
        },
    ),
    "of_care": Group(
        N_("Hospital and legal measures"),
        {
            "admitted": N_("Admitted"),
            "admission_changed": N_("Admission changed"),
            "discharged": N_("Discharged"),
            "legal_measure_started": N_("Legal measure started"),
            "legal_measure_prolonged": N_("Legal measure prolonged"),
            "legal_measure_ended": N_("Legal measure ended"),
        },
    ),
    "of_meetings": Group(
        N_("Meetings"),
        {
            "meeting_opened": N_("Meeting opened"),
            "attendance_noted": N_("Who is at the meeting"),
            "chair_changed": N_("Another chair"),
            "recorder_changed": N_("Another writer"),
            "focus_moved": N_("The meeting went on to the next"),
            "client_discussed": N_("Discussed"),
            "not_discussed": N_("Not discussed"),
            "meeting_noted": N_("Meeting note"),
            "meeting_note_corrected": N_("Meeting note corrected"),
            "notes_copied": N_("Meeting notes copied"),
            "meeting_closed": N_("Meeting closed"),
            "meeting_not_held": N_("Meeting not held"),
        },
    ),
    "of_enrolment": Group(
        N_("Enrolment and details"),
        {
            "client_enrolled": N_("Enrolled"),
            "client_corrected": N_("Details corrected"),
            "enrolment_ended": N_("Enrolment ended"),
            "move_asked": N_("Another team asked to take over"),
            "move_offered": N_("Asked by another team"),
            "move_withdrawn": N_("Another team asked no more"),
            "move_declined": N_("Taking over declined"),
            "move_accepted": N_("Taking over agreed to"),
            "moved_here": N_("Taken over from another team"),
            "moved_away": N_("Taken over by another team"),
            "merged": N_("Two records merged"),
            "merged_into": N_("Merged into another record"),
            "case_manager_changed": N_("Handed over to another case manager"),
            "client_model_set": N_("Met by another model of case management"),
            "on_mandate": N_("On the client's own mandate"),
            "imported": N_("A file imported"),
        },
    ),
    "of_planned_care": Group(
        N_("What is written about planned care"),
        {
            "document_written": N_("A version written"),
            "document_withdrawn": N_("Taken away as entered in error"),
        },
    ),
    "of_keeping": Group(
        N_("Consent, locks, checks, and what is kept for how long"),
        {
            "access_checked": N_("Routine check of the access log"),
            "access_log_shortened": N_("The oldest of the access log taken away"),
            "sharing_set": N_("Who sees what, set"),
            "consent_given": N_("Consent given"),
            "consent_revoked": N_("Consent taken back"),
            "lock_placed": N_("Lock placed"),
            "lock_lifted": N_("Lock lifted"),
            "opened_in_emergency": N_("Opened in an emergency"),
            "redacted": N_("Content taken away by the retention rule"),
            "legal_hold_placed": N_("Legal hold placed"),
            "legal_hold_lifted": N_("Legal hold lifted"),
        },
    ),
    "of_the_team": Group(
        N_("The team and its day"),
        {
            "history_started": N_("The history began"),
            "team_settings_changed": N_("Settings changed"),
            "category_changed": N_("Category or its policy changed"),
            "care_model_set": N_("Model of case management changed"),
            "member_added": N_("Member added"),
            "member_changed": N_("Member changed"),
            "member_removed": N_("Member removed"),
            "absence_noted": N_("Absence noted"),
            "absence_removed": N_("Absence taken away"),
            "duty_set": N_("Who is on duty"),
            "screen_paired": N_("Wall screen paired"),
            "screen_changed": N_("Wall screen changed"),
            "screen_revoked": N_("Wall screen taken out of use"),
            "walls_blanked": N_("Wall screens blanked"),
            "walls_shown": N_("Wall screens shown again"),
            "sheet_written": N_("Sheet for paper written"),
            "notice_read": N_("Notice read"),
        },
    ),
}

KINDS: Mapping[str, str] = {kind: name for group in GROUPS.values() for kind, name in group.named.items()}

"""What a sentence calls an act that was undone, and a detail that was corrected."""

from factboard.web.language import N_

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
    "return_held": N_("keeping them on the board"),
    "tip_noted": N_("a tip"),
    "tip_answered": N_("the answer to a tip"),
    "planned_contact_set": N_("the planned contact"),
    "intensity_changed": N_("how often they are met"),
    "client_model_set": N_("the change of model"),
    "case_manager_changed": N_("the handing over"),
    "on_mandate": N_("that it is on their mandate"),
    "returned": N_("the return to planned care"),
    "entered_in_error": N_("the note that it was an error"),
    "anchoring_answered": N_("the answer"),
    "merged": N_("the merging of two records"),
    "merged_into": N_("the merging of this record into another"),
    "client_corrected": N_("the correction of details"),
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
    "substitute": N_("substitute for the case manager"),
    "warnings": N_("what to know before a visit"),
}

ASKED_OF = UNDONE | {"document_written": N_("what was written")}
"""What a sentence calls what a case manager is asked about."""

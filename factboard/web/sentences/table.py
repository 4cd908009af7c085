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
SOURCE = N_("It came from %(source)s.")

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
        N_("%(actor)s planned that %(who)s goes to %(client)s on %(day)s."), at=N_("Time: %(at)s."), note=NOTE
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
}

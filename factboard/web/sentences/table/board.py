"""Clients, and their time on the board."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import (
    ANCHORED,
    BACKUP,
    INFORMED,
    MADE,
    NEEDED,
    NOTE,
    REASON,
    REVIEW_BY,
    SIGNS,
    SOURCE,
    TIME,
    telling,
)

PUT_ON = {
    "warning_signs": SIGNS,
    "needed": NEEDED,
    "informed": INFORMED,
    "source": SOURCE,
    "since": N_("On the board since %(since)s."),
    "review_by": REVIEW_BY,
    "made": MADE,
}

BOARD = {
    # clients
    "client_enrolled": telling(N_("%(actor)s enrolled %(client)s."), source=SOURCE),
    "client_corrected": telling(N_("%(actor)s corrected %(changed)s for %(client)s."), source=SOURCE),
    "enrolment_ended": telling(N_("%(actor)s ended the enrolment of %(client)s: %(reason)s."), note=NOTE),
    # a time on the board
    "put_on_board": telling(N_("%(actor)s put %(client)s on the board (%(category)s): %(reason)s"), **PUT_ON),
    "put_on_board/back": telling(N_("%(actor)s put %(client)s back on the board (%(category)s): %(reason)s"), **PUT_ON),
    "flagged_again": telling(
        N_("%(actor)s noted a new worry about %(client)s: %(reason)s"),
        warning_signs=SIGNS,
        needed=NEEDED,
        informed=INFORMED,
        source=SOURCE,
        made=MADE,
    ),
    "taken": telling(N_("%(actor)s took on %(client)s.")),
    "recategorised": telling(
        N_("%(actor)s moved %(client)s from %(previous)s to %(category)s."),
        reason=REASON,
        review_by=REVIEW_BY,
        anchored=ANCHORED,
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
        N_("%(actor)s planned that %(who)s goes to %(client)s on %(day)s."),
        at=TIME,
        backup=BACKUP,
        note=NOTE,
        anchored=ANCHORED,
    ),
    "visit_changed": telling(
        N_("%(actor)s changed a planned visit: now %(who)s goes to %(client)s on %(day)s."),
        at=TIME,
        backup=BACKUP,
        note=NOTE,
        anchored=ANCHORED,
    ),
    "visit_cancelled": telling(
        N_("%(actor)s cancelled the visit of %(who)s to %(client)s on %(day)s."), reason=REASON, anchored=ANCHORED
    ),
    "action_added": telling(
        N_("%(actor)s added an action for %(client)s: %(text)s"),
        owner=N_("Who: %(owner)s."),
        due=N_("At the latest %(due)s."),
        urgent=N_("It is urgent."),
        anchored=ANCHORED,
    ),
    "action_added/task": telling(
        N_("No crisis plan is written for %(client)s here. To do: %(task)s."),
        owner=N_("Who: %(owner)s."),
        due=N_("At the latest %(due)s."),
    ),
    "action_done": telling(N_("%(actor)s ticked off an action for %(client)s: %(text)s.")),
    "action_done/task": telling(N_("%(actor)s ticked off an action for %(client)s: %(task)s.")),
    "crisis_plan_reviewed": telling(
        N_("%(actor)s noted that the crisis plan of %(client)s was reviewed on %(on)s, %(with_client)s."),
        note=NOTE,
        review_by=N_("To be looked at again by %(review_by)s."),
    ),
    "review_set": telling(N_("%(actor)s set a new review day for %(client)s: %(review_by)s."), reason=REASON),
    "entered_in_error": telling(N_("%(actor)s noted that %(client)s was put on the board in error: %(reason)s")),
    "notice_read": telling(N_("%(actor)s read the notice no. %(notice)s about %(client)s.")),
    "undone": telling(N_("%(actor)s undid no. %(seq)s about %(client)s: %(undone_kind)s."), reason=REASON),
}

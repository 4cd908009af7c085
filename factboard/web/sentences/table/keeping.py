"""How long what is known of a client is kept, and in which record."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import REASON, telling

KEEPING = {
    "redacted": telling(
        N_(
            "%(actor)s took away what the facts about %(client)s said, by the team's rule (facts: %(facts)s; the "
            "enrolment ended on %(ended)s; years kept: %(years)s). That they happened, when and by whom, stands."
        )
    ),
    "merged": telling(
        N_("%(actor)s merged the record %(other)s into that of %(client)s: they are the same person."), reason=REASON
    ),
    "merged_into": telling(
        N_("%(actor)s merged this record of %(client)s into the record %(into)s: they are the same person."),
        reason=REASON,
    ),
    "legal_hold_placed": telling(
        N_("%(actor)s placed a legal hold: nothing about %(client)s is taken away."), reason=REASON
    ),
    "legal_hold_lifted": telling(N_("%(actor)s lifted the legal hold on %(client)s."), reason=REASON),
}

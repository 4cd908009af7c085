"""Tips from people near the client. Who gave one stands on the client's page alone."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import NOTE, telling

TIPS = {
    "tip_noted": telling(N_("%(actor)s wrote down a tip about %(client)s (from: %(relation)s): %(text)s")),
    "tip_answered": telling(
        N_("%(actor)s noted what became of a tip about %(client)s: %(ending)s."),
        note=NOTE,
        told_back=N_("Whoever gave it has been told."),
    ),
}

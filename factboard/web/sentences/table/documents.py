"""What is written about a client's planned care."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import ANCHORED, telling

DOCUMENTS = {
    "document_written": telling(
        N_("%(actor)s wrote for %(client)s: %(document)s, version %(number)s (%(together)s)."),
        review_by=N_("To be looked at again by %(review_by)s."),
        carried=N_("Carried over as it stood: %(carried)s."),
        restored=N_("It reads as version %(restored)s did."),
        anchored=ANCHORED,
    ),
    "document_withdrawn": telling(
        N_("%(actor)s took away as entered in error what was written for %(client)s: %(document)s. Reason: %(reason)s")
    ),
}

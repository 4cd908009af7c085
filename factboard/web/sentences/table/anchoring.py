"""What the case manager answers to what somebody planned for their client."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import NOTE, telling

WHAT = N_("It was %(of_kind)s, by %(asked_by)s (no. %(of)s).")
DOCUMENT = N_("In: %(document)s.")

ANCHORING = {
    "anchoring_answered": telling(
        N_("%(actor)s agrees to what was planned for %(client)s."), of_kind=WHAT, document=DOCUMENT, note=NOTE
    ),
    "anchoring_answered/objects": telling(
        N_("%(actor)s does not agree to what was planned for %(client)s: %(note)s"), of_kind=WHAT, document=DOCUMENT
    ),
    "anchoring_answered/talk": telling(
        N_("%(actor)s wants to talk of what was planned for %(client)s, %(talk)s."),
        of_kind=WHAT,
        document=DOCUMENT,
        note=NOTE,
    ),
}

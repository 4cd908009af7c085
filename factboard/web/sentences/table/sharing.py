"""Whose records these are, consent, and the inner lock."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import NOTE, REASON, telling

SHARING = {
    "sharing_set": telling(
        N_("%(actor)s set that the records are those of %(employer)s. Staff of others see %(sharing)s.")
    ),
    "consent_given": telling(
        N_("%(actor)s noted that %(client)s agrees (%(agreed)s): staff of %(employer)s see %(parts)s."),
        until=N_("To the end of %(until)s."),
        note=NOTE,
    ),
    "consent_revoked": telling(
        N_("%(actor)s noted that %(client)s takes the consent back: staff of %(employer)s see nothing any more."),
        note=NOTE,
    ),
    "lock_placed": telling(
        N_("%(actor)s placed a lock on what is known of %(client)s: %(parts)s. It keeps out %(locked_for)s."),
        named=N_("Named: %(named)s."),
        note=NOTE,
    ),
    "lock_lifted": telling(N_("%(actor)s lifted a lock on what is known of %(client)s."), reason=REASON),
    "opened_in_emergency": telling(
        N_("%(actor)s opened %(client)s in an emergency, past lock or missing consent, for %(minutes)s minutes."),
        reason=REASON,
    ),
}

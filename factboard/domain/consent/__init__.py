"""Consent and the inner lock: who sees which part of a client; how it is agreed to, taken back, locked and opened."""

from factboard.domain.consent.audience import PERSONAL, lens, lens_of, with_lens
from factboard.domain.consent.eyes import Eyes
from factboard.domain.consent.giving import LONGEST, give, revoke, set_sharing
from factboard.domain.consent.locking import MINUTES, lift, open_in_emergency, place
from factboard.domain.consent.parts import EVERYTHING, PARTS
from factboard.domain.consent.readers import Reader, employers, of_others, reader_of
from factboard.domain.consent.seeing import in_force, sees, told_of
from factboard.domain.consent.thinning import nobody, thinned

__all__ = [
    "EVERYTHING", "LONGEST", "MINUTES", "PARTS", "PERSONAL", "Eyes", "Reader", "employers", "give", "in_force", "lens",
    "lens_of", "lift", "nobody", "of_others", "open_in_emergency", "place", "reader_of", "revoke", "sees",
    "set_sharing", "thinned", "told_of", "with_lens",
]  # fmt: skip

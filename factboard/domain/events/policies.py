"""What the standard categories ask before a client goes back to planned care.

The days are the product's own defaults, from how long the FACT manual's groups usually last; about three stable weeks
for the longest is the field's habit (domain page, sections 1.2 and 3: from memory, unverified). How many ratings by how
many people is ours: no one person decides it alone. Each is the team's to change.
"""

from __future__ import annotations

from dataclasses import replace

from factboard.domain.events.shapes import Policy
from factboard.domain.events.words import Blocker, Mode

STANDARD = {
    "crisis_prevention": Policy(stable_days=7, stable_ratings=2),
    "short_intensive": Policy(stable_days=14, stable_ratings=3),
    "long_intensive": Policy(stable_days=21, stable_ratings=4),
    "hard_to_reach": Policy(stable_days=14, stable_ratings=3),
    "admitted": Policy(mode=Mode.BY_HAND),  # somebody in a ward's hands is moved to another category first
    "new_client": Policy(stable_days=21, stable_ratings=3),
    "legal_measure": Policy(stable_days=28, stable_ratings=4, blockers=(Blocker.LEGAL, *Policy().blockers)),
}


def standard(code: str) -> Policy:
    """The standard category's policy; for a team's own category, two weeks."""
    return STANDARD.get(code, Policy())


def as_it_was_before(code: str) -> Policy:
    """For a category from a time without policies: by the same numbers, and a named person announces each."""
    known = standard(code)
    return known if known.mode is Mode.BY_HAND else replace(known, mode=Mode.CONFIRM)

"""What a row of the tables is, and the sentences that several kinds share."""

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


ANCHORED = N_("Anchored with %(the_case_manager)s: %(anchored)s.")
NOTE = N_("Note: %(note)s")
REASON = N_("Reason: %(reason)s")
REVIEW_BY = N_("Review by %(review_by)s.")
SIGNS = N_("Warning signs: %(warning_signs)s.")
NEEDED = N_("Needed: %(needed)s")
INFORMED = N_("%(The_client)s: %(informed)s.")
TIME = N_("Time: %(at)s.")
BACKUP = N_("If they cannot: %(backup)s.")
EXPECTED = N_("Discharge expected %(expected)s.")
ENDS = N_("It ends %(ends)s.")
MADE = N_("Written on a phone without a connection %(made)s; it came here %(arrived)s.")
SOURCE = N_("It came from %(source)s.")

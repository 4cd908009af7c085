"""What free text and names may hold: one rule for every form, file and command.

Any language and emoji are welcome; control characters and the direction overrides that can make one name
look like another are not (hazard H6, wrong person).
"""

from __future__ import annotations

import unicodedata

from factboard.domain.refusal import Invalid

LINE = 200  # a name, a place, an action: what fits a line on the screen
REASON = 500  # "a reason in a sentence"; longer belongs in the medical record
NOTE = 2_000

# Explicit bidirectional overrides and embeddings: they reorder what stands around them.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str | None, field: str, *, limit: int = LINE, required: bool = False) -> str:
    """The text as it is kept: NFC, line ends as "\\n", no blanks around it.

    Raises `Invalid` beside `field` when it is missing, longer than `limit` characters, or holds characters
    that cannot be seen.
    """
    kept = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if required and not kept:
        raise Invalid("required", field)
    if len(kept) > limit:
        raise Invalid("too_long", field, limit=limit, length=len(kept))
    if any(_unseen(character) for character in kept):
        raise Invalid("control_characters", field)
    return kept


def folded(text: str) -> str:
    """The text as people compare it: no case, no accents, single blanks ("Åsa  ÖBERG" -> "asa oberg")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.split())


def _unseen(character: str) -> bool:
    if character in "\n\t":
        return False
    return character in _OVERRIDES or unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")

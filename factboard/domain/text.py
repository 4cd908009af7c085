"""What free text and names may hold: one rule for every form, file and command.

Any language and emoji are welcome; control characters and the direction overrides that can make one name
look like another are not (hazard H6, wrong person).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from factboard.domain.refusal import Invalid

LINE = 200  # a name, a place, an action: what fits a line on the screen
REASON = 500  # "a reason in a sentence"; longer belongs in the medical record
NOTE = 2_000

# Left by copying from documents and web pages; they say nothing and would make equal names differ.
_LEFT_OUT = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n"} | dict.fromkeys("\u00ad\u200b\u2060\ufeff"))

# Joiners and direction marks that Persian, Hindi, Hebrew and emoji are really written with.
_JOINERS = frozenset("\u061c\u200c\u200d\u200e\u200f")

# Letters and symbols that are drawn as nothing.
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

# Letters that Unicode does not take apart but neighbours do (Sören finds Søren, Lukasz finds Łukasz), and the
# Cyrillic and Greek ones that the eye cannot tell from Latin ones.
_ALIKE = str.maketrans("øłđðıæавекмнорстухіјѕοανικρτυχ", "olddiaabekmhopctyxijsoavikptux")


def clean(text: str | None, field: str, *, limit: int = LINE, required: bool = False) -> str:
    """The text as it is kept: NFC, line ends as "\\n", no blanks around it.

    Raises `Invalid` beside `field` when it is missing, longer than `limit` characters, or holds characters
    that cannot be seen.
    """
    kept = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").translate(_LEFT_OUT)).strip()
    if required and not folded(kept):
        raise Invalid("required", field)
    if len(kept) > limit:
        raise Invalid("too_long", field, limit=limit, length=len(kept))
    if any(_unseen(character) for character in kept):
        raise Invalid("control_characters", field)
    return kept


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """The text as eyes compare it: no case, no accents, nothing unseen, single blanks ("Åsa  ÖBERG" -> "asa oberg")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE)
    bare = "".join(character for character in decomposed if not _without_body(character))
    return " ".join(bare.split())


def _without_body(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in ("Mn", "Me", "Cf", "Cs") or (kind == "Cc" and not character.isspace()) or character in _BLANKS


def _unseen(character: str) -> bool:
    if character in "\n\t" or character in _JOINERS:
        return False
    kind = unicodedata.category(character)
    if kind == "Cn":  # a letter or emoji newer than this Python is welcome; what never will be one is not
        return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return kind in ("Cc", "Cf", "Cs", "Co") or character in _BLANKS

"""Which language a reader gets, and the sentences in it.

A message's id is its English sentence. Catalogues are `.po` files, read and compiled in memory at the first
use, so nothing compiled lies in the repository or can be older than its source.
"""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from factboard.assets import asset_dir
from factboard.domain.text import folded

LANGUAGES = ("sv", "en")
FALLBACK = "en"
COOKIE = "lang"
AFTER_Z = str.maketrans({"å": "z\ue001", "ä": "z\ue002", "æ": "z\ue002", "ö": "z\ue003", "ø": "z\ue003"})
NAMES = {"sv": "Svenska", "en": "English"}  # each in its own words, for whoever cannot read the other


def choose(
    query: str | None, cookie: str | None, person: str | None, team: str | None, accept_language: str | None
) -> str:
    """The reader's language: what they touched, else what they saved, else the team's, else the browser's.

    Anything that is not one of `LANGUAGES` is passed over.
    """
    for wish in (query, cookie, person, team):
        if wish in LANGUAGES:
            return wish
    return negotiate_locale(_accepted(accept_language or ""), LANGUAGES, sep="-") or FALLBACK


def other(language: str) -> str:
    """The language to switch to with one touch."""
    return next(known for known in LANGUAGES if known != language)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The sentences of a language. Raises ValueError for one that factboard does not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"factboard does not speak {language!r}; it speaks {' and '.join(LANGUAGES)}.")
    if language == FALLBACK:
        return gettext.NullTranslations()
    path = asset_dir("locale") / language / "LC_MESSAGES" / "factboard.po"
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def in_order(name: str, language: str) -> str:
    """What to sort a name by: in Swedish Å, Ä and Ö come last, elsewhere beside A and O."""
    return folded(name.casefold().translate(AFTER_Z)) if language == "sv" else folded(name)


def N_(sentence: str) -> str:  # noqa: N802  gettext's own name for "translate this later"
    """Mark a sentence for the catalogue; it is translated where it is read."""
    return sentence


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, best first; what cannot be read counts for nothing."""
    wishes = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if tag.strip() and weight > 0:
            wishes.append((-weight, place, tag.strip()))
    return [tag for _, _, tag in sorted(wishes)]

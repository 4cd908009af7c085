"""One cell to one value: text, a name, yes or no, one of the team's own."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping

from factboard.domain.refusal import Invalid
from factboard.domain.text import LINE, NOTE, REASON, clean, folded
from factboard.importing.headers import plain
from factboard.importing.problems import BadCell, listed, shown
from factboard.importing.table import Cell

LONGEST = {"short_name": 40, "national_id": 30, "phone": 60, "notes": NOTE, "reason": REASON}
SEVERAL_LINES = ("notes", "address", "reason")

YES = (
    *("ja", "j", "yes", "y", "x", "1", "true", "sant", "✓", "✔", "☑", "protected", "confidential", "kvarskrivning"),
    *("skyddad", "skyddat", "skyddad identitet", "skyddade personuppgifter", "skyddad folkbokföring"),
    *("sekretess", "sekretessmarkering", "sekretessmarkerad"),
)
NO = ("nej", "n", "no", "0", "false", "falskt", "inte", "ej skyddad", "not protected", "☐")
PARTICLES = frozenset(
    ("af", "al", "av", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "ten", "ter", "van", "von", "zu")
)

_YES, _NO = frozenset(map(plain, YES)), frozenset(map(plain, NO))
_FORMULA = re.compile(r"=|[@+\-][^\W\d_][\w.]*[(|!]")
_EMPTY = re.compile(r"[-–—.]+")


def text(cell: Cell, field: str) -> str:
    """A cell as text, as the domain keeps it; "" when nothing (or only a dash) stands in it.

    Raises `BadCell` for a formula, characters that cannot be seen or were lost, and for too much text.
    """
    if cell is None:
        return ""
    if isinstance(cell, BadCell):
        raise cell
    raw = _written(cell)
    if "\N{REPLACEMENT CHARACTER}" in raw:
        raise BadCell("lost_characters", value=shown(raw))
    if _FORMULA.match(raw.strip()):
        raise BadCell("formula", value=shown(raw.strip()))
    raw = raw.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "").replace("\N{SOFT HYPHEN}", "")
    try:
        kept = clean(raw, field, limit=LONGEST.get(field, LINE))
    except Invalid as no:
        raise BadCell(no.key, value=shown(raw), **_counts(no.params)) from None
    if field not in SEVERAL_LINES:
        kept = " ".join(kept.split())
    return "" if _EMPTY.fullmatch(kept) else kept


def full_name(name: str, surname_first: bool, comma_promised: bool = False) -> tuple[str, str]:
    """ "Surname, First name" or "First name Surname" -> (surname, first name).

    `surname_first` says that a name without a comma begins with the surname; where a comma was promised, nobody
    can tell. Raises `BadCell` when a part is missing, or when it is left open which is which.
    """
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1:
        if comma_promised and len(name.split()) > 1:
            raise BadCell("name_no_comma", value=shown(name))
        parts = list(_split(name.split(), surname_first))
    if len(parts) != 2:
        raise BadCell("name_commas", value=shown(name))
    if not all(parts):
        raise BadCell("name_one_part", value=shown(name))
    return parts[0], parts[1]


def check_name(name: str) -> str:
    """A name holds something besides digits and signs. Raises `BadCell`."""
    if name and all(unicodedata.category(character)[0] in "NPZ" for character in name):
        raise BadCell("not_a_name", value=shown(name))
    return name


def yes_or_no(answer: str) -> bool:
    """Ja, nej, yes, no, x, skyddad ... Raises `BadCell` rather than guess: a protected identity hangs on it."""
    if plain(answer) in _YES:
        return True
    if plain(answer) in _NO:
        return False
    raise BadCell("not_yes_or_no", value=shown(answer))


class Choices:
    """The team's own things (people, categories) found by any of their names.

    `names` are the keys' names, the one to show first; names that several share find none of them.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._keys: dict[str, set[str]] = {}
        shown_names = []
        for key, own in names.items():
            spelled = [name for name in own if name]
            shown_names += spelled[:1]
            for name in spelled:
                self._keys.setdefault(folded(name), set()).add(key)
        self._known = listed(shown_names)

    def find(self, name: str, unknown: str) -> str:
        """The key behind a name. Raises `BadCell` with key `unknown`, or `several_have_this_name`."""
        surname, comma, first = name.partition(",")
        keys = self._keys.get(folded(name)) or (comma and self._keys.get(folded(f"{first} {surname}"))) or set()
        if len(keys) > 1:
            raise BadCell("several_have_this_name", value=shown(name))
        if not keys:
            raise BadCell(unknown, value=shown(name), known=self._known)
        return next(iter(keys))


def _written(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    return str(cell)


def _split(words: list[str], surname_first: bool) -> tuple[str, str]:
    """Where the surname ends or begins; a particle (von, de la) belongs to the surname."""
    if surname_first:
        end = 1
        while end < len(words) - 1 and folded(words[end - 1]) in PARTICLES:
            end += 1
        return " ".join(words[:end]), " ".join(words[end:])
    start = max(len(words) - 1, 0)
    while start > 1 and folded(words[start - 1]) in PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def _counts(params: Mapping[str, object]) -> dict[str, int]:
    return {name: value for name, value in params.items() if isinstance(value, int)}

"""What a wall calls a client: short enough to read from five metres, and never the same for two (hazard H6).

Everybody begins with the label that the screen is set to. Those whose labels look alike, as eyes compare them, all
climb one step together: more letters of the surname, the year of birth, the day, at last a code. Nobody else's label
changes, and a label is cut by rule before it is compared, so that two are not alike on the screen only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import combining

from factboard.domain.events import Details, Naming
from factboard.domain.people import distinct_codes
from factboard.domain.state import Client
from factboard.domain.text import folded

LONGEST = 12  # characters of a name; with what tells it apart it fits the narrowest tile
SHORTEST = 4  # where the tail is a whole date
LETTERS = 3  # of the surname, at most


@dataclass(frozen=True, slots=True)
class WallName:
    """`name`, and `tail`, which tells it from others. `hidden`: a protected identity, whose tail is its code."""

    name: str
    tail: str = ""
    hidden: bool = False

    @property
    def text(self) -> str:
        return f"{self.name} {self.tail}".strip()


def wall_names(clients: Iterable[Client], naming: Naming) -> dict[str, WallName]:
    """A label for each of these, no two alike."""
    people = {client.id: client.details for client in clients}
    signs = distinct_codes(list(people))
    steps = {id: _steps(known, naming, signs[id]) for id, known in people.items()}
    at = dict.fromkeys(people, 0)
    while True:
        looks = {id: folded(steps[id][step].text) for id, step in at.items()}
        shared = {look for look, times in Counter(looks.values()).items() if times > 1}
        climbing = [id for id, step in at.items() if looks[id] in shared and step + 1 < len(steps[id])]
        if not climbing:
            return {id: steps[id][step] for id, step in at.items()}
        for id in climbing:
            at[id] += 1


def _steps(details: Details, naming: Naming, code: str) -> list[WallName]:
    """What this client may be called, from the shortest to what nobody shares."""
    if details.protected:
        return [WallName("", code, hidden=True)]
    first, letters = details.first_name, [_letters(details.surname, count) for count in range(1, LETTERS + 1)]
    match naming:
        case Naming.INITIALS:
            first, letters, tails = _letters(first, 1) + letters[0], [""], [""]
        case Naming.FIRST:
            tails = ["", *letters]
        case _ if details.short_name:
            first, letters, tails = details.short_name, [""], [""]
        case _:
            tails = letters
    born = details.birth_date
    dated = [f"{letters[0]} {born:%Y}", f"{born:%Y-%m-%d}"] if born else []
    steps = [_label(first, tail.strip()) for tail in (*tails, *dated, code)]
    return [one for one in steps if folded(one.text)]


def _label(first: str, tail: str) -> WallName:
    """The more the tail says, the shorter the name, so that both stand where they are compared and read."""
    room = max(SHORTEST, LONGEST + 1 - max(1, len(tail)))
    first = first.strip()
    return WallName(first if len(first) <= room else f"{_letters(first, room - 1).rstrip(' -')}…", tail)


def _letters(name: str, count: int) -> str:
    """The first letters as they are written, each with its marks."""
    bare, kept = name.strip(), 0
    for place, character in enumerate(bare):
        if not combining(character):
            kept += 1
        if kept > count:
            return bare[:place]
    return bare

"""What can be wrong with a file, as keys and parameters; `messages` turns them into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Param = str | int
SHOWN = 60  # characters of a cell that a message repeats
LISTED = 30  # names that a message lists


class Unreadable(Exception):
    """The file as a whole cannot be used. `key` and `params` belong to `messages.FILE`."""

    def __init__(self, key: str, **params: Param) -> None:
        super().__init__(key)
        self.key, self.params = key, params


class BadCell(Exception):
    """One cell cannot be used. `key` and `params` belong to `messages.CELL`."""

    def __init__(self, key: str, **params: Param) -> None:
        super().__init__(key)
        self.key, self.params = key, params


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one place: `line` as the file counts, `column` by its title (empty: the whole line)."""

    line: int
    column: str
    key: str
    params: Mapping[str, Param] = field(default_factory=dict)


def shown(text: str) -> str:
    """A cell's text as a message repeats it: printable, and short."""
    visible = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return visible if len(visible) <= SHOWN else visible[:SHOWN] + "…"


def listed(names: Iterable[str]) -> str:
    """What there is to choose from, as a message lists it."""
    known = [shown(name) for name in names]
    return ", ".join(known[:LISTED]) + (" …" if len(known) > LISTED else "")

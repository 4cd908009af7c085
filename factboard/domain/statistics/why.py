"""Why clients were put on the board, and who was worried first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from factboard.domain.statistics.episodes import Flag, Stay
from factboard.domain.statistics.flow import behind
from factboard.domain.statistics.keys import Head, Key
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Figure, Line, Table
from factboard.domain.text import folded


def flags(m: Material) -> Iterator[tuple[Stay, Flag]]:
    """Every flag of the period: what put a client on the board, or flagged them again there."""
    return ((stay, flag) for stay in m.times for flag in stay.flags if m.inside(flag.at))


def reasons(m: Material) -> Figure:
    """How often each of the team's ready reasons was given with a flag. What people wrote in their own words is counted
    together, under an empty key.
    """
    return _counted(m, Key.REASONS, Head.REASON, lambda flag: [_known(flag.reason, m.words.reasons)])


def warning_signs(m: Material) -> Figure:
    """How often each of the team's warning signs was given with a flag; a flag can have several, or none."""
    ready = m.words.signs
    return _counted(m, Key.WARNING_SIGNS, Head.WARNING_SIGN, lambda flag: [_known(one, ready) for one in flag.signs])


def flag_sources(m: Material) -> Figure:
    """How often a flag came from the team, the client, relatives, a ward, the on-call service, or a list brought in."""
    return _counted(m, Key.FLAG_SOURCES, Head.SOURCE, lambda flag: [flag.source.value])


def _counted(m: Material, key: Key, head: Head, keys: Callable[[Flag], Iterable[str]]) -> Figure:
    """The most frequent first; what has no name comes last."""
    found = [(name, stay) for stay, flag in flags(m) for name in dict.fromkeys(keys(flag))]
    count = Counter(name for name, _ in found)
    order = sorted(count, key=lambda name: (not name, -count[name], name))
    lines = tuple(Line(name, (Fraction(count[name]),)) for name in order)
    stays = tuple(behind(stay, name) for name, stay in dict.fromkeys((name, stay) for name, stay in found))
    return Figure(key, Table(head, (Head.FLAGS,), lines), stays)


def _known(said: str, ready: Iterable[str]) -> str:
    """The ready words, where these are they; empty where they are a person's own."""
    return next((one for one in ready if folded(one) == folded(said)), "")

"""The parts of a client that consent and locks are about: what `events.Part` names, and each kind of document."""

from __future__ import annotations

from collections.abc import Sequence

from factboard.domain.events import Part
from factboard.domain.events.contents import Kind
from factboard.domain.refusal import Invalid

PARTS: tuple[str, ...] = (*map(str, Part), *map(str, Kind))
EVERYTHING = frozenset(PARTS)


def chosen(parts: Sequence[str]) -> tuple[str, ...]:
    """Each once, in one order. Raises `Invalid` beside `parts` where one is none of ours, or none is chosen."""
    if not set(parts) <= EVERYTHING:
        raise Invalid("unknown_choice", "parts")
    if not parts:
        raise Invalid("choose_one", "parts")
    return tuple(one for one in PARTS if one in parts)

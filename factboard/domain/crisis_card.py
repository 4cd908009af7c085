"""The crisis plan on a card for the wallet: four panels of a bank card's size, and how much of the plan fits there.

What does not fit is counted, never cut in the middle: the card says that there is more in the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap

from factboard.domain.events.contents import ToCall, WrittenCrisisPlan

ROOM = 13  # lines on a panel of 85.6 x 54 mm (ISO/IEC 7810 ID-1) at 8 pt, its margins left out
WIDTH = 46  # characters of such a line, wide letters counted in


class About(StrEnum):
    """What a part of the card is about."""

    CALL = "call"
    SIGNS = "signs"
    I_DO = "i_do"
    OTHERS_DO = "others_do"
    OTHERS_DO_NOT = "others_do_not"
    WISHES = "wishes"


@dataclass(frozen=True, slots=True)
class Part:
    """`left_out`: how many of its lines stand only in the plan."""

    about: About
    lines: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """`call` has the first panel, under the name; each of the other panels has its parts in order."""

    call: tuple[ToCall, ...]
    calls_left_out: int
    panels: tuple[tuple[Part, ...], ...]


def card(plan: WrittenCrisisPlan) -> Card:
    """The card of a plan; a panel without anything in it is left out."""
    call = _fitting([_call(one) for one in plan.call], ROOM - 4)  # the name, and whose card it is
    panels = (
        ((About.SIGNS, plan.signs), (About.I_DO, plan.i_do)),
        ((About.OTHERS_DO, plan.others_do), (About.OTHERS_DO_NOT, plan.others_do_not)),
        ((About.WISHES, tuple(plan.care_wishes.split("\n"))),),
    )
    made = (_panel([(about, [*filter(None, lines)]) for about, lines in panel]) for panel in panels)
    return Card(plan.call[:call], len(plan.call) - call, tuple(panel for panel in made if panel))


def _panel(parts: Sequence[tuple[About, list[str]]]) -> tuple[Part, ...]:
    """Two parts share a panel: each has half of it at least, and what the other leaves."""
    told = [(about, lines) for about, lines in parts if lines]
    made: list[Part] = []
    room = ROOM
    for number, (about, lines) in enumerate(told):
        after = sum(min(1 + _height(rest), ROOM // 2) for _, rest in told[number + 1 :])
        shown = _fitting(lines, room - after - 1)
        made.append(Part(about, tuple(lines[:shown]), len(lines) - shown))
        room -= 1 + _height(lines[:shown]) + (shown < len(lines))
    return tuple(made)


def _fitting(lines: Sequence[str], room: int) -> int:
    """How many of the lines fit, from the first; where not all do, a line is kept to say so."""
    if _height(lines) <= room:
        return len(lines)
    return max((n for n in range(len(lines)) if _height(lines[:n]) < room), default=0)


def _height(lines: Sequence[str]) -> int:
    return sum(len(wrap(line, WIDTH)) or 1 for line in lines)


def _call(one: ToCall) -> str:
    return " ".join(filter(None, (one.name, one.relation, one.phone, one.when)))

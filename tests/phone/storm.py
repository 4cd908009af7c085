"""Somebody writes on a phone what must not be lost, while all goes wrong that can: made of chance, by a seed.

What happens is dealt as cards are, so that each block of 20 seeds has everything in it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tests.phone.line import Fault

T = TypeVar("T")

BLOCK = 20  # seeds in which everything happens
EACH = 2  # things written in one sequence


class Kind(StrEnum):
    FLAG = "flag"
    WORSE = "worse"
    KEEP = "keep"


class Hand(StrEnum):
    """What the hand does at the tap, and right after it."""

    STAYS = "stays"
    DOUBLE_TAP = "taps twice"
    CLOSES = "closes the tab"
    RELOADS = "reloads"
    GOES_BACK = "goes back"
    TRIES_AGAIN = "opens what waits and tries again"
    KILLS = "the battery is taken out"


class Meanwhile(StrEnum):
    """What happens while it waits."""

    NOTHING = "nothing"
    AN_HOUR = "an hour passes"
    CLOCK_WAS_AHEAD = "the phone's clock was a day ahead, and is set right"
    CLOCK_WAS_BEHIND = "the phone's clock was a day behind, and is set right"
    SESSION_OVER = "the session has run out"
    SOMEBODY_ELSE = "a colleague signs in on this phone"
    OTHER_TEAM = "goes to work in another team"
    COLLEAGUE_FLAGS = "a colleague flags the same client"
    COLLEAGUE_RETURNS = "a colleague lets the client return"
    RESTART = "the server is down and comes back"
    SECOND_TAB = "another tab is opened"


NOBODY_ANSWERS = (Fault.REFUSED, Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.GUEST_NETWORK, Fault.LIMITED)
FAULTS = [*Fault, Fault.CUT_COMING]
HANDS = [*Hand, *(one for one in Hand if one is not Hand.KILLS)]
KINDS = [Kind.FLAG, Kind.FLAG, Kind.FLAG, Kind.WORSE, Kind.KEEP]


@dataclass(frozen=True)
class Act:
    """One thing written, what becomes of its request, and what happens before the coverage is back."""

    kind: Kind
    fault: Fault
    hand: Hand
    meanwhile: Meanwhile
    elsewhere: bool  # in the second of their teams
    all_of_it: bool  # the fault is of every request, not only of what is sent
    throws_away: bool  # where it is to be chosen

    @property
    def without_a_server(self) -> bool:
        """Is there none even before the form is opened?"""
        return self.kind is Kind.FLAG and self.all_of_it and self.fault in NOBODY_ANSWERS


def _dealt(cards: Sequence[T], chance: random.Random) -> Iterator[T]:
    while True:
        yield from chance.sample(cards, len(cards))


def sequence(seed: int) -> list[Act]:
    chance = random.Random(seed // BLOCK)
    hands, faults, kinds = _dealt(HANDS, chance), _dealt(FAULTS, chance), _dealt(KINDS, chance)
    meanwhile = _dealt(list(Meanwhile), chance)
    acts = [
        Act(
            next(kinds),
            next(faults),
            next(hands),
            next(meanwhile),
            elsewhere=chance.random() < 0.2,
            all_of_it=chance.random() < 0.4,
            throws_away=chance.random() < 0.3,
        )
        for _ in range(BLOCK * EACH)
    ]
    first = seed % BLOCK * EACH
    return acts[first : first + EACH]

"""Who the client is, in their own words, and what they wish of the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factboard.domain.events.contents.fields import lines, text
from factboard.domain.events.contents.kinds import Kind


@dataclass(frozen=True, slots=True)
class About:
    """The person, not the diagnosis, stands first."""

    document: Literal[Kind.ABOUT] = Kind.ABOUT
    who_i_am: str = text()
    matters: tuple[str, ...] = lines()  # what matters to me, what I want with my life
    good_at: tuple[str, ...] = lines()
    helps: tuple[str, ...] = lines()
    hinders: tuple[str, ...] = lines()
    meet_me: str = text()  # how I want to be met


@dataclass(frozen=True, slots=True)
class Wish:
    """What the client wishes when things get worse, about the board itself."""

    document: Literal[Kind.WISH] = Kind.WISH
    ask: str = text()  # how I ask to be put on the board
    think: str = text()  # what I think of being on it
    visits: str = text()  # who may come, when, how
    ends: str = text()  # what should be so before I am off it again

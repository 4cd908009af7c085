"""The Strengths Model: the assessment, group supervision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from factboard.domain.events.contents.fields import choice, colleague, day, known, lines, rows, text
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.contents.words import LifeArea


@dataclass(frozen=True, slots=True)
class LifeDomain:
    """One domain of life: how it is now, what the client wishes, what they have used before."""

    id: str = known()
    area: LifeArea | None = choice(begun=True)
    now: str = text(1_000)
    wishes: str = text(1_000)
    earlier: str = text(1_000)


@dataclass(frozen=True, slots=True)
class Strengths:
    document: Literal[Kind.STRENGTHS] = Kind.STRENGTHS
    domains: tuple[LifeDomain, ...] = rows()
    priorities: tuple[str, ...] = lines()
    note: str = text()


@dataclass(frozen=True, slots=True)
class Supervision:
    """A case brought to colleagues: what was asked, their ideas, what was taken back to the client.

    `back_by` is the local day by which the ideas are talked over with the client; `came_of_it` what came of them.
    """

    document: Literal[Kind.SUPERVISION] = Kind.SUPERVISION
    on: date | None = day()
    led_by: str = colleague()
    brought_by: str = colleague()
    present: tuple[str, ...] = lines()
    asked: str = text()
    ideas: tuple[str, ...] = lines()
    taken_back: str = text()
    back_by: date | None = day()
    came_of_it: str = text()

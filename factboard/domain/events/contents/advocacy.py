"""Speaking for the client towards others (domain page, section 7: the case manager as advocate)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from factboard.domain.events.contents.fields import choice, colleague, day, line, text
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.contents.words import Actor, Mandate


@dataclass(frozen=True, slots=True)
class Advocacy:
    """On a day `spoke` spoke for the client: towards whom, of what, on whose word, and what came of it."""

    document: Literal[Kind.ADVOCACY] = Kind.ADVOCACY
    on: date | None = day()
    spoke: str = colleague()
    actor: Actor | None = choice()
    towards: str = line()
    about: str = text()
    mandate_of: Mandate | None = choice()
    mandate_said: str = line()  # when and how it was given
    came_of_it: str = text()

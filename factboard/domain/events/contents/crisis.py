"""The crisis plan: what shows that things get worse, and what helps then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factboard.domain.events.contents.fields import known, line, lines, rows, text
from factboard.domain.events.contents.kinds import Kind


@dataclass(frozen=True, slots=True)
class ToCall:
    id: str = known()
    name: str = line(personal=True)
    relation: str = line()
    phone: str = line(60, personal=True)
    when: str = line()


@dataclass(frozen=True, slots=True)
class CrisisPlan:
    document: Literal[Kind.CRISIS_PLAN] = Kind.CRISIS_PLAN
    signs: tuple[str, ...] = lines()  # early warning signs
    triggers: tuple[str, ...] = lines()
    i_do: tuple[str, ...] = lines()
    others_do: tuple[str, ...] = lines()
    others_do_not: tuple[str, ...] = lines()
    call: tuple[ToCall, ...] = rows()
    care_wishes: str = text()
    at_home: str = text()  # children, animals, keys, post: what must be seen to

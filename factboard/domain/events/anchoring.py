"""Whether what somebody planned for another's client is anchored with the case manager, and what they answered.

The word `anchored` stands on the fact that planned it (`PLANS`); the answer is a fact of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.fact import Fact


class Anchored(StrEnum):
    """What the planner said of the case manager before saving. No such word: it was their own client."""

    YES = "yes"  # they have talked of it
    ASKED = "asked"  # the question is put with the fact itself
    URGENT = "urgent"  # it could not wait: they are told, and answer afterwards
    TOLD = "told"  # one touch, which asks nothing: they are told


class Answer(StrEnum):
    """What the case manager, or who stands in, says to it."""

    AGREES = "agrees"
    OBJECTS = "objects"
    TALK = "talk"  # they want to talk of it first: it stays open until they have


@dataclass(frozen=True, slots=True)
class AnchoringAnswered(Fact, kind="anchoring_answered"):
    """The answer to what `asked_by` planned in the fact `of`, which is of the kind `of_kind`; the newest one counts.

    `talk` (UTC) is when they would talk of it; `document` is which of the client's documents it was, if one.
    """

    of: int
    of_kind: str
    asked_by: str
    answer: Answer
    note: str = ""
    talk: datetime | None = None
    document: Kind | None = None

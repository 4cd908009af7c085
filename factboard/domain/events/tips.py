"""Facts about tips: what somebody near the client told the team, apart from any time on the board."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factboard.domain.events.fact import Fact
from factboard.domain.events.words import Source


class TipEnd(StrEnum):
    """What became of a tip."""

    TALKED = "talked"  # somebody has talked with the client about how they are
    PLANNED = "planned"  # something was planned: a contact, an action
    FLAGGED = "flagged"  # the client was put on the board, or a new worry written there
    KNOWN = "known"  # the team knew it, and has it in its plan
    NOTHING = "nothing"  # looked into, nothing to do


@dataclass(frozen=True, slots=True)
class TipNoted(Fact, kind="tip_noted"):
    """`said_by` is who told it, by name, empty where they did not want to say; `reach` how they can be told back.

    `relation` is what they are to the client. Only the client's own team reads the two: they say who a private person
    is.
    """

    tip: str
    text: str
    relation: Source
    said_by: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class TipAnswered(Fact, kind="tip_answered"):
    """`told_back`: whoever gave the tip was told that it was taken care of. `noted_by` wrote it down."""

    tip: str
    ending: TipEnd
    note: str = ""
    told_back: bool = False
    noted_by: str = ""

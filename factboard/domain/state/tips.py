"""Tips that nobody has answered yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from factboard.domain import events as e


@dataclass(frozen=True, slots=True)
class Tip:
    """What somebody near the client told, in the fact `seq`; `by` wrote it down at `at` (UTC)."""

    id: str
    seq: int
    at: datetime
    by: str
    text: str
    relation: e.Source
    said_by: str = ""
    reach: str = ""


def with_tips(tips: tuple[Tip, ...], row: e.Recorded) -> tuple[Tip, ...]:
    """Those that are open after one more fact, in the order in which they came."""
    match row.fact:
        case e.TipNoted() as fact:
            new = Tip(fact.tip, row.seq, row.at, row.actor, fact.text, fact.relation, fact.said_by, fact.reach)
            return (*tips, new)
        case e.TipAnswered(tip=id):
            return tuple(one for one in tips if one.id != id)
    return tips

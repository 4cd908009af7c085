"""A tip: somebody near the client is worried and tells the team.

It puts nobody on the board by itself. It stands on the client's page and in the round of worries, and the case manager
is told, until somebody says what became of it; it may become a flag, which answers it.
"""

from __future__ import annotations

from typing import Any

from factboard.domain import events as e
from factboard.domain import placement
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Tip
from factboard.domain.text import LINE, NOTE, REASON, clean

FROM = (e.Source.RELATIVE, e.Source.OTHER, e.Source.WARD, e.Source.ON_CALL)  # the team's own worry is a flag
MOST = 20  # open ones of one client: more than anybody reads


def note(
    case: Case, *, text: str, relation: e.Source = e.Source.RELATIVE, said_by: str = "", reach: str = ""
) -> list[e.Entry]:
    """Write down what somebody told. Who they are need not be known."""
    client = case.enrolled()
    if relation not in FROM:
        raise Invalid("unknown_choice", "relation")
    what = clean(text, "text", limit=NOTE, required=True)
    who, how = clean(said_by, "said_by", limit=LINE), clean(reach, "reach", limit=60)
    if len(client.tips) >= MOST:
        raise Conflict("too_many_tips", limit=MOST)
    return [case.about(e.TipNoted(case.new_id(), what, relation, who, how))]


def answer(case: Case, *, tip: str, ending: e.TipEnd, note: str = "", told_back: bool = False) -> list[e.Entry]:
    """What became of it. That it became a flag is said by flagging (`put_on_board`)."""
    known = _open(case, tip)
    if ending is e.TipEnd.FLAGGED:
        raise Invalid("unknown_choice", "ending")
    why = clean(note, "note", limit=REASON, required=ending is e.TipEnd.NOTHING)
    return [case.about(e.TipAnswered(tip, ending, why, told_back, known.by))]


def put_on_board(case: Case, *, tip: str = "", **flag: Any) -> list[e.Entry]:
    """A flag as `placement.put_on_board` makes it; one that a tip led to answers the tip.

    A tip that somebody has answered meanwhile stops no flag.
    """
    flagged = placement.put_on_board(case, **flag)
    known = found(case, tip)
    if known is None:
        return flagged
    answered = e.TipAnswered(tip, e.TipEnd.FLAGGED, noted_by=known.by)
    first, *more = flagged
    return [first, e.Entry(answered, first.client, first.placement), *more]


def waiting(case: Case) -> list[e.Entry]:
    """Raises `Conflict` where no tip waits for an answer."""
    if not case.enrolled().tips:
        raise Conflict("tip_answered_already")
    return []


def found(case: Case, tip: str) -> Tip | None:
    return next((one for one in case.client.tips if one.id == tip), None) if case.client else None


def _open(case: Case, tip: str) -> Tip:
    case.enrolled()
    known = found(case, tip)
    if known is None:
        raise Conflict("tip_answered_already")
    return known

"""How a time on the board nears its end: announced, upheld, kept on, called off; and what it was told of on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from factboard.domain import events as e
from factboard.domain.state.shapes import Announced, Kept, Stay


def of_return(stay: Stay, row: e.Recorded) -> Stay:
    """The time on the board after one more fact of these; any other leaves it as it is."""
    match row.fact:
        case e.ReturnAnnounced() as new:
            announced = Announced(
                seq=row.seq,
                at=row.at,
                by=row.actor,
                meeting=new.meeting,
                mode=new.mode,
                planned=new.planned,
                informed=new.informed,
                view=new.view,
            )
            return replace(stay, announced=announced, kept=None)
        case e.AnnouncementWithdrawn():
            return replace(stay, announced=None, ready_in=None)  # made anew, it takes another meeting
        case e.ReturnHeld(until=until, reason=reason):
            kept = Kept(until, reason, row.actor, row.at)
            return replace(stay, kept=kept, holds=stay.holds + 1, ready_in=None)
        case (
            e.ReviewFellDue(due=due, step=step)
            | e.UnseenTooLong(due=due, step=step)
            | e.FlagUntaken(due=due, step=step)
        ):
            return replace(stay, told=told(stay.told, step, due))
    return replace(stay, announced=_announced(stay.announced, row)) if stay.announced else stay


def _announced(known: Announced, row: e.Recorded) -> Announced:
    match row.fact:
        case e.ReturnTold(informed=informed, view=view):
            return replace(known, informed=informed, view=view or known.view, told_by=row.actor, told_at=row.at)
        case e.ReturnUpheld(meeting=meeting, due=due):
            return replace(known, upheld=meeting, due=due, upheld_at=row.at)
        case e.ReturnPostponed():
            return replace(known, upheld=None, due=None, upheld_at=None)
    return known


def told(known: Mapping[e.Step, datetime], step: e.Step, due: datetime) -> dict[e.Step, datetime]:
    return {**known, step: due}

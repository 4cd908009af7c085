"""How a time on the board nears its end: announced, upheld, kept on, called off; and what it was told of on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from factboard.domain import events as e
from factboard.domain.state.shapes import Announced, Kept, Said, Stay


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
                objects=new.objects,
            )
            return replace(stay, announced=announced, kept=None, said=_said(stay.said, new, row))
        case e.AnnouncementWithdrawn():
            return replace(stay, announced=None, ready_in=None)  # made anew, it takes another meeting
        case e.ReturnHeld(until=until, reason=reason):
            kept = Kept(until, reason, row.actor, row.at)
            runs = stay.kept is not None and row.at.date() <= stay.kept.until  # prolonged or changed: no other time
            return replace(stay, kept=kept, holds=stay.holds + (not runs), ready_in=None)
        case (
            e.ReviewFellDue(due=due, step=step)
            | e.UnseenTooLong(due=due, step=step)
            | e.FlagUntaken(due=due, step=step)
        ):
            return replace(stay, told=told(stay.told, step, due))
    if isinstance(row.fact, e.ReturnTold):
        stay = replace(stay, said=_said(stay.said, row.fact, row))
    return replace(stay, announced=_announced(stay.announced, row)) if stay.announced else stay


def _said(known: Said | None, fact: e.ReturnAnnounced | e.ReturnTold, row: e.Recorded) -> Said | None:
    """New words, or an objection, take the place of the older; being told once more takes nothing away."""
    return Said(fact.view, fact.objects, row.actor, row.at) if fact.view or fact.objects else known


def _announced(known: Announced, row: e.Recorded) -> Announced:
    match row.fact:
        case e.ReturnTold(informed=informed, view=view, objects=objects):
            known = replace(known, informed=informed, told_by=row.actor, told_at=row.at)
            return replace(known, view=view, objects=objects) if view or objects else known
        case e.ReturnUpheld(meeting=meeting, due=due):
            return replace(known, upheld=meeting, due=due, upheld_at=row.at)
        case e.ReturnPostponed():
            return replace(known, upheld=None, due=None, upheld_at=None)
    return known


def told(known: Mapping[e.Step, datetime], step: e.Step, due: datetime) -> dict[e.Step, datetime]:
    return {**known, step: due}

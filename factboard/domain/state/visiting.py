"""Which visits a state keeps."""

from __future__ import annotations

from factboard.domain import events as e
from factboard.domain.state.written import Visit

KEPT = 60  # contacts and visits kept in a state; older ones stand in the history


def with_visit(visits: tuple[Visit, ...], row: e.Recorded) -> tuple[Visit, ...]:
    """The visits after one more fact of theirs."""
    match row.fact:
        case e.VisitPlanned() as plan:
            return kept((*visits, Visit(row.seq, plan.who, plan.day, plan.at, plan.note, plan.backup)), row)
        case e.VisitChanged() as now:
            moved = Visit(now.visit, now.who, now.day, now.at, now.note, now.backup, row.seq)
            return tuple(moved if visit.seq == now.visit else visit for visit in visits)
        case e.VisitCancelled(visit=seq):
            return tuple(visit for visit in visits if visit.seq != seq)
    return visits


def kept(visits: tuple[Visit, ...], row: e.Recorded) -> tuple[Visit, ...]:
    """What is still to come is never forgotten, however long ago it was planned; of what has passed, the newest."""
    past = sorted((one for one in visits if one.day < row.at.date()), key=lambda one: (one.day, one.seq))
    gone = {one.seq for one in past[: max(0, len(visits) - KEPT)]}
    return tuple(one for one in visits if one.seq not in gone)

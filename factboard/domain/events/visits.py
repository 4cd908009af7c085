"""Facts about who goes to whom. A visit is known by the number of the fact that planned it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from factboard.domain.events.anchoring import Anchored
from factboard.domain.events.fact import Fact


@dataclass(frozen=True, slots=True)
class VisitPlanned(Fact, kind="visit_planned"):
    """`day` and `at` are local to the team. `backup` goes where `who` cannot."""

    who: str
    day: date
    at: time | None = None
    note: str = ""
    backup: str | None = None
    anchored: Anchored | None = None


@dataclass(frozen=True, slots=True)
class VisitChanged(Fact, kind="visit_changed"):
    """The visit planned in fact `visit`: whole, as it stands now."""

    visit: int
    who: str
    day: date
    at: time | None = None
    note: str = ""
    backup: str | None = None
    anchored: Anchored | None = None


@dataclass(frozen=True, slots=True)
class VisitCancelled(Fact, kind="visit_cancelled"):
    """`who` and `day` are those of the visit that will not be, so that the fact can be read by itself."""

    visit: int
    who: str
    day: date
    reason: str = ""
    anchored: Anchored | None = None

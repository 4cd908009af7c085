"""What was read for one period of a team: all that its figures are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from factboard.domain.events import Settings
from factboard.domain.statistics.episodes import Admission, Contact, InCare, InTeam, Meeting, Stay
from factboard.domain.statistics.period import Period


@dataclass(frozen=True, slots=True)
class Words:
    """The team's ready reasons and warning signs: what else people wrote is nobody's to read in a table."""

    reasons: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What touches the period, and what its figures look at before and after it (`storage.statistics` says how far).

    `now` is UTC; `until` is when the period ended, or now. `categories` are codes in the team's order. `last_contacts`
    holds for each client in care at `until` when they were last met or spoken with before it.
    """

    settings: Settings
    categories: tuple[str, ...]
    period: Period
    now: datetime
    stays: tuple[Stay, ...] = ()
    admissions: tuple[Admission, ...] = ()
    in_care: tuple[InCare, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    in_team: tuple[InTeam, ...] = ()
    contacts: tuple[Contact, ...] = ()
    last_contacts: Mapping[str, datetime] = field(default_factory=dict)
    words: Words = Words()
    known_since: datetime | None = None  # when the team's history begins

    @property
    def begins(self) -> datetime:
        return self.period.begins(self.settings)

    @property
    def until(self) -> datetime:
        return min(self.period.ends(self.settings), self.now)

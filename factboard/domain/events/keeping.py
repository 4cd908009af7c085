"""Facts about how long what is known of a client is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from factboard.domain.events.fact import Fact


@dataclass(frozen=True, slots=True)
class Redacted(Fact, kind="redacted"):
    """What the facts `rows` of the row's client said was taken away: `facts` of them. The rows stand, with who, when
    and which kind. `years` is how long the team keeps it after the local day on which the enrolment `ended`.

    The database itself takes it away as this is written (`storage/triggers`).
    """

    rows: tuple[int, ...]
    facts: int
    ended: date
    years: int


@dataclass(frozen=True, slots=True)
class LegalHoldPlaced(Fact, kind="legal_hold_placed"):
    """Whatever the team's rule says, nothing of this client's is taken away: an inquiry or a claim needs it."""

    reason: str


@dataclass(frozen=True, slots=True)
class LegalHoldLifted(Fact, kind="legal_hold_lifted"):
    reason: str

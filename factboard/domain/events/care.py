"""Facts about where a client is and what the law says: admissions and legal measures, on the board or off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from factboard.domain.events.fact import Fact


@dataclass(frozen=True, slots=True)
class Admitted(Fact, kind="admitted"):
    """In hospital, or detained. `on` and `expected` (the discharge) are local days."""

    ward: str
    on: date
    expected: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdmissionChanged(Fact, kind="admission_changed"):
    """Moved to another ward, or another day is expected for the discharge: still the same admission."""

    ward: str
    expected: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Discharged(Fact, kind="discharged"):
    on: date
    ward: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LegalMeasureStarted(Fact, kind="legal_measure_started"):
    """Compulsory care or another measure by law, in the team's words; without `ends`, until further notice."""

    measure: str
    name: str
    on: date
    ends: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LegalMeasureProlonged(Fact, kind="legal_measure_prolonged"):
    measure: str
    name: str
    ends: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LegalMeasureEnded(Fact, kind="legal_measure_ended"):
    measure: str
    name: str
    on: date
    note: str = ""

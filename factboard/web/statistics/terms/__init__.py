"""The words of the statistics, each marked for the catalogue and translated where it is read."""

from collections.abc import Mapping

from factboard.domain.statistics import Key
from factboard.web.statistics.terms.care import CARE
from factboard.web.statistics.terms.dacts import DACTS
from factboard.web.statistics.terms.stays import STAYS
from factboard.web.statistics.terms.tables import (
    ENDINGS,
    GROUPS,
    HEADS,
    KINDS,
    RULES,
    SHEET,
    SOURCES,
    TIMES,
    UNITS,
    WHY,
)
from factboard.web.statistics.terms.told import Told

__all__ = [
    "ENDINGS",
    "FIGURES",
    "GROUPS",
    "HEADS",
    "KINDS",
    "RULES",
    "SHEET",
    "SOURCES",
    "TIMES",
    "UNITS",
    "WHY",
    "Told",
]

FIGURES: Mapping[Key, Told] = {**STAYS, **CARE, **DACTS}

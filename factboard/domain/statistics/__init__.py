"""What a team's time on the board, contacts and meetings come to over a period: figures of the team, never of a person.

`episodes` are what the history adds up to for this (kept in read tables, made by `course`); `material` is what was
read of them for a period; each figure is a pure function of it (`flow`, `stays`, `speed`, `contacts`, `meetings`,
`hospital`, `fidelity`), found by `figures`. `definitions` says of each figure where it belongs, its rules and its
sources; `masking` hides small numbers where a figure leaves the team.

Everything is exact (`Fraction`): rounding is for whoever shows it. Days are local midnights passed, so that daylight
saving adds nothing and takes nothing away.
"""

from factboard.domain.statistics.definitions import BANDS, DEFINITIONS, NOT_COMPUTED, SOURCES, Bands, Definition, Source
from factboard.domain.statistics.figures import figures
from factboard.domain.statistics.keys import Group, Head, Key, Kind, Rule, Unit
from factboard.domain.statistics.masking import SMALL, masked
from factboard.domain.statistics.material import Material, Words
from factboard.domain.statistics.period import Period
from factboard.domain.statistics.shapes import Behind, Distribution, Figure, Line, Number, Table

__all__ = [
    "BANDS",
    "DEFINITIONS",
    "NOT_COMPUTED",
    "SMALL",
    "SOURCES",
    "Bands",
    "Behind",
    "Definition",
    "Distribution",
    "Figure",
    "Group",
    "Head",
    "Key",
    "Kind",
    "Line",
    "Material",
    "Number",
    "Period",
    "Rule",
    "Source",
    "Table",
    "Unit",
    "Words",
    "figures",
    "masked",
]

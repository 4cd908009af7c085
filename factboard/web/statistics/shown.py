"""A figure as a page shows it: its value and the one before, what it says, how and by what it is counted."""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain.statistics import BANDS, DEFINITIONS, SOURCES, Group, Key, Table
from factboard.web.statistics import terms
from factboard.web.statistics.drawing import Drawing, Drawn, Grid
from factboard.web.statistics.reckoned import Reckoned
from factboard.web.statistics.saying import Numbers, hides


@dataclass(frozen=True, slots=True)
class Shown:
    """`one` is empty for a figure that is a table. `bands` are what the scale asks for each of its five points."""

    key: Key
    name: str
    says: str
    formula: str
    rules: tuple[str, ...]
    sources: tuple[tuple[str, str, str], ...]  # what it says, title, address
    one: bool
    now: str
    now_beside: tuple[str, ...]
    before: str
    before_beside: tuple[str, ...]
    score: int | None
    score_before: int | None
    bands: tuple[str, ...]
    many: int  # episodes or clients behind it
    hides: bool  # small numbers, now or before
    charts: tuple[Drawn, ...] = ()
    grid: Grid | None = None


def shown(numbers: Numbers, reckoned: Reckoned, key: Key) -> Shown:
    """With its charts drawn."""
    figure, before, definition = reckoned.now[key], reckoned.before[key], DEFINITIONS[key]
    told, drawing = terms.FIGURES[key], Drawing(numbers, figure, before, reckoned.period)
    sources = (
        (numbers.gettext(terms.SOURCES[one]), SOURCES[one].title, SOURCES[one].address) for one in definition.sources
    )
    return Shown(
        key,
        numbers.gettext(told.name),
        numbers.gettext(told.says),
        numbers.gettext(told.formula),
        tuple(numbers.gettext(terms.RULES[rule]) for rule in definition.rules),
        tuple(sources),
        one=not isinstance(figure.value, Table),
        now=numbers.short(figure),
        now_beside=tuple(numbers.beside(figure)),
        before=numbers.short(before),
        before_beside=tuple(numbers.beside(before)),
        score=figure.score,
        score_before=before.score,
        bands=bands(numbers, key),
        many=len(figure.behind),
        hides=hides(figure) or hides(before),
        charts=tuple(drawing.charts()),
        grid=drawing.grid(),
    )


def groups(numbers: Numbers, reckoned: Reckoned) -> list[tuple[Group, str, list[Shown]]]:
    """All figures, group by group."""
    found = [shown(numbers, reckoned, key) for key in reckoned.now]
    return [
        (group, numbers.gettext(terms.GROUPS[group]), there)
        for group in Group
        if (there := [one for one in found if DEFINITIONS[one.key].group is group])
    ]


def bands(numbers: Numbers, key: Key) -> tuple[str, ...]:
    """What one point, two, ... five points ask for: "below 10 %", "from 10 %", ...; nothing where there is no scale."""
    if key not in BANDS:
        return ()
    unit, edges = DEFINITIONS[key].unit, BANDS[key].edges
    below = [numbers.gettext("below %(value)s", value=numbers.value(edge, unit)) for edge in edges]
    above = [numbers.gettext("%(value)s or more", value=numbers.value(edge, unit)) for edge in edges]
    return (above[0], *below) if BANDS[key].falling else (below[0], *above)

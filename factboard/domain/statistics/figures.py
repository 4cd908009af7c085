"""Every figure of a team and period, in the order of the definitions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from factboard.domain.statistics.keys import Key
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Figure

FIGURES: Mapping[Key, Callable[[Material], Figure]] = {}


def figures(material: Material) -> dict[Key, Figure]:
    """All of them; what there is nothing to count from has the value None."""
    return {key: make(material) for key, make in FIGURES.items()}

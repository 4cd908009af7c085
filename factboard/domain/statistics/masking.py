"""Small numbers hidden, where a figure leaves the team: who is one of three could be somebody.

The limit of five is the habit of Swedish health statistics (from memory, unverified).
"""

from __future__ import annotations

from dataclasses import replace

from factboard.domain.statistics.shapes import Figure

SMALL = 5


def masked(figure: Figure) -> Figure:
    """The figure as it may leave the team, without the people behind it."""
    return replace(figure, behind=())

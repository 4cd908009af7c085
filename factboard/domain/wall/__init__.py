"""What a wall screen shows at a moment: data, not words. Pure, like the rules; the web makes a picture of it."""

from factboard.domain.wall.hours import Mode, mode, opens, theme
from factboard.domain.wall.room import MOST, TURN, Fit, Page, fit, page, shares
from factboard.domain.wall.side import Going, Listed, Measure, Side, Undone
from factboard.domain.wall.tiles import Mark, Tile
from factboard.domain.wall.whole import WORRIES, Focus, Progress, Wall, blank, knows, wall

__all__ = [
    "MOST",
    "TURN",
    "WORRIES",
    "Fit",
    "Focus",
    "Going",
    "Listed",
    "Mark",
    "Measure",
    "Mode",
    "Page",
    "Progress",
    "Side",
    "Tile",
    "Undone",
    "Wall",
    "blank",
    "fit",
    "knows",
    "mode",
    "opens",
    "page",
    "shares",
    "theme",
    "wall",
]

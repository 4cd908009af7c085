"""The history: append to a team's chain, read it, find in it."""

from factboard.storage.history.asking import Filter
from factboard.storage.history.finding import Page, find, look, onward, select
from factboard.storage.history.reading import (
    about,
    after,
    between,
    newest,
    of_kind,
    row,
    rows,
    some,
    story,
    teams,
    undoing,
    whose,
)
from factboard.storage.history.writing import SYSTEM, End, append, begin, end, head, heads, hold, mark_columns

__all__ = [
    "SYSTEM",
    "End",
    "Filter",
    "Page",
    "about",
    "after",
    "append",
    "begin",
    "between",
    "end",
    "find",
    "head",
    "heads",
    "hold",
    "look",
    "mark_columns",
    "newest",
    "of_kind",
    "onward",
    "row",
    "rows",
    "select",
    "some",
    "story",
    "teams",
    "undoing",
    "whose",
]

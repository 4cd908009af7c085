"""The history: append to a team's chain, read it, find in it."""

from factboard.storage.history.finding import Filter, find, onward, select
from factboard.storage.history.reading import (
    about,
    after,
    between,
    newest,
    of_kind,
    row,
    rows,
    story,
    teams,
    undoing,
    whose,
)
from factboard.storage.history.writing import SYSTEM, End, append, begin, end, head, heads, hold

__all__ = [
    "SYSTEM",
    "End",
    "Filter",
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
    "newest",
    "of_kind",
    "onward",
    "row",
    "rows",
    "select",
    "story",
    "teams",
    "undoing",
    "whose",
]

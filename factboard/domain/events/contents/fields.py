"""The fields of a document: their types say what stands in them, these helpers how much and how it is asked for.

`personal` are the fields that say who somebody is: an outside auditor does not see them, nobody finds a fact by them.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

LINE = 200  # characters of what fits a line
TEXT = 2_000  # of what people tell in their own words


def text(limit: int = TEXT) -> Any:
    """Several lines of free text (`str`)."""
    return field(default="", metadata={"asks": "text", "limit": limit})


def line(limit: int = LINE, *, personal: bool = False) -> Any:
    """One line of free text (`str`)."""
    return field(default="", metadata={"asks": "line", "limit": limit, "personal": personal})


def lines(limit: int = LINE, *, personal: bool = False) -> Any:
    """One thing a line (`tuple[str, ...]`)."""
    return field(default=(), metadata={"asks": "lines", "limit": limit, "personal": personal})


def rows() -> Any:
    """Several of a kind, each a dataclass with an `id` of its own that stays the same (`tuple[Row, ...]`)."""
    return field(default=(), metadata={"asks": "rows"})


def day() -> Any:
    """A local day, or none (`date | None`)."""
    return field(default=None, metadata={"asks": "day"})


def time_of_day() -> Any:
    """A local time, or none (`time | None`)."""
    return field(default=None, metadata={"asks": "time"})


def number(low: int = 0, high: int = 366) -> Any:
    """A whole number, or none (`int | None`)."""
    return field(default=None, metadata={"asks": "number", "low": low, "high": high})


def colleague() -> Any:
    """The id of a member of the team, or empty (`str`)."""
    return field(default="", metadata={"asks": "colleague"})


def choice(*, begun: bool = False) -> Any:
    """One of a StrEnum (`Some | None`). `begun`: a new form begins with it chosen, so it says nothing by itself."""
    return field(default=None, metadata={"asks": "choice", "begun": begun})


def choices() -> Any:
    """Several of a StrEnum (`tuple[Some, ...]`)."""
    return field(default=(), metadata={"asks": "choices"})


def tick() -> Any:
    """Yes, or not (`bool`)."""
    return field(default=False, metadata={"asks": "tick"})


def known() -> Any:
    """What is not asked for but stays with its row: an id (`str`)."""
    return field(default="", metadata={"asks": "id"})

"""A document as it is kept: texts cleaned, empty rows left out, each row with an id that stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from factboard.domain.documents.shape import Asked, asked, says_nothing
from factboard.domain.refusal import Invalid
from factboard.domain.text import clean

T = TypeVar("T")
MOST_ROWS = 100  # of one table in a document
MOST_LINES = 50  # of one list


def cleaned(content: T, new_id: Callable[[], str], at: str = "") -> T:
    """The content as it is kept. Raises `Invalid` beside the field: `note`, or `goals-0-goal` for one of a row."""
    kept: dict[str, Any] = {}
    for one in asked(type(content)):
        kept[one.name] = _cleaned(getattr(content, one.name), one, f"{at}{one.name}", new_id)
    return replace(content, **kept)  # type: ignore[type-var]


def _cleaned(value: Any, one: Asked, path: str, new_id: Callable[[], str]) -> Any:
    match one.asks:
        case "text" | "line":
            return clean(value, path, limit=one.limit)
        case "lines":
            found = [clean(line, path, limit=one.limit) for line in value]
            if len(found) > MOST_LINES:
                raise Invalid("too_many", path, limit=MOST_LINES)
            return tuple(filter(None, found))
        case "number":
            if value is not None and not one.low <= value <= one.high:
                raise Invalid("number_out_of_range", path, low=one.low, high=one.high)
        case "rows":
            if len(value) > MOST_ROWS:
                raise Invalid("too_many", path, limit=MOST_ROWS)
            rows = [cleaned(row, new_id, f"{path}-{index}-") for index, row in enumerate(value)]
            return tuple(row if row.id else replace(row, id=new_id()) for row in rows if not says_nothing(row))
    return value

"""Documents with something in every field: to be looked at, printed, told."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from factboard.domain.documents import Asked, asked
from factboard.domain.events.contents import CONTENTS, MANY, Content, Kind, Together
from factboard.domain.events.contents.words import Told
from factboard.domain.versions import Ref

WORDS = "Ett exempel med å, ä och ö"
BY_NAME: dict[str, Any] = {  # where a day of every day makes no sense
    "last": None,
    "ended_on": None,
    "next": date(2026, 12, 18),
    "consent_until": date(2027, 5, 1),
    "told": Told.PLAN,
}


def filled(kind: Kind) -> Content:
    """A document of this kind in which every field says something."""
    found: Content = _filled(CONTENTS[kind])
    return found


def _filled(shape: Any, id: str = "") -> Any:
    return shape(**{one.name: id if one.asks == "id" else _value(one) for one in asked(shape)})


def _value(one: Asked) -> Any:
    if one.name in BY_NAME:
        return BY_NAME[one.name]
    values: dict[str, Any] = {
        "text": f"{WORDS}\noch en rad till",
        "line": WORDS,
        "lines": (WORDS, "Något annat"),
        "day": date(2026, 11, 20),
        "time": time(10, 15),
        "number": 7,
        "colleague": "anna",
        "tick": True,
    }
    if one.row is not None:
        return (_filled(one.row, "r1"), _filled(one.row, "r2"))
    if one.of is not None:
        first = next(iter(one.of))
        return (first,) if one.asks == "choices" else first
    return values[one.asks]


def written(kind: Kind) -> dict[str, Any]:
    """What `recorder.change(..., documents.write, ...)` is given for it."""
    ref = str(Ref(kind, "a1" if kind in MANY else ""))
    return {"ref": ref, "of_document": ref, "content": filled(kind), "together": Together.TOGETHER, "based_on": 0}

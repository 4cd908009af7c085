"""A document's form as it came, and the document it means; and the other way.

The fields of a form are its names and values in their order, as they were typed: that is also what a draft keeps. A
field in a row is named by its table, the row's place and itself: `goals-0-goal`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from factboard.domain.documents import Asked, asked, is_mute
from factboard.domain.events.contents import Content
from factboard.storage.drafts import Fields
from factboard.web.forms import IS_REQUEST_ID, LAST_SEQ, MOST_BYTES

MOST = 3_000  # fields in a form; a plan with a hundred rows of each kind is no plan
ASIDE = frozenset(
    {"request_id", "based_on", "restored", "draft", "page", "turn", "more", "reason", "anchored", "mandate"}
)  # no part of what is written

_ROW = re.compile(r"(\w+)-(\d{1,4})-\w+")


@dataclass(slots=True)
class Sent:
    """What was typed in a document's form. `aside` is what the form carries beside it."""

    fields: Fields
    aside: dict[str, str] = field(default_factory=dict)
    errors: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """A version's number that came beside it; 0 for none."""
        text = self.aside.get(name, "")
        return min(int(text[:10]), LAST_SEQ) if text.isascii() and text.isdigit() else 0


async def sent(request: Request) -> Sent:
    async with request.form(max_files=1, max_fields=MOST, max_part_size=MOST_BYTES) as data:
        pairs = [(name, value) for name, value in data.multi_items() if not isinstance(value, UploadFile)]
    pairs = [one for one in pairs if one[0] != "request_id" or IS_REQUEST_ID.fullmatch(one[1])]
    request.state.request_id = dict(pairs).get("request_id")
    fields = [(name, value.replace("\r\n", "\n")) for name, value in pairs if name not in ASIDE]
    return Sent(fields, {name: value for name, value in pairs if name in ASIDE})


def rows_in(fields: Fields, table: str) -> list[str]:
    """The places of a table's rows, in the order in which they stand in the form; those taken away left out."""
    found = dict.fromkeys(
        place[2] for name, _ in fields if (place := _ROW.fullmatch(name)) is not None and place[1] == table
    )
    gone = {name for name, value in fields if value and name.endswith("-gone")}
    return [row for row in found if f"{table}-{row}-gone" not in gone]


def tidied(shape: type[Content], sent: Sent) -> Sent:
    """The form without rows that say nothing, and the others numbered from 0: so that what is wrong with a row is told
    beside that row.
    """
    fields = sent.fields
    for table in (one for one in asked(shape) if one.row is not None):
        mute = {one.name for one in asked(table.row) if is_mute(one)}
        said = [row for row in rows_in(fields, table.name) if _says(fields, f"{table.name}-{row}-", mute)]
        places = {f"{table.name}-{row}-": f"{table.name}-{place}-" for place, row in enumerate(said)}
        fields = [renamed for name, value in fields if (renamed := _renamed(name, value, table.name, places))]
    return Sent(fields, sent.aside, sent.errors)


def _says(fields: Fields, row: str, mute: set[str]) -> bool:
    return any(value.strip() for name, value in fields if name.startswith(row) and name[len(row) :] not in mute)


def _renamed(name: str, value: str, table: str, places: Mapping[str, str]) -> tuple[str, str] | None:
    """None for a field of a row that is not kept."""
    place = _ROW.fullmatch(name)
    if place is None or place[1] != table:
        return name, value
    row = name[: place.end(2) + 1]
    return (places[row] + name[len(row) :], value) if row in places else None


def read_content(shape: type[Content], sent: Sent) -> Content:
    """The document that was typed. What cannot be read is empty, and stands in `sent.errors` beside its field."""
    values: dict[str, list[str]] = {}
    for name, value in sent.fields:
        values.setdefault(name, []).append(value)
    found: Content = _read(shape, values, sent, "")
    return found


def _read(shape: type[Any], values: Mapping[str, list[str]], sent: Sent, at: str) -> Any:
    kept: dict[str, Any] = {}
    for one in asked(shape):
        path = f"{at}{one.name}"
        if one.asks == "rows":
            rows = rows_in(sent.fields, one.name)
            kept[one.name] = tuple(_read(one.row or object, values, sent, f"{one.name}-{row}-") for row in rows)
        else:
            kept[one.name] = _value(one, values.get(path, []), path, sent)
    return shape(**kept)


def _value(one: Asked, typed: list[str], path: str, sent: Sent) -> Any:
    last = typed[-1] if typed else ""
    match one.asks:
        case "lines":
            return tuple(line for line in last.split("\n") if line.strip())
        case "tick":
            return bool(last)
        case "choices":
            offered = {known.value: known for known in one.of or ()}
            return tuple(offered[value] for value in dict.fromkeys(typed) if value in offered)
        case "id":
            return last if last.isalnum() and len(last) <= 32 else ""
        case "text" | "line" | "colleague":
            return last
    if not last.strip():
        return None
    try:
        return _parsed(one, last.strip())
    except ValueError:
        wrong = {"day": "not_a_date", "time": "not_a_time", "number": "not_a_number"}
        sent.errors[path] = (wrong.get(one.asks, "unknown_choice"), {})
        return None


def _parsed(one: Asked, text: str) -> Any:
    match one.asks:
        case "day":
            return date.fromisoformat(text)
        case "time":
            return time.fromisoformat(text).replace(tzinfo=None)
        case "number":
            if len(text) > 9:
                raise ValueError
            return int(text)
    if one.of is None:
        raise ValueError
    return one.of(text)


def as_fields(thing: Any, at: str = "") -> Fields:
    """A document as its form would send it."""
    found: Fields = []
    for one in asked(type(thing)):
        value, path = getattr(thing, one.name), f"{at}{one.name}"
        if one.asks == "rows":
            for place, row in enumerate(value):
                found += as_fields(row, f"{path}-{place}-")
        elif one.asks == "choices":
            found += [(path, chosen.value) for chosen in value]
        else:
            found.append((path, _text(value)))
    return found


def _text(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case tuple():
            return "\n".join(value)
        case time():
            return value.isoformat("minutes")
    return str(value)


def same(one: Fields, other: Iterable[tuple[str, str]]) -> bool:
    """Do two forms say the same? Empty fields say nothing, nor do the ids and empty rows that a form has by itself."""

    def said(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return sorted((name, value.strip()) for name, value in fields if value.strip() and not name.endswith("-id"))

    return said(one) == said(other)

"""A document's form, made from its dataclass: what stands in each field, what it is called, what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from factboard.domain.documents import Asked, asked
from factboard.storage.drafts import Fields
from factboard.web.documents.labels import ONE_ROW, REQUIRED, label_of
from factboard.web.documents.reading import rows_in
from factboard.web.language import catalogue
from factboard.web.words import Words, initial

BLANK = "__n__"  # the place of a row that the page's script adds


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `place` is where it stands in the form."""

    place: str
    parts: Sequence[Part]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A field of the form; a table has `rows`, the last ones empty, and a `blank` one for the page's script."""

    path: str
    asks: str
    label: str
    hint: str = ""
    value: str = ""
    values: Sequence[str] = ()
    options: Sequence[tuple[str, str]] = ()
    rows: Sequence[Row] = ()
    blank: Row | None = None
    one: str = ""
    add: str = ""
    long: bool = field(default=False)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """In one language and one team's words; `people` are the colleagues to choose from."""

    words: Words
    people: Sequence[tuple[str, str]]
    fields: Fields
    more: str = ""  # the table to which a row is added

    def parts(self, shape: Any, at: str = "") -> list[Part]:
        """The fields of a document or of one row, in their order; ids are carried, not asked for."""
        return [self._part(shape, one, at) for one in asked(shape) if one.asks != "id"]

    def _part(self, shape: Any, one: Asked, at: str) -> Part:
        label, hint = (self._read(text) if text else "" for text in label_of(shape, one.name))
        path = f"{at}{one.name}"
        if one.row is not None:
            places = rows_in(self.fields, one.name)
            empty = 1 if not places or self.more == one.name else 0
            last = max([int(place) for place in places], default=-1)
            places += [str(last + 1 + number) for number in range(empty)]
            rows = [self._row(one.row, f"{path}-{place}-", place) for place in places]
            called, add = (self._read(text) for text in ONE_ROW.get(one.row, ("Row", "Add a row")))
            blank = self._row(one.row, f"{path}-{BLANK}-", BLANK)
            return Part(path, one.asks, label, hint, rows=rows, blank=blank, one=called, add=add)
        values = [value for name, value in self.fields if name == path]
        options: Sequence[tuple[str, str]] = self.people if one.asks == "colleague" else ()
        if one.of is not None:
            options = [(known.value, initial(self.words.term(known))) for known in one.of]
        value, required = values[-1] if values else "", one.name in REQUIRED.get(shape, ())
        long = one.limit > 500
        return Part(path, one.asks, label, hint, value, values, options, long=long, required=required)

    def _row(self, shape: Any, at: str, place: str) -> Row:
        id = next((value for name, value in self.fields if name == f"{at}id"), "")
        return Row(place, self.parts(shape, at), id)

    def _read(self, text: str) -> str:
        return catalogue(self.words.language).gettext(text) % self.words.of_the_team()

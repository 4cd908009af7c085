"""A document, and what is otherwise between two of its versions, as its reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from factboard.domain.documents import Asked, Difference, asked, says_nothing
from factboard.domain.events.contents import CONTENTS, Content
from factboard.domain.state import Team
from factboard.web.documents.labels import ONE_ROW, label_of
from factboard.web.language import catalogue
from factboard.web.times import Times
from factboard.web.words import Words, initial

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
ALIKE = 0.5  # of the words: what has less in common is read more easily side by side
LONGEST = 4_000  # pieces of a text that are still compared one by one


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of a document: one text, or several `lines`, or a table's `rows`, each with its own fields."""

    name: str
    label: str
    text: str = ""
    lines: Sequence[str] = ()
    rows: Sequence[Sequence[Shown]] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text: as it was ("same"), "added", or "gone"."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that is otherwise: where it stands, and its text in pieces."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents in one language, one team's words and zone."""

    words: Words
    team: Team

    def document(self, content: Any) -> list[Shown]:
        """What is written in it; what is empty is left out."""
        shape = type(content)
        found = [self._shown(shape, one, getattr(content, one.name)) for one in asked(shape) if one.asks != "id"]
        return [one for one in found if one.text or one.lines or one.rows]

    def _shown(self, shape: Any, one: Asked, value: Any) -> Shown:
        label = self._label(shape, one.name)
        if one.asks == "rows":
            return Shown(one.name, label, rows=[self.document(row) for row in value])
        if one.asks == "lines":
            return Shown(one.name, label, lines=value)
        return Shown(one.name, label, self.said(value, one))

    def differences(self, found: Iterable[Difference], content: Content) -> list[Changed]:
        """What is otherwise, in words; `content` is one of the two, by which rows are named."""
        return [self._changed(one, content) for one in found]

    def _changed(self, one: Difference, content: Content) -> Changed:
        shape: Any = CONTENTS[content.document]
        label, known = self._label(shape, one.path[0]), next(a for a in asked(shape) if a.name == one.path[0])
        if known.row is None:
            return Changed(label, pieces(self.said(one.before, known), self.said(one.after, known)))
        rows = getattr(content, known.name)
        row = one.before or one.after if len(one.path) == 2 else next((r for r in rows if r.id == one.path[1]), None)
        called = self._read(ONE_ROW.get(known.row, ("Row", ""))[0])
        label = f"{label}: {self.called(row) or called}"
        if len(one.path) == 2:
            return Changed(label, pieces(self.whole(one.before), self.whole(one.after)))
        inner = next(a for a in asked(known.row) if a.name == one.path[2])
        told = pieces(self.said(one.before, inner), self.said(one.after, inner))
        return Changed(f"{label}, {self._label(known.row, inner.name)}", told)

    def called(self, row: Any) -> str:
        """What a row is known by: the first that is written in it, cut to a line."""
        if row is None or says_nothing(row):
            return ""
        first = next(
            text for one in asked(type(row)) if one.asks != "id" and (text := self.said(getattr(row, one.name), one))
        )
        return first if len(first) <= 60 else f"{first[:57].rstrip()} ..."

    def whole(self, row: Any) -> str:
        """All of a row in one text."""
        shown = self.document(row) if row is not None else []
        return "\n".join(f"{one.label}: {one.text or '; '.join(one.lines)}" for one in shown)

    def said(self, value: Any, one: Asked) -> str:
        """One field's value as a text."""
        times = Times(self.words.language, self.team.settings.time_zone)
        match value:
            case None | "" | False | ():
                return ""
            case True:
                return self._read("yes")
            case StrEnum():
                return initial(self.words.term(value))
            case date():
                return times.full_day(value)
            case time():
                return times.clock(value)
            case tuple() if one.asks == "choices":
                return ", ".join(self.words.term(chosen) for chosen in value)
            case tuple():
                return "\n".join(value)
            case str() if one.asks == "colleague":
                return self.words.person(self.team, value)
        return str(value)

    def _label(self, shape: Any, name: str) -> str:
        return self._read(label_of(shape, name)[0])

    def _read(self, text: str) -> str:
        return catalogue(self.words.language).gettext(text) % self.words.of_the_team()


def pieces(before: str, after: str) -> list[Piece]:
    """One text into another, word by word, or whole where few words are the same; together they are the two texts, to
    the letter.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    was, now = ([piece for piece in side if piece.strip()] for side in (old, new))
    if len(old) + len(new) > LONGEST or SequenceMatcher(None, was, now, autojunk=False).ratio() < ALIKE:
        return [piece for piece in (Piece("gone", before), Piece("added", after)) if piece.text]
    found: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        found += [
            piece for piece in (Piece("gone", "".join(old[a:b])), Piece("added", "".join(new[c:d]))) if piece.text
        ]
    return found

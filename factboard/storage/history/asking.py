"""What is asked of a history, and how that is asked of any of its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select

from factboard.domain.finding import Marked, words
from factboard.domain.people import SYSTEM
from factboard.storage.codec import instant_to_text
from factboard.storage.tables import history, mark, said


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of a team's facts; what is left empty asks for nothing.

    `since` and `until` (UTC, half-open) are when a fact was written; `actor` who wrote it; `automatic` whether nobody
    clicked. `but`: none about these clients. `category`: about a client on the board in it at that time. `words`: as
    people type them, the last one perhaps not to its end; of what people wrote (`domain.finding.said`), and of nothing
    else. `clients`: whatever stands under any of these ids.
    """

    since: datetime | None = None
    until: datetime | None = None
    clients: tuple[str, ...] = ()
    actor: str | None = None
    kinds: tuple[str, ...] = ()
    category: str | None = None
    automatic: bool | None = None
    meeting: str | None = None
    words: str = ""
    but: frozenset[str] = frozenset()


def asked(team: str, filter: Filter) -> Select[Any]:
    """All that is asked, of whatever facts are looked through."""
    c = history.c
    at, client, actor, kind = (_looked_at(one) for one in (c.at, c.client, c.actor, c.kind))
    found = select(history).where(c.team == team)
    if filter.since:
        found = found.where(at >= instant_to_text(filter.since))
    if filter.until:
        found = found.where(at < instant_to_text(filter.until))
    if filter.clients:
        found = found.where(client.in_(filter.clients))
    if filter.but:
        found = found.where(or_(c.client.is_(None), client.not_in(sorted(filter.but))))
    if filter.actor:
        found = found.where(actor == filter.actor)
    if filter.automatic is not None:
        found = found.where(actor == SYSTEM if filter.automatic else actor != SYSTEM)
    if filter.kinds:
        found = found.where(kind.in_(filter.kinds))
    if filter.category:
        found = found.where(_marked(Marked.CATEGORY, filter.category))
    if filter.meeting:
        found = found.where(_marked(Marked.MEETING, filter.meeting))
    for says in _says(words(filter.words)):
        found = found.where(says)
    return found


def _looked_at(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column's value, in words by which no engine takes its index: which facts are looked at, the lead has said."""
    return column.concat("")


def _marked(name: Marked, value: str) -> ColumnElement[bool]:
    m = mark.c
    return exists().where(m.team == history.c.team, m.name == name, m.value == value, m.seq == history.c.seq)


def _says(asked: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """The words of `said` stand between blanks; the last one asked for is perhaps not written to its end."""
    text = literal(" ").concat(said.c.text).concat(" ")
    here = (said.c.team == history.c.team, said.c.seq == history.c.seq)
    for place, word in enumerate(asked, start=1):
        yield exists().where(*here, text.contains(f" {word}" if place == len(asked) else f" {word} "))

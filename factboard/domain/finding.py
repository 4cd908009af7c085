"""What a fact can be found by beside its own columns: its marks, the words that people wrote in it, its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum

from factboard.domain import events as e
from factboard.domain.documents import asked
from factboard.domain.people import SYSTEM
from factboard.domain.state import Client, Team
from factboard.domain.text import folded

LONGEST = 64  # characters of a word; what goes on after them is not told apart

# The fields in which people write what they want. Who a client is stands in none of them: clients are asked for as
# such, and a masked reader must not find a code by a name.
WRITTEN = frozenset(
    {
        "agreed_to", "employer", "file", "helps", "name", "needed", "note", "notes", "out_of_hours", "phrases",
        "planned_for", "profession", "reason", "text", "to_do", "to_know", "view", "ward", "warning_signs", "warnings",
    }
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+")


class Marked(StrEnum):
    """What a mark says of a fact."""

    CATEGORY = "category"  # about somebody on the board, in this category before it or after
    MEETING = "meeting"  # of this meeting, or written by somebody about a client while it was open
    DAY = "day"  # the first fact of a run of facts of this day (UTC): where to look for a period


@dataclass(frozen=True, slots=True)
class Mark:
    name: Marked
    value: str
    seq: int


def marks(row: e.Recorded, team: Team | None, before: Client | None, after: Client | None) -> tuple[Mark, ...]:
    """What the fact is marked with; `before` and `after` are the client's states around it, `team` as it was before."""
    stays = [one.stay for one in (before, after) if one and one.stay]
    categories = sorted({stay.category for stay in stays}) if row.client else []
    meeting = getattr(row.fact, "meeting", None)
    if meeting is None and team and row.client and row.actor != SYSTEM:
        meeting = team.meeting
    found = [Mark(Marked.CATEGORY, category, row.seq) for category in categories]
    return (*found, Mark(Marked.MEETING, meeting, row.seq)) if meeting else tuple(found)


def days(ats: Sequence[tuple[int, datetime]], last: datetime | None) -> list[Mark]:
    """A mark for each of these facts (number, instant) that is not of the same day as the fact before it; `last` is
    the instant of the one before them all.

    A clock that went back begins another run of an earlier day: so a period is found whole, whatever the clock did.
    """
    found = []
    for seq, at in ats:
        if last is None or day_of(at) != day_of(last):
            found.append(Mark(Marked.DAY, day_of(at), seq))
        last = at
    return found


def day_of(at: datetime) -> str:
    """The UTC day of an instant, as marks write it."""
    return at.date().isoformat()


def words(text: str) -> list[str]:
    """The words of a text as they are compared: without case, accents and signs."""
    return [word[:LONGEST] for word in _WORD.findall(folded(text))]


def said(fact: e.Fact) -> str:
    """The words that people wrote in this fact, each once and one blank between them; empty where they wrote none."""
    return " ".join(dict.fromkeys(word for text in _written(fact) for word in words(text)))


def _written(thing: object) -> Iterator[str]:
    if isinstance(thing, e.DocumentWritten):
        yield from _in_document(thing.content)
        return
    for known in fields(thing):  # type: ignore[arg-type]
        value = getattr(thing, known.name)
        if is_dataclass(value):
            yield from _written(value)
        elif known.name in WRITTEN:
            yield from (value,) if isinstance(value, str) else value


def _in_document(content: object) -> Iterator[str]:
    """All that was written in it in people's own words; who somebody is stands in the fields left out."""
    for one in asked(type(content)):
        value = getattr(content, one.name)
        if one.asks == "rows":
            for row in value:
                yield from _in_document(row)
        elif one.asks in ("text", "line", "lines") and not one.personal:
            yield from (value,) if isinstance(value, str) else value

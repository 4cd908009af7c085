"""Facts and states as JSON text, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from factboard.domain.chain import Row
from factboard.domain.events import KINDS, Fact, Recorded, UnknownFact, upcast
from factboard.domain.state import Client, Meeting, Team
from factboard.domain.statistics.episodes import SHAPES

CLIENT = TypeAdapter(Client)
TEAM = TypeAdapter(Team)
MEETING = TypeAdapter(Meeting)
EPISODES: dict[str, TypeAdapter[Any]] = {kind.value: TypeAdapter(shape) for kind, shape in SHAPES.items()}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])


def fact_to_text(fact: Fact) -> str:
    return _adapter(fact.kind).dump_json(fact).decode()


def fact_from_text(kind: str, version: int, payload: str) -> Fact:
    """The fact in today's shape. Raises `UnknownFact` for a kind or a version from a newer release."""
    shape = KINDS.get(kind)
    if shape is None or version > shape.version:
        raise UnknownFact(kind, version)
    if version == shape.version:
        fact: Fact = _adapter(kind).validate_json(payload)
    else:
        fact = _adapter(kind).validate_python(upcast(kind, version, json.loads(payload)))
    return fact


def instant_to_text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant_from_text(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


# What reading a row can raise that is not as anybody here wrote it: tampered with, or a newer release's.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, UnknownFact)


def readable(rows: Iterable[Row]) -> list[Recorded]:
    """Those of the rows that can be read: neither redacted nor tampered with."""
    found = []
    for row in rows:
        with suppress(*UNREADABLE):
            found.append(recorded(row))
    return found


def recorded(row: Row) -> Recorded:
    """A stored row, read. The payload must be there: redacted rows are shown, never folded."""
    if row.payload is None:
        raise ValueError(f"row {row.seq} is redacted")
    fact = fact_from_text(row.kind, row.version, row.payload)
    return Recorded(row.seq, instant_from_text(row.at), row.actor, fact, row.client, row.placement)

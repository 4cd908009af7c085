"""A document's versions, and by what one document of a client's is told from another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from factboard.domain import events as e
from factboard.domain.events.contents import MANY, Content, Kind, Together
from factboard.domain.refusal import Unknown


def digest(content: Content) -> str:
    """By what a version is known beside its number: SHA-256 of what stands in it, as JSON with its keys in order.

    Fields in which nothing stands are left out, so that one which a later release adds changes no digest.
    """
    text = json.dumps(_said(asdict(content)), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(value: Any) -> Any:
    match value:
        case dict():
            return {key: said for key, one in value.items() if (said := _said(one)) not in (None, "", [], {}, False)}
        case tuple() | list():
            return [_said(one) for one in value]
    return value


@dataclass(frozen=True, slots=True)
class Ref:
    """Which document of a client's. In text it is "care_plan", and "group_meeting.8f3a" for one of several."""

    kind: Kind
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}.{self.id}" if self.id else self.kind.value

    @classmethod
    def read(cls, text: str) -> Ref:
        """Raises `Unknown` for what names no document."""
        name, _, id = text.partition(".")
        if name not in set(Kind) or bool(id) is not (Kind(name) in MANY) or (not id.isalnum() and id) or len(id) > 32:
            raise Unknown("unknown_page")
        return cls(Kind(name), id)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document: who wrote it, when (UTC), in which fact, and what stands in it."""

    client: str
    ref: str
    number: int
    seq: int
    at: datetime
    by: str
    content: Content
    together: Together
    review_by: date | None = None
    restored: int | None = None

    @property
    def kind(self) -> Kind:
        return self.content.document


def version_of(row: e.Recorded) -> Version | None:
    """The version that a fact wrote; None for a fact that wrote none."""
    match row.fact:
        case e.DocumentWritten() as fact if row.client:
            return Version(
                row.client,
                fact.ref,
                fact.number,
                row.seq,
                row.at,
                row.actor,
                fact.content,
                fact.together,
                fact.review_by,
                fact.restored,
            )
    return None

"""A document's versions, and by what one document of a client's is told from another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from factboard.domain import events as e
from factboard.domain.events.contents import MANY, Content, Kind, Together
from factboard.domain.refusal import Unknown


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

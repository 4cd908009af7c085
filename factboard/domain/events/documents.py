"""Facts about what is written of a client's planned care: every version whole, so that each can be read by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from factboard.domain.events.anchoring import Anchored
from factboard.domain.events.contents import Content, Together
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.fact import Fact


@dataclass(frozen=True, slots=True)
class Carried:
    """From where a version was carried over as it stood: the record in a team, the number of the fact that wrote it
    there and which version it was, the name of who wrote it, when (UTC).
    """

    team: str
    client: str
    seq: int
    number: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentWritten(Fact, kind="document_written"):
    """A new version of a document. `ref` says which one of the client's, `document` of which kind it is, `number` is
    its version, from 1.

    `review_by` is the local day by which it is looked at again. `restored`: it reads as that older version did.
    """

    document: Kind
    ref: str
    number: int
    content: Content
    together: Together
    review_by: date | None = None
    restored: int | None = None
    anchored: Anchored | None = None
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class DocumentWithdrawn(Fact, kind="document_withdrawn"):
    """It should never have been written here: kept in the history, shown no more."""

    document: Kind
    ref: str
    reason: str

"""What a case manager answers to what somebody else has planned for their client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request

from factboard.domain.events import Answer
from factboard.domain.people import Label
from factboard.domain.state import Client
from factboard.web.act.base import ActForm
from factboard.web.anchoring import in_words
from factboard.web.forms import Day, Seq, TimeOfDay, seq_in_text
from factboard.web.sentences import Teller

NAME = "anchoring"  # of the act, and of its template


class Answered(ActForm):
    """`of` is the number of the fact that planned it."""

    of: Seq
    answer: Answer
    note: str = ""
    talk_day: Day | None = None
    talk_at: TimeOfDay | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """What is to be answered, as the history tells it; `at` is UTC, `ref` the document of which it is a version."""

    of: int
    sentence: str
    at: datetime
    ref: str


async def asking(request: Request, client: Client, label: Label, of: Any) -> Asking | None:
    """What this form asks about; None where there is nothing to answer any more."""
    known = next((one for one in client.anchorings if one.seq == seq_in_text(str(of))), None)
    if known is None:
        return None
    who = request.state.who
    teller = Teller(request.state.language, who.here, {client.id: label})
    async with request.app.state.store.reading() as connection:
        said = await in_words(connection, who.team, [known], teller)
    return Asking(known.seq, said.get(known.seq, ""), known.at, known.ref)

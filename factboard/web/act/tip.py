"""The forms of a tip: what somebody near the client told, and what became of it."""

from __future__ import annotations

from factboard.domain.events import Source, TipEnd
from factboard.web.act.base import ActForm
from factboard.web.forms import Choice, Ticked


class Tip(ActForm):
    text: str
    relation: Source = Source.RELATIVE
    said_by: str = ""
    reach: str = ""


class Answer(ActForm):
    tip: Choice
    ending: TipEnd
    note: str = ""
    told_back: Ticked = False

"""The forms of admissions and legal measures: facts that a board needs, entered where they happen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from factboard.domain.events import Settings
from factboard.web.act.base import ActForm
from factboard.web.forms import Choice, Day, Ticked

ADMITTED = "admitted"  # the code of the standard category


class Admitted(ActForm):
    ward: str
    on: Day | None = None
    expected: Day | None = None
    note: str = ""
    move: Ticked = False

    def what(self, settings: Settings, now: datetime) -> dict[str, Any]:
        """With the tick box, the time on the board moves to the category of those admitted."""
        given = super().what(settings, now)
        return given | {"category": ADMITTED} if given.pop("move", False) else given


class Admission(ActForm):
    ward: str
    expected: Day | None = None
    note: str = ""


class Discharged(ActForm):
    on: Day | None = None
    note: str = ""
    category: str = ""


class LegalStart(ActForm):
    name: str
    on: Day | None = None
    ends: Day | None = None
    note: str = ""


class LegalProlong(ActForm):
    measure: Choice
    ends: Day | None = None
    note: str = ""


class LegalEnd(ActForm):
    measure: Choice
    on: Day | None = None
    note: str = ""

"""The forms of admissions and legal measures: facts that a board needs, entered where they happen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from factboard.domain.events import Settings
from factboard.domain.refusal import Invalid
from factboard.web.act.base import ActForm
from factboard.web.forms import Choice, Day, Ticked


class Admitted(ActForm):
    ward: str
    on: Day | None = None
    expected: Day | None = None
    note: str = ""
    category: str = ""  # a tick box: the time on the board moves there too


class Admission(ActForm):
    ward: str
    expected: Day | None = None
    note: str = ""


class Discharged(ActForm):
    on: Day | None = None
    note: str = ""
    category: str = ""


class Ending(ActForm):
    """A day on which it ends, or "until further notice": said, never by leaving the day empty."""

    ends: Day | None = None
    no_end: Ticked = False

    def what(self, settings: Settings, now: datetime) -> dict[str, Any]:
        given = super().what(settings, now)
        if given.pop("no_end", False) == (self.ends is not None):
            raise Invalid("end_or_none", "ends")
        return given


class LegalStart(Ending):
    name: str
    on: Day | None = None
    note: str = ""


class LegalProlong(Ending):
    measure: Choice
    note: str = ""


class LegalEnd(ActForm):
    measure: Choice
    on: Day | None = None
    note: str = ""

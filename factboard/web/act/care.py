"""The forms of admissions and legal measures: facts that a board needs, entered where they happen."""

from __future__ import annotations

from factboard.web.act.base import ActForm
from factboard.web.forms import Choice, Day


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

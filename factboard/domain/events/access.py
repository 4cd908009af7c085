"""Facts about the access log: that it was checked, and that old rows of it were let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from factboard.domain.events.fact import Fact
from factboard.domain.events.words import Because, Outcome


@dataclass(frozen=True, slots=True)
class Checked:
    """A look that the check drew: its first row's number in the log, when it was (UTC), whose, and what was found."""

    look: int
    at: datetime
    actor: str
    action: str
    view: str
    because: tuple[Because, ...]
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccessChecked(Fact, kind="access_checked"):
    """A routine check of the local days `first` to `last`: of so many `looks`, those drawn with `seed` were judged."""

    first: date
    last: date
    seed: str
    looks: int
    drawn: tuple[Checked, ...]
    in_order: int = 0
    not_explained: int = 0
    to_follow_up: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccessLogShortened(Fact, kind="access_log_shortened"):
    """So many rows of the log, from `first` to `last` (UTC), had been kept long enough: they went with this fact.

    The database itself takes away all of the team's rows before `before` (UTC), but those about the clients in
    `held_back`, who are under a legal hold; and none without such a fact.
    """

    before: datetime
    first: datetime
    last: datetime
    rows: int
    held_back: tuple[str, ...] = ()

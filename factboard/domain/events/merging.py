"""Facts about one person who stood in the team's list twice."""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain.events.fact import Fact


@dataclass(frozen=True, slots=True)
class Merged(Fact, kind="merged"):
    """The record `other` is of the same person, and goes on in the row's own. `reason`: how that is known.

    What was written in either record stays where it was written; both are read as one from here on.
    """

    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class MergedInto(Fact, kind="merged_into"):
    """The other side of `Merged`, written with it: this record goes on in `into`, and nothing more is written here."""

    into: str
    reason: str

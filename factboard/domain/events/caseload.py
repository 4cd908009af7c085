"""Facts about caseloads: by which model of case management somebody is met, by whom, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factboard.domain.events.anchoring import Anchored
from factboard.domain.events.fact import Fact


class Treats(StrEnum):
    """Who gives the treatment, by a model of case management (domain page, section 7)."""

    OTHERS = "others"  # the case manager finds it, and sees that it comes about
    CASE_MANAGER = "case_manager"
    TEAM = "team"


class Cover(StrEnum):
    """When somebody is there in a crisis, by a model of case management."""

    NONE = "none"  # the model has none of its own
    DAYTIME = "daytime"
    ALWAYS = "always"  # day and night


@dataclass(frozen=True, slots=True)
class CareModel:
    """A model of case management as a team works by it. `name` is the team's own word; empty: the standard one.

    `most` is the guidance: so many clients for one person who works full time; 0: no number. `mandate`: what is
    changed about a client is changed on their own mandate. `used`: the team offers it.
    """

    code: str
    name: str = ""
    most: int = 0
    treats: Treats = Treats.TEAM
    cover: Cover = Cover.DAYTIME
    mandate: bool = False
    used: bool = True


@dataclass(frozen=True, slots=True)
class CareModelSet(Fact, kind="care_model_set"):
    """The team has said how it works by this model; `default`: every client without another is met by it."""

    model: CareModel
    default: bool = False


@dataclass(frozen=True, slots=True)
class ClientModelSet(Fact, kind="client_model_set"):
    """The client is met by this model of case management, by its code."""

    model: str
    previous: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IntensityChanged(Fact, kind="intensity_changed"):
    """The standing schedule, thinned out or stepped up: `who` meets the client every so many days instead of `before`,
    next on this local day.
    """

    who: str
    every_days: int
    before: int
    next: date
    reason: str
    anchored: Anchored | None = None


@dataclass(frozen=True, slots=True)
class CaseManagerChanged(Fact, kind="case_manager_changed"):
    """The client has been handed over to `case_manager`; `previous` None: they had none. `contacts`: the planned
    contacts that were theirs go along.
    """

    case_manager: str
    previous: str | None
    reason: str = ""
    contacts: bool = False


@dataclass(frozen=True, slots=True)
class OnMandate(Fact, kind="on_mandate"):
    """What was written right before it, in one transaction, is on the client's own mandate."""

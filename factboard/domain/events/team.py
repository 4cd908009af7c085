"""Facts about the team, about accounts, and about who is in the team's care."""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain.events.fact import UPCASTERS, Fact, Payload
from factboard.domain.events.policies import as_it_was_before
from factboard.domain.events.shapes import Category, Details, Member, Settings
from factboard.domain.events.words import Audience, EndReason, News, Source

# --- the team ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HistoryStarted(Fact, kind="history_started"):
    """The first row of every history: what the chain hangs from."""

    name: str


@dataclass(frozen=True, slots=True)
class TeamSettingsChanged(Fact, kind="team_settings_changed", version=2):
    settings: Settings


def _told_as_before(payload: Payload) -> Payload:
    """Before a team could say who is told at once, it was the case manager: nobody had notices of more."""
    told = {what.value: [Audience.CASE_MANAGER.value] for what in News}
    return {**payload, "settings": {**payload["settings"], "told": told}}


UPCASTERS["team_settings_changed", 1] = _told_as_before


@dataclass(frozen=True, slots=True)
class CategoryChanged(Fact, kind="category_changed", version=2):
    """A category was added, edited, retired or taken back into use; its policy of step-down is part of it.

    The fact's number is the policy's version.
    """

    category: Category


def _with_policy(payload: Payload) -> Payload:
    """Before there were policies nobody returned by itself: a team that upgrades has not chosen otherwise."""
    category = payload["category"]
    return {**payload, "category": {**category, "policy": as_it_was_before(category["code"])}}


UPCASTERS["category_changed", 1] = _with_policy


@dataclass(frozen=True, slots=True)
class MemberAdded(Fact, kind="member_added"):
    member: Member


@dataclass(frozen=True, slots=True)
class MemberChanged(Fact, kind="member_changed"):
    member: Member


@dataclass(frozen=True, slots=True)
class MemberRemoved(Fact, kind="member_removed"):
    user: str


@dataclass(frozen=True, slots=True)
class Imported(Fact, kind="imported"):
    """A file came in, whole: how many rows, and what they did."""

    file: str
    digest: str
    rows: int
    enrolled: int
    corrected: int
    put_on: int


# --- the system's own stream ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamAdded(Fact, kind="team_added"):
    team: str
    name: str


@dataclass(frozen=True, slots=True)
class UserAdded(Fact, kind="user_added"):
    user: str
    username: str
    name: str
    admin: bool = False


@dataclass(frozen=True, slots=True)
class PasswordSet(Fact, kind="password_set"):
    user: str


@dataclass(frozen=True, slots=True)
class UserClosed(Fact, kind="user_closed"):
    """The account can no longer sign in, in any team."""

    user: str


@dataclass(frozen=True, slots=True)
class UserReopened(Fact, kind="user_reopened"):
    user: str


# --- clients ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClientEnrolled(Fact, kind="client_enrolled"):
    details: Details
    source: Source = Source.TEAM


@dataclass(frozen=True, slots=True)
class ClientCorrected(Fact, kind="client_corrected"):
    details: Details
    changed: tuple[str, ...]
    source: Source = Source.TEAM


@dataclass(frozen=True, slots=True)
class EnrolmentEnded(Fact, kind="enrolment_ended"):
    reason: EndReason
    note: str = ""

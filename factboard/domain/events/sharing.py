"""Facts about who may see what of a client: whose records these are, consent, and the inner lock (spärr).

Parts of what is known of a client are named by `Part`, and by the kind of a document (`care_plan`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factboard.domain.events.fact import Fact


class Part(StrEnum):
    """What a client can agree to show, or keep locked, beside each kind of document. Without `IDENTITY` nothing is."""

    IDENTITY = "identity"
    BOARD = "board"
    STORY = "story"
    CONTACT_DETAILS = "contact_details"


class Sharing(StrEnum):
    """What staff of other employers see of a client: that somebody is on the board; what the client agreed to; that,
    and all of it for a while in an emergency.
    """

    CLOSED = "closed"
    CONSENT = "consent"
    EMERGENCY = "consent_or_emergency"


class Agreed(StrEnum):
    """How a client agreed."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    REPRESENTED = "represented"  # by somebody who may speak for them: a guardian


class LockedFor(StrEnum):
    """For whom a lock holds."""

    OTHERS = "other_employers"
    ALL_BUT = "all_but_named"


@dataclass(frozen=True, slots=True)
class SharingSet(Fact, kind="sharing_set"):
    """Whose records the team's are, and what staff of other employers see of them."""

    employer: str
    sharing: Sharing


@dataclass(frozen=True, slots=True)
class ConsentGiven(Fact, kind="consent_given"):
    """The client lets staff of this employer see these parts, to the end of the local day `until`; None: until further
    notice. It takes the place of what they had agreed to before.
    """

    employer: str
    parts: tuple[str, ...]
    until: date | None
    agreed: Agreed
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRevoked(Fact, kind="consent_revoked"):
    """The client takes their consent back: from here on this employer's staff see nothing of them."""

    employer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LockPlaced(Fact, kind="lock_placed"):
    """These parts are locked, as the client wants it: for staff of other employers, or for all but `named`."""

    lock: str
    parts: tuple[str, ...]
    locked_for: LockedFor
    named: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LockLifted(Fact, kind="lock_lifted"):
    lock: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenedInEmergency(Fact, kind="opened_in_emergency"):
    """Whoever wrote this saw past lock and missing consent for so many minutes, in the session they wrote it in."""

    reason: str
    minutes: int

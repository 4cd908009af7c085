"""Facts of the way back to planned care: announced, kept on, called off, returned; and of what has gone on too long.

Those that nobody clicked are written by the actor `factboard`. Such a fact says when it fell due; the row says when it
was done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from factboard.domain.events.anchoring import Anchored
from factboard.domain.events.fact import Fact
from factboard.domain.events.shapes import Evidence, Grounds, Versions
from factboard.domain.events.words import Informed, Mode, Need, Pause, Postponed, Step


@dataclass(frozen=True, slots=True)
class PlannedContactSet(Fact, kind="planned_contact_set"):
    """The standing schedule of planned care: `who` meets the client every so many days, next on this local day."""

    who: str
    every_days: int
    next: date
    anchored: Anchored | None = None


@dataclass(frozen=True, slots=True)
class ReturnAnnounced(Fact, kind="return_announced"):
    """A held meeting, in which the client was discussed while ready, has announced their return.

    `planned` (UTC) is the moment as things stood, None where no meeting day is in sight; `who`, `next` are the planned
    contact to which the client goes back. `informed`, `view`: was the client told, and what do they think;
    `objects`: they do not want to go back.
    """

    meeting: str
    mode: Mode
    planned: datetime | None
    who: str | None
    next: date | None
    informed: Informed
    view: str
    grounds: Grounds
    objects: bool = False


@dataclass(frozen=True, slots=True)
class ReturnTold(Fact, kind="return_told"):
    """Somebody has spoken with the client about the announced return, or could not. `objects`: they do not want it."""

    informed: Informed
    view: str = ""
    objects: bool = False


@dataclass(frozen=True, slots=True)
class ReturnUpheld(Fact, kind="return_upheld"):
    """Another held meeting had the client up as announced: they return at `due` (UTC), that day."""

    meeting: str
    due: datetime


@dataclass(frozen=True, slots=True)
class ReturnPostponed(Fact, kind="return_postponed"):
    """What was due then waits for the next held meeting."""

    due: datetime
    why: Postponed
    versions: Versions = field(default=Versions(), compare=False)


@dataclass(frozen=True, slots=True)
class AnnouncementWithdrawn(Fact, kind="announcement_withdrawn"):
    """These conditions hold no longer, since `due` (UTC). `cause` is the number of the fact that did it, None: time.

    Nothing brings an announcement back; it has to be made anew.
    """

    lost: tuple[Need, ...]
    due: datetime
    rule: int
    policy: int
    software: str
    cause: int | None = None
    ratings: tuple[Evidence, ...] = field(default=(), compare=False)  # what still counted
    contacts: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ReturnHeld(Fact, kind="return_held"):
    """Kept on the board to the end of a local day; then the client is ready again at most, never returned by it.

    `made` (UTC): when it was written on a phone, where it came here late.
    """

    until: date
    reason: str
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewFellDue(Fact, kind="review_fell_due"):
    """The day of "review by" has passed (`due`, UTC); `step` says whether the lead is told."""

    due: datetime
    step: Step
    versions: Versions = field(default=Versions(), compare=False)


@dataclass(frozen=True, slots=True)
class UnseenTooLong(Fact, kind="unseen_too_long"):
    """Nobody has seen the client for longer than the category allows: the meeting must decide."""

    due: datetime
    step: Step
    versions: Versions = field(default=Versions(), compare=False)


@dataclass(frozen=True, slots=True)
class FlagUntaken(Fact, kind="flag_untaken"):
    """Nobody has taken the flag in time, or before the team went home."""

    due: datetime
    step: Step
    versions: Versions = field(default=Versions(), compare=False)


@dataclass(frozen=True, slots=True)
class FollowUpMissed(Fact, kind="follow_up_missed"):
    """The contact within a week of the return has not been made."""

    due: datetime
    step: Step
    versions: Versions = field(default=Versions(), compare=False)


@dataclass(frozen=True, slots=True)
class PlannedContactMissed(Fact, kind="planned_contact_missed"):
    """Nobody has made the contact planned for `who` on the local day `day`; the client is not on the board."""

    due: datetime
    step: Step
    who: str
    day: date
    versions: Versions = field(default=Versions(), compare=False)


@dataclass(frozen=True, slots=True)
class ReturnsPaused(Fact, kind="returns_paused"):
    """Nobody of this team returns by itself. `many` of `of` on the board would have; `jump` in seconds; `reason` is the
    lead's.
    """

    why: Pause
    many: int = 0
    of: int = 0
    jump: int = 0
    reason: str = ""
    versions: Versions = field(default=Versions(), compare=False)


@dataclass(frozen=True, slots=True)
class ReleaseAgreed(Fact, kind="release_agreed"):
    """A clinician in an open meeting says that returns may go on; with another one, and once it was held, they do."""

    meeting: str


@dataclass(frozen=True, slots=True)
class ReturnsReleased(Fact, kind="returns_released"):
    """Returns may go on: said by the lead, or, with `meeting`, by two clinicians in a held meeting."""

    by: tuple[str, ...]
    meeting: str | None = None
    reason: str = ""


# --- the system's own stream ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ServiceWasDown(Fact, kind="service_was_down"):
    """Nobody was served between these instants (UTC), as far as factboard can tell."""

    since: datetime
    until: datetime

"""Why a rating is no evidence of stability, for whoever wants to understand it; what counts `needs.stable` says."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from factboard.domain import calendar
from factboard.domain.events import Rating as Level
from factboard.domain.state import Client, Rating, Stay, Team
from factboard.domain.stepdown import needs


class NoEvidence(StrEnum):
    """The first of these that is so is said."""

    LEVEL = "not_as_usual"
    HEARSAY = "not_seen"
    LATE = "written_late"
    BEFORE_WORSE = "before_worse"
    BEFORE_WORRY = "before_worry"
    BEFORE_CATEGORY = "before_category"
    BEFORE_HOME = "before_home"  # in hospital then
    NOT_YET = "not_yet"  # ahead of the clock


def weighed(team: Team, client: Client, now: datetime) -> tuple[tuple[Rating, NoEvidence | None], ...]:
    """Each rating of this time on the board, the newest first, with why it does not count; None: it does."""
    stay = client.stay
    if stay is None:
        return ()
    counts = {one.seq for one in needs.stable(team, client, stay, now)}
    return tuple(
        (one, None if one.seq in counts else _why_not(team, client, stay, one)) for one in reversed(stay.ratings)
    )


def _why_not(team: Team, client: Client, stay: Stay, one: Rating) -> NoEvidence:
    home = calendar.midnight_after(client.discharged, team.settings) if client.discharged else calendar.FIRST
    worse = any(other.rating is Level.WORSE and other.happened_at >= one.happened_at for other in stay.ratings)
    found = {
        NoEvidence.LEVEL: one.rating is not Level.USUAL,
        NoEvidence.HEARSAY: one.basis not in needs.EVIDENCE,
        NoEvidence.LATE: one.recorded_at - one.happened_at > needs.LATE,
        NoEvidence.BEFORE_WORSE: worse,
        NoEvidence.BEFORE_WORRY: one.happened_at < stay.flagged_at,
        NoEvidence.BEFORE_CATEGORY: stay.category_since is not None and one.happened_at < stay.category_since,
        NoEvidence.BEFORE_HOME: one.happened_at < home,
    }
    return next((why for why, is_so in found.items() if is_so), NoEvidence.NOT_YET)

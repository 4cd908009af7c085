"""Which moment an address asks for (`?at=`): a day and a time on the team's clock, or the number of a fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from factboard.domain import calendar
from factboard.domain.events import Settings
from factboard.domain.refusal import Invalid
from factboard.web.forms import seq_in_text

LONGEST = 40  # characters of a day and a time


@dataclass(frozen=True, slots=True)
class Moment:
    """`seq`: right after this fact, at its time, whenever that was; else `at` (UTC)."""

    at: datetime | None = None
    seq: int | None = None


def moment(text: str, settings: Settings, now: datetime) -> Moment:
    """The moment that is asked for; nothing asked is now. Raises `Invalid` for what is none, or has not come yet.

    A time without a zone is the team's own; of two that repeat when the clock is set back, the first.
    """
    text = text.strip()
    if not text:
        return Moment(at=now)
    if (seq := seq_in_text(text)) is not None:
        return Moment(seq=seq)
    at = _instant(text, settings)
    if at > now:
        raise Invalid("not_come_yet", "at")
    return Moment(at=at)


def _instant(text: str, settings: Settings) -> datetime:
    try:
        if len(text) > LONGEST:
            raise ValueError(text)
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else calendar.instant(read.date(), read.time(), settings)
    except (ValueError, OverflowError):
        raise Invalid("not_a_moment", "at") from None

"""What a push service's answer means, and when to try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST, LONGEST = timedelta(seconds=5), timedelta(minutes=10)  # between two tries: twice as long each time

SENT, GONE, BUSY, REFUSED, FAILED = "sent", "gone", "busy", "refused", "failed"
UNREACHABLE, GIVEN_UP = "unreachable", "given_up"
OUTCOMES = (SENT, GONE, BUSY, REFUSED, FAILED, UNREACHABLE, GIVEN_UP, "not_theirs", "read", "over", "quiet")


@dataclass(frozen=True, slots=True)
class Next:
    """`again` (UTC) None: there is nothing more to do about this message. `gone`: nor about this phone."""

    outcome: str
    again: datetime | None = None
    gone: bool = False


def after(status: int | None, retry_after: str | None, tries: int, now: datetime, until: datetime) -> Next:
    """After this try, the `tries`th. `status` None: no answer came."""
    if status is not None and 200 <= status < 300:
        return Next(SENT)
    if status in (404, 410):
        return Next(GONE, gone=True)
    if status in (400, 405, 413):
        return Next(FAILED)  # it would be no better the next time
    known = {None: UNREACHABLE, 401: REFUSED, 403: REFUSED, 429: BUSY}
    outcome = known.get(status, FAILED)
    wait = min(FIRST * 2 ** min(tries - 1, 20), LONGEST)
    again = now + max(wait, _asked(retry_after, now))
    return Next(outcome, again if again < until else None)


def _asked(retry_after: str | None, now: datetime) -> timedelta:
    """How long the push service asks to be left alone: seconds or a date (RFC 9110); nothing for what is neither."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**7))
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return timedelta()
    return at.replace(tzinfo=at.tzinfo or UTC) - now

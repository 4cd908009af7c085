"""Which ratings a state keeps: the newest, and the first from which stable days may be counted. The history has all."""

from __future__ import annotations

from datetime import date, timedelta

from factboard.domain import events as e
from factboard.domain.state.shapes import Stay
from factboard.domain.state.written import Rating

MOST = 60
EVIDENCE = (e.Basis.SEEN, e.Basis.SPOKEN_WITH)
LATE = timedelta(hours=72)  # what was written down later than this is kept, and is no evidence


def with_rating(stay: Stay, new: Rating, discharged: date | None) -> tuple[Rating, ...]:
    """In the order in which they happened. A client who is rated each day for months still has all those days."""
    ordered = sorted((*stay.ratings, new), key=lambda known: (known.happened_at, known.seq))
    if len(ordered) > MOST:
        first, second = ordered[:2]
        since_then = second.rating is not e.Rating.WORSE and _may_count(first, stay, discharged)
        ordered.remove(second if since_then else first)
    return tuple(ordered)


def _may_count(rating: Rating, stay: Stay, discharged: date | None) -> bool:
    """May it be the first of those that the rule counts? Nearly: what the rule says of it, it says itself."""
    begins = max(stay.since, stay.flagged_at, stay.category_since or stay.since)
    at_home = discharged is None or rating.happened_at.date() > discharged
    says_so = rating.rating is e.Rating.USUAL and rating.basis in EVIDENCE
    return says_so and rating.recorded_at - rating.happened_at <= LATE and rating.happened_at >= begins and at_home

"""When what is written is looked at again: the day with which the next version's form begins."""

from __future__ import annotations

from datetime import date, timedelta

SOONEST, LONGEST = timedelta(days=7), timedelta(days=366)  # ahead, of a day that nobody has chosen (our own)


def next_review(stood: date | None, set_on: date, today: date) -> date | None:
    """The day that stands, said on `set_on`; where it has passed, one as far ahead from today as it was then.

    So nobody writes a plan anew and leaves it overdue, and none goes on without a day because the old one was cleared.
    """
    if stood is None or stood >= today:
        return stood
    return today + min(max(stood - set_on, SOONEST), LONGEST)

"""When one line of the standing schedule falls: on the days that it names, moved where the team is closed.

A line's **own day** is by its interval or its weekdays; the day it is **planned for** is that day, or another where
nobody is here on it. Local days of the team throughout: a change of clocks moves none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.calendar import DAY
from factboard.domain.state import StandingLine

A_WEEK = 7


def first_day(line: StandingLine, settings: e.Settings) -> date:
    """The line's first own day that is not before its plan was written: counted from `first`, else from then on. A day
    that was set in short stands.
    """
    if line.plan is None and line.first:
        return line.first
    written = calendar.local_day(line.since, settings)
    if line.weekdays:
        return _weekday(line, max(line.first or written, written), settings)
    if line.first is None:
        return written + interval(line)
    passed = max(timedelta(), written - line.first)
    return line.first + -(-passed // interval(line)) * interval(line)


def day_after(line: StandingLine, own: date, met: date, settings: e.Settings) -> date:
    """The own day that comes when the contact of the day `own` was made on `met`: an interval is counted anew from it,
    weekdays stand.
    """
    return _weekday(line, max(own, met) + DAY, settings) if line.weekdays else met + interval(line)


def days(line: StandingLine, own: date, settings: e.Settings) -> Iterator[date]:
    """The line's own days from `own` on, were each met on its day."""
    while own < date.max - timedelta(days=2 * calendar.FARTHEST):
        yield own
        own = day_after(line, own, own, settings)


def interval(line: StandingLine) -> timedelta:
    """How long it is from one contact to the next; on weekdays, from one of their weeks to the next."""
    return timedelta(days=line.every_days or A_WEEK)


def planned_for(line: StandingLine, own: date, settings: e.Settings) -> date:
    """The day that the contact is planned for. A day that a person named stands, but for one on which the team is
    closed; one that is only counted moves from every day without the team.
    """
    named = bool(line.weekdays) or own == line.first
    here = not calendar.is_closed(own, settings) if named else calendar.is_working_day(own, settings)
    if here or settings.contacts_moved is e.Moved.STAYS:
        return own
    if settings.contacts_moved is e.Moved.BEFORE:
        earlier = calendar.working_day_before(own, settings)
        return own if earlier is None else earlier
    return calendar.next_working_day(own, settings)


def _weekday(line: StandingLine, earliest: date, settings: e.Settings) -> date:
    """The first day from then on that is one of the line's weekdays, in one of its weeks."""
    begins = _monday(line.first or calendar.local_day(line.since, settings))
    weeks, day = max(1, interval(line).days // A_WEEK), earliest
    while day.weekday() not in line.weekdays or (_monday(day) - begins).days // A_WEEK % weeks:
        day += DAY
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

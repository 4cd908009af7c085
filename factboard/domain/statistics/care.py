"""What is owed to each client on the board: a crisis plan gone through, to be told, to be looked at anew in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from factboard.domain import calendar
from factboard.domain.events import Informed
from factboard.domain.statistics import numbers
from factboard.domain.statistics.episodes import Stay
from factboard.domain.statistics.flow import behind
from factboard.domain.statistics.keys import Head, Key
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Behind, Figure, Line, Number, Table
from factboard.domain.statistics.stays import RETURNED


def crisis_plan(m: Material) -> Figure:
    """Of the clients who returned to planned care in the period, with how many the crisis plan had been gone through
    (or offered, and declined) during that time on the board.

    Formula: returns with a review of the crisis plan between their first and last local day / returns.
    """
    returns = [
        (stay, stay.ended) for stay in m.times if stay.ending in RETURNED and stay.ended and m.inside(stay.ended)
    ]
    return _share(Key.CRISIS_PLAN, [behind(stay, counts=_gone_through(m, stay, ended)) for stay, ended in returns])


def _gone_through(m: Material, stay: Stay, ended: datetime) -> bool:
    return any(m.day(stay.began) <= on <= m.day(ended) for on in stay.crisis_plans)


def informed(m: Material) -> Figure:
    """Of the times on the board that began in the period, in how many the client knew of it.

    Formula: times on the board with the answer yes / all that began. Not possible, no and not known are in the whole.
    """
    began = [(stay, _told(stay)) for stay in m.times if m.inside(stay.began)]
    return _share(Key.INFORMED, [behind(stay, told.value, counts=told is Informed.YES) for stay, told in began])


def informed_how(m: Material) -> Figure:
    """The same by answer: yes, no, not possible, not known."""
    began = [(stay, _told(stay)) for stay in m.times if m.inside(stay.began)]
    count = Counter(told for _, told in began)
    lines = tuple(Line(one.value, (Fraction(count[one]),)) for one in Informed)
    stays = tuple(behind(stay, told.value) for stay, told in began)
    return Figure(Key.INFORMED_HOW, Table(Head.INFORMED, (Head.STAYS,), lines), stays)


def _told(stay: Stay) -> Informed:
    """Yes where any flag of this time says so, else the newest that is known."""
    said = [flag.informed for flag in stay.flags if flag.informed is not Informed.UNKNOWN]
    return Informed.YES if Informed.YES in said else said[-1] if said else Informed.UNKNOWN


def reviews_overdue(m: Material) -> Figure:
    """Of the clients on the board when the period ended, for how many the day of "review by" had passed."""
    there = [stay for stay in m.times if m.goes_on(stay)]
    found = []
    for stay in there:
        day = next((one.day for one in reversed(stay.reviews) if one.since < m.until), None)
        late = (m.last_day - day).days if day else 0
        found.append(behind(stay, Fraction(max(late, 0)), counts=late > 0))
    return _share(Key.REVIEWS_OVERDUE, found)


def overdue_time(m: Material) -> Figure:
    """Of all days that clients were on the board in the period, on how many their review was overdue.

    Formula: days after the day of "review by" that stood then / days on the board.
    """
    late = {stay: _late_days(m, stay) for stay in m.times if m.touches(stay)}
    part, whole = sum(late.values()), sum(m.days_inside(stay.began, stay.ended) for stay in late)
    stays = tuple(behind(stay, Fraction(days), counts=days > 0) for stay, days in late.items())
    return Figure(Key.OVERDUE_TIME, Number(numbers.ratio(part, whole), Fraction(part), Fraction(whole)), stays)


def _late_days(m: Material, stay: Stay) -> int:
    ends = [*(one.since for one in stay.reviews[1:]), stay.ended or m.until]
    found = 0
    for review, last in zip(stay.reviews, ends, strict=True):
        if review.day:
            begins, until = m.day(max(review.since, m.begins)), m.day(min(last, m.until))
            found += max(0, (until - max(begins, calendar.next_day(review.day))).days)
    return found


def _share(key: Key, found: Sequence[Behind]) -> Figure:
    part = sum(one.counts for one in found)
    return Figure(key, Number(numbers.ratio(part, len(found)), Fraction(part), Fraction(len(found))), tuple(found))

"""Admissions and days in hospital, of clients on the board and off it. A day in hospital is a night there."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from factboard.domain.statistics.episodes import Admission
from factboard.domain.statistics.keys import Key, Kind
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Behind, Figure, Number


def admissions(m: Material) -> Figure:
    """How many admissions began in the period."""
    began = tuple(_behind(one) for one in m.admissions if _began(m, one))
    return Figure(Key.ADMISSIONS, Number(Fraction(len(began))), began)


def admitted_clients(m: Material) -> Figure:
    """How many clients of the team were in hospital on a day of the period, be it the one on which they went home."""
    there = [one for one in m.admissions if _touches(m, one)]
    value = Number(Fraction(len({one.client for one in there})))
    return Figure(Key.ADMITTED_CLIENTS, value, tuple(map(_behind, there)))


def bed_days(m: Material) -> Figure:
    """How many days clients of the team spent in hospital in the period: nights there, while in the team's care."""
    nights = {one: _nights(m, one) for one in m.admissions}
    spent = tuple(_behind(one, Fraction(many)) for one, many in nights.items() if many)
    return Figure(Key.BED_DAYS, Number(Fraction(sum(nights.values()))), spent)


def _began(m: Material, one: Admission) -> bool:
    return m.period.first <= one.on <= m.last_day


def _touches(m: Material, one: Admission) -> bool:
    first, last = max(one.on, m.period.first), min(one.home or date.max, m.last_day)
    return first <= last and m.in_care_between(one.client, first, last)


def _nights(m: Material, one: Admission) -> int:
    found = 0
    for care in m.care_of.get(one.client, ()):
        first = max(one.on, m.period.first, m.day(care.began))
        last = min(one.home or date.max, m.day(m.until), m.day(care.ended) if care.ended else date.max)
        found += max(0, (last - first).days)
    return found


def _behind(one: Admission, value: Fraction | None = None) -> Behind:
    return Behind(Kind.ADMISSION, one.id, one.client, one.began, one.ended, value)

"""Contacts on the board and off it, by how many of the team, and who has not been met for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from factboard.domain.statistics import numbers
from factboard.domain.statistics.flow import behind
from factboard.domain.statistics.keys import Key, Kind
from factboard.domain.statistics.material import Material, between
from factboard.domain.statistics.shapes import Behind, Figure, Number, spread
from factboard.domain.statistics.speed import IN_PERSON

WEEK = 7
FORTNIGHT = timedelta(days=14)
TWO = 2  # of the team: shared caseload begins there


def contacts_on_board(m: Material) -> Figure:
    """How many contacts a week a client had while on the board, by telephone and video too.

    Formula: contacts made while their client was on the board / days on the board of all clients x 7, in the period.
    """
    made = Counter(one.stay.id for contacts in m.made.values() for one in contacts if one.stay)
    stays = tuple(behind(stay, Fraction(made[stay.id])) for stay in m.times if m.touches(stay))
    return Figure(Key.CONTACTS_ON_BOARD, _a_week(sum(made.values()), days_on_board(m)), stays)


def contacts_off_board(m: Material) -> Figure:
    """How many contacts a week a client of the team had while not on the board.

    Formula: contacts made while their client was in the team's care and not on the board / days of all clients so x 7.
    """
    made = {client: sum(one.stay is None for one in m.made.get(client, ())) for client in cared_for(m)}
    clients = tuple(Behind(Kind.CLIENT, client, client, value=Fraction(many)) for client, many in made.items())
    return Figure(Key.CONTACTS_OFF_BOARD, _a_week(sum(made.values()), days_in_care(m) - days_on_board(m)), clients)


def _a_week(made: int, days: int) -> Number:
    return Number(numbers.ratio(made * WEEK, days), Fraction(made), Fraction(days, WEEK))


def cared_for(m: Material) -> list[str]:
    """The clients in the team's care at some time of the period."""
    return list(dict.fromkeys(one.client for one in m.caseload if m.touches(one)))


def days_in_care(m: Material) -> int:
    """Of all clients, in the period."""
    return sum(m.days_inside(one.began, one.ended) for one in m.caseload)


def days_on_board(m: Material) -> int:
    return sum(m.days_in_care(stay.client, stay.began, stay.ended) for stay in m.times)


# --- by how many ----------------------------------------------------------------------------------------------


def seen_by_two(m: Material) -> Figure:
    """Of the clients on the board, how many were met in person by two or more of the team in two weeks: is the caseload
    shared?

    Formula: the period is cut into fortnights from its first day. Of all clients on the board through a whole
    fortnight, each fortnight by itself, the share met in person by at least two in it.
    """
    found = []
    for first, last in _fortnights(m):
        for stay in m.times:
            if stay.began <= first and (stay.ended is None or stay.ended >= last):
                made = between(m.met.get(stay.client, ()), first, last)
                many = len({who for one in made if one.kind in IN_PERSON for who in one.staff})
                found.append(Behind(Kind.STAY, stay.id, stay.client, first, last, Fraction(many), many >= TWO))
    part = sum(one.counts for one in found)
    value = Number(numbers.ratio(part, len(found)), Fraction(part), Fraction(len(found)))
    return Figure(Key.SEEN_BY_TWO, value, tuple(found))


def _fortnights(m: Material) -> Iterator[tuple[datetime, datetime]]:
    """The whole ones that are over (UTC)."""
    first = m.period.first
    while (last := first + FORTNIGHT) <= m.period.end and m.midnight(last) <= m.until:
        yield m.midnight(first), m.midnight(last)
        first = last


# --- not met for long -----------------------------------------------------------------------------------------


def without_contact_on(m: Material) -> Figure:
    """How many days ago those on the board had last been met or spoken with, when the period ended; the longest first.
    For somebody whom nobody has met since, counted from when they came into the team's care.
    """
    return _without(m, Key.WITHOUT_CONTACT_ON, on_board=True)


def without_contact_off(m: Material) -> Figure:
    """The same for those in the team's care who were not on the board: nobody falls off the radar."""
    return _without(m, Key.WITHOUT_CONTACT_OFF, on_board=False)


def _without(m: Material, key: Key, *, on_board: bool) -> Figure:
    there = {stay.client for stay in m.times if m.goes_on(stay)}
    found = []
    for care in m.caseload:
        if m.goes_on(care) and (care.client in there) is on_board:
            since = max(care.began, m.last_contacts.get(care.client, care.began))
            days = Fraction(m.days(since, m.until))
            found.append(Behind(Kind.CLIENT, care.client, care.client, since, value=days))
    longest_first = sorted(found, key=lambda one: (one.began or m.until, one.id))
    values = [one.value for one in found if isinstance(one.value, Fraction)]
    return Figure(key, spread(values), tuple(longest_first))

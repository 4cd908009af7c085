"""From the flag on: how long until somebody has it, until the client is met.

A flag that was written on a phone without a network counts from when it came here: earlier nobody could know of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction

from factboard.domain import events as e
from factboard.domain.statistics import numbers
from factboard.domain.statistics.episodes import Flag, Stay
from factboard.domain.statistics.flow import behind
from factboard.domain.statistics.keys import Key
from factboard.domain.statistics.material import Material, between
from factboard.domain.statistics.shapes import Figure, spread
from factboard.domain.statistics.why import flags

IN_PERSON = (e.ContactKind.HOME, e.ContactKind.OFFICE, e.ContactKind.STREET, e.ContactKind.WARD)
WAITED_FOR = timedelta(days=30)  # a contact; ours

Answer = Callable[[Stay, Flag], datetime | None]


def flag_to_taken(m: Material) -> Figure:
    """Minutes from a flag until somebody had it: the first to take it after that, in the same time on the board.

    Missed: flags that nobody had taken when the time on the board ended.
    """
    return _answered(m, Key.FLAG_TO_TAKEN, numbers.MINUTE, lambda stay, flag: _first(stay.taken, flag.at), None)


def flag_to_contact(m: Material) -> Figure:
    """Hours from a flag to the first contact after it in which the client was met or spoken with, by whomever.

    Missed: nobody reached the client within 30 days, or before the time on the board ended.
    """
    return _met(m, Key.FLAG_TO_CONTACT, tuple(e.ContactKind))


def flag_to_seen(m: Material) -> Figure:
    """The same to the first contact in person: at home, at the office, elsewhere, on a ward."""
    return _met(m, Key.FLAG_TO_SEEN, IN_PERSON)


def _met(m: Material, key: Key, kinds: tuple[e.ContactKind, ...]) -> Figure:
    def answer(stay: Stay, flag: Flag) -> datetime | None:
        last = min(filter(None, (flag.at + WAITED_FOR, stay.ended)))
        met = between(m.met.get(stay.client, ()), flag.at, last)
        return next((one.happened for one in met if one.kind in kinds), None)

    return _answered(m, key, numbers.HOUR, answer, WAITED_FOR)


def _answered(m: Material, key: Key, unit: timedelta, answer: Answer, waited: timedelta | None) -> Figure:
    found, missed, waiting = [], 0, 0
    for stay, flag in flags(m):
        if flag.source is e.Source.IMPORT:
            continue
        at = answer(stay, flag)
        if at:
            found.append(behind(stay, numbers.units(at - flag.at, unit)))
            continue
        over = stay.ended is not None or (waited is not None and flag.at + waited <= m.now)
        missed, waiting = missed + over, waiting + (not over)
        found.append(behind(stay, counts=False))
    values = [one.value for one in found if isinstance(one.value, Fraction)]
    slowest_first = sorted(found, key=lambda one: one.value if isinstance(one.value, Fraction) else -1, reverse=True)
    return Figure(key, spread(values), tuple(slowest_first), left_open=waiting, missed=missed)


def _first(instants: tuple[datetime, ...], since: datetime) -> datetime | None:
    return next((at for at in instants if at >= since), None)

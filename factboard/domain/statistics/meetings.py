"""Board meetings: held as planned, how long, with how many discussed."""

from __future__ import annotations

from fractions import Fraction

from factboard.domain.statistics import numbers
from factboard.domain.statistics.episodes import Meeting
from factboard.domain.statistics.keys import Key, Kind
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Behind, Figure, Number, spread


def _behind(meeting: Meeting, value: Fraction | None = None, *, counts: bool = True) -> Behind:
    return Behind(Kind.MEETING, meeting.id, "", meeting.began, meeting.ended, value, counts)


def held(m: Material) -> list[Meeting]:
    """Those that began in the period, planned or not, and count as held: closed, with two clinicians."""
    return [one for one in m.meetings if one.held and m.inside(one.began)]


def meetings_held(m: Material) -> Figure:
    """Of the meetings planned in the period by the team's days and times, how many were held.

    Formula: planned meetings held / planned meetings of which it is known whether they were. One that is open is not
    known yet; meetings beside the plan are in neither number.
    """
    planned: dict[object, list[Meeting]] = {}
    for one in m.meetings:
        if m.inside(one.planned):
            planned.setdefault(one.planned, []).append(one)
    known = [tries for tries in planned.values() if any(one.ended for one in tries)]
    done = [next((one for one in tries if one.held), None) for tries in known]
    shown = tuple(_behind(one or tries[0], counts=one is not None) for one, tries in zip(done, known, strict=True))
    part = sum(one is not None for one in done)
    value = Number(numbers.ratio(part, len(known)), Fraction(part), Fraction(len(known)))
    return Figure(Key.MEETINGS_HELD, value, shown, left_open=len(planned) - len(known))


def meeting_length(m: Material) -> Figure:
    """Minutes from opening to closing of the meetings held."""
    long = [(one, numbers.units(one.ended - one.began, numbers.MINUTE)) for one in held(m) if one.ended]
    longest_first = sorted(long, key=lambda one: (-one[1], one[0].began))
    return Figure(Key.MEETING_LENGTH, spread(spent for _, spent in long), tuple(_behind(*one) for one in longest_first))


def clients_discussed(m: Material) -> Figure:
    """Of the clients who should come up at the meetings held, how many were discussed.

    Formula: discussed / (discussed + passed over), of all meetings held together.
    """
    many = held(m)
    part, passed = sum(one.discussed for one in many), sum(one.not_discussed for one in many)
    shares = [(one, numbers.ratio(one.discussed, one.discussed + one.not_discussed)) for one in many]
    shown = tuple(_behind(one, share, counts=not one.not_discussed) for one, share in shares)
    value = Number(numbers.ratio(part, part + passed), Fraction(part), Fraction(part + passed))
    return Figure(Key.CLIENTS_DISCUSSED, value, shown)

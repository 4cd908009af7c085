"""How long times on the board are, how they end, who is kept on, who comes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from factboard.domain.statistics import numbers
from factboard.domain.statistics.episodes import Ending, Stay
from factboard.domain.statistics.flow import behind, in_order
from factboard.domain.statistics.keys import Head, Key
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Figure, Line, Number, Table, spread

RETURNED = (Ending.AUTOMATIC, Ending.BY_HAND, Ending.DECLINED)  # to planned care, and not out of the team's
MANY = 4  # times kept on, and more


def time_on_board(m: Material) -> Figure:
    """How many days the times on the board had lasted that ended in the period; those that began before it count with
    their whole length, those that go on are not among them (see `time_so_far`).
    """
    over = [(stay, _length(m, stay)) for stay in m.times if m.inside(stay.ended)]
    return _spread(Key.TIME_ON_BOARD, over)


def time_so_far(m: Material) -> Figure:
    """How many days those had been on the board who were there when the period ended."""
    there = [(stay, Fraction(m.days(stay.began, m.until))) for stay in m.times if m.goes_on(stay)]
    return _spread(Key.TIME_SO_FAR, there)


def _length(m: Material, stay: Stay) -> Fraction:
    return Fraction(m.days(stay.began, stay.ended or m.until))


def _spread(key: Key, found: Sequence[tuple[Stay, Fraction]]) -> Figure:
    longest_first = sorted(found, key=lambda one: (-one[1], one[0].began, one[0].id))
    return Figure(key, spread(length for _, length in found), tuple(behind(*one) for one in longest_first))


def time_by_category(m: Material) -> Figure:
    """The same for each category in which times on the board ended."""
    over = [stay for stay in m.times if m.inside(stay.ended)]
    lines = []
    for code in in_order(m, {stay.spells[-1].category for stay in over}):
        known = spread(_length(m, stay) for stay in over if stay.spells[-1].category == code)
        lines.append(Line(code, (Fraction(known.many), known.lower, known.median, known.upper, known.longest)))
    columns = (Head.STAYS, Head.LOWER, Head.MEDIAN, Head.UPPER, Head.LONGEST)
    stays = tuple(behind(stay, stay.spells[-1].category) for stay in over)
    return Figure(Key.TIME_BY_CATEGORY, Table(Head.CATEGORY, columns, tuple(lines)), stays)


# --- the way back ---------------------------------------------------------------------------------------------


def endings(m: Material) -> Figure:
    """How the times on the board ended: by the rule, by a person, because the client did not want to be there, or with
    the team's care itself.
    """
    over = [stay for stay in m.times if m.inside(stay.ended)]
    count = Counter(stay.ending for stay in over)
    ways = (Ending.AUTOMATIC, Ending.BY_HAND, Ending.DECLINED, Ending.LEFT_CARE)
    lines = tuple(Line(way.value, (Fraction(count[way]),)) for way in ways)
    stays = tuple(behind(stay, stay.ending) for stay in over)
    return Figure(Key.ENDINGS, Table(Head.ENDING, (Head.STAYS,), lines), stays)


def kept_on(m: Material) -> Figure:
    """Of the times on the board that touch the period, how many were kept on in it: not at all, once, ... four times or
    more. Behind each stands how often.
    """
    times = {stay: sum(map(m.inside, stay.holds)) for stay in m.times if m.touches(stay)}
    count = Counter(min(often, MANY) for often in times.values())
    lines = tuple(Line(str(often), (Fraction(count[often]),)) for often in range(MANY + 1))
    most_first = sorted(times.items(), key=lambda one: (-one[1], one[0].began, one[0].id))
    stays = tuple(behind(stay, Fraction(often), counts=often > 0) for stay, often in most_first)
    return Figure(Key.KEPT_ON, Table(Head.TIMES, (Head.STAYS,), lines), stays)


def again_30(m: Material) -> Figure:
    """Of the clients who returned to planned care in the period, how many were put on the board again within 30 days.

    Formula: returns after which a new time on the board began no more than 30 local days later / returns after which
    30 days have passed. Of those after which they have not passed yet, the number is said.
    """
    return _again(m, Key.AGAIN_30, 30)


def again_90(m: Material) -> Figure:
    """The same within 90 days."""
    return _again(m, Key.AGAIN_90, 90)


def _again(m: Material, key: Key, within: int) -> Figure:
    returns = [stay for stay in m.times if stay.ending in RETURNED and m.inside(stay.ended)]
    found, waiting = [], 0
    for stay in returns:
        if stay.ended and m.days(stay.ended, m.now) <= within:
            waiting += 1
            continue
        after = _days_until_again(m, stay)
        came = after is not None and after <= within
        found.append(behind(stay, Fraction(after) if came and after is not None else None, counts=came))
    part = sum(one.counts for one in found)
    value = Number(numbers.ratio(part, len(found)), Fraction(part), Fraction(len(found)))
    return Figure(key, value, tuple(found), left_open=waiting)


def _days_until_again(m: Material, stay: Stay) -> int | None:
    later = (one for one in m.times_of[stay.client] if stay.ended and one.began >= stay.ended and one.id != stay.id)
    following = next(later, None)
    return m.days(stay.ended, following.began) if following and stay.ended else None

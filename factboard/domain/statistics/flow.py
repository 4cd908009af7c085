"""Who came onto the board, who left it, how many are there, in which categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction

from factboard.domain.statistics import numbers
from factboard.domain.statistics.episodes import Spell, Stay
from factboard.domain.statistics.keys import Head, Key, Kind
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Behind, Figure, Line, Number, Table


def behind(stay: Stay, value: Fraction | str | None = None, *, counts: bool = True) -> Behind:
    return Behind(Kind.STAY, stay.id, stay.client, stay.began, stay.ended, value, counts)


def put_on(m: Material) -> Figure:
    """How many times on the board began in the period."""
    return _count(Key.PUT_ON, [stay for stay in m.times if m.inside(stay.began)])


def ended(m: Material) -> Figure:
    """How many times on the board ended in the period, in whatever way."""
    return _count(Key.ENDED, [stay for stay in m.times if m.inside(stay.ended)])


def on_board(m: Material) -> Figure:
    """How many clients were on the board when the period ended; now, where it has not ended."""
    return _count(Key.ON_BOARD, [stay for stay in m.times if m.goes_on(stay)])


def _count(key: Key, stays: Sequence[Stay]) -> Figure:
    return Figure(key, Number(Fraction(len(stays))), tuple(map(behind, stays)))


def over_time(m: Material) -> Figure:
    """For each week (each month, where the period is longer than half a year): how many were put on, how many times
    ended, how many were on the board when it was over.
    """
    lines, found = [], []
    for span in m.period.spans():
        first, last = span.begins(m.settings), min(span.ends(m.settings), m.until)
        if first >= m.until:
            break
        began = [stay for stay in m.times if first <= stay.began < last]
        over = [stay for stay in m.times if stay.ended and first <= stay.ended < last]
        there = [stay for stay in m.times if stay.began < last and (stay.ended is None or stay.ended >= last)]
        key = span.first.isoformat()
        lines.append(Line(key, (Fraction(len(began)), Fraction(len(over)), Fraction(len(there)))))
        found += [behind(stay, key) for stay in dict.fromkeys([*began, *over, *there])]
    return Figure(Key.OVER_TIME, Table(Head.SPAN, (Head.PUT_ON, Head.ENDED, Head.ON_BOARD), tuple(lines)), tuple(found))


def caseload_share(m: Material) -> Figure:
    """Of all days on which clients were in the team's care, how many they were on the board: the average share of the
    caseload. The model reckons with 20 %, practice with 10 to 20 %.

    Formula: days on the board / days in care, both of all clients, in the period.
    """
    spent = {stay.id: m.days_in_care(stay.client, stay.began, stay.ended) for stay in m.times}
    part, whole = sum(spent.values()), sum(m.days_inside(one.began, one.ended) for one in m.caseload)
    stays = tuple(behind(stay, Fraction(spent[stay.id])) for stay in m.times if spent[stay.id])
    return Figure(Key.CASELOAD_SHARE, Number(numbers.ratio(part, whole), Fraction(part), Fraction(whole)), stays)


def by_category(m: Material) -> Figure:
    """For each category: how many times on the board began in it, how many ended in it, and how many days clients
    spent in it.
    """
    began = Counter(stay.spells[0].category for stay in m.times if m.inside(stay.began))
    over = Counter(stay.spells[-1].category for stay in m.times if m.inside(stay.ended))
    spent: Counter[str] = Counter()
    for stay in m.times:
        for spell, last in _pieces(stay):
            spent[spell.category] += m.days_in_care(stay.client, spell.since, last)
    counts = (began, over, spent)
    known = [code for code in in_order(m, {*began, *over, *spent}) if any(count[code] for count in counts)]
    lines = tuple(Line(code, tuple(Fraction(count[code]) for count in counts)) for code in known)
    stays = tuple(behind(stay, stay.spells[-1].category) for stay in m.times if m.touches(stay))
    return Figure(Key.BY_CATEGORY, Table(Head.CATEGORY, (Head.PUT_ON, Head.ENDED, Head.STAY_DAYS), lines), stays)


def in_order(m: Material, codes: Iterable[str]) -> list[str]:
    """The categories as the team orders them; what it does not know any more comes last."""
    place = {code: number for number, code in enumerate(m.categories)}
    return sorted(codes, key=lambda code: (place.get(code, len(place)), code))


def _pieces(stay: Stay) -> list[tuple[Spell, datetime | None]]:
    lasts = [*(spell.since for spell in stay.spells[1:]), stay.ended]
    return list(zip(stay.spells, lasts, strict=True))

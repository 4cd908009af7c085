"""Every figure of a small team over eight weeks, and over the eight after them, as worked out on paper.

`paper` is the history. Beside each figure stands how it was counted: from 12 October (autumn) and from 7 December
(winter). Days of several are written in the order of `paper`: ada, ada again, bo, cia, eva, gun.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from factboard.domain.projection import rebuild
from factboard.domain.statistics import Distribution, Head, Key, Kind, Material, Number, Period, Table, figures
from factboard.domain.statistics.episodes import SHAPES, Episode
from factboard.domain.team import STANDARD_CATEGORIES
from tests.domain.statistics.paper import AUTUMN, NOW, SETTINGS, TEAM, WINTER, WORDS, history

Worked = Number | Distribution | dict[str, tuple[int, ...]]
NOTHING = Distribution()


def part(many: int, of: int | Fraction, value: Fraction | None = None) -> Number:
    return Number(value or (Fraction(many) / of if of else None), Fraction(many), Fraction(of))


def many(number: int) -> Number:
    return Number(Fraction(number))


def spread(values: str, *, lower: str, median: str, upper: str, tail: str) -> Distribution:
    ordered = tuple(map(Fraction, values.split()))
    return Distribution(
        len(ordered), Fraction(lower), Fraction(median), Fraction(upper), Fraction(tail), ordered[-1], ordered
    )


def only(value: str) -> Distribution:
    return Distribution(
        1, Fraction(value), Fraction(value), Fraction(value), Fraction(value), Fraction(value), (Fraction(value),)
    )


ON_PAPER: dict[Key, tuple[Worked, Worked]] = {
    # --- the board ---
    Key.PUT_ON: (many(4), many(0)),  # ada again, bo, eva, gun; ada's and cia's began before, dan's was an error
    Key.ENDED: (many(3), many(2)),  # ada twice, gun; bo, eva
    Key.OVER_TIME: (
        {  # put on, ended, there when the week was over
            "2026-10-12": (0, 0, 2),  # ada, cia
            "2026-10-19": (1, 0, 3),  # and bo
            "2026-10-26": (0, 1, 2),
            "2026-11-02": (0, 0, 2),
            "2026-11-09": (1, 0, 3),  # bo, cia, gun
            "2026-11-16": (1, 1, 3),  # ada, bo, cia
            "2026-11-23": (0, 0, 3),
            "2026-11-30": (1, 1, 3),  # bo, cia, eva
        },
        {
            "2026-12-07": (0, 0, 3),
            "2026-12-14": (0, 1, 2),
            "2026-12-21": (0, 0, 2),
            "2026-12-28": (0, 0, 2),
            "2027-01-04": (0, 0, 2),  # bo returned on Monday the 11th
            "2027-01-11": (0, 1, 1),
            "2027-01-18": (0, 0, 1),
            "2027-01-25": (0, 0, 1),
        },
    ),
    Key.ON_BOARD: (many(3), many(1)),
    # 14 + 14 + 44 + 56 + 4 + 7 of 56 each of ada, bo, cia, dan, eva, and 35 of fia, 35 of gun;
    # 35 + 56 + 7 of 56 each of six
    Key.CASELOAD_SHARE: (part(139, 350), part(98, 336, Fraction(7, 24))),
    Key.BY_CATEGORY: (
        {  # began in it, ended in it, days
            "crisis_prevention": (1, 1, 14),
            "short_intensive": (0, 1, 42),  # ada 14, bo from 9 November 28
            "long_intensive": (1, 0, 16),
            "hard_to_reach": (0, 0, 56),
            "new_client": (1, 0, 4),
            "legal_measure": (1, 1, 7),
        },
        {"short_intensive": (0, 1, 35), "hard_to_reach": (0, 0, 56), "new_client": (0, 1, 7)},
    ),
    # --- how long: ada 5 to 26 October, over the end of summer time, and 16 to 30 November, gun 9 to 16 November;
    # bo 24 October to 11 January, eva 3 to 14 December ---
    Key.TIME_ON_BOARD: (
        spread("7 14 21", lower="10.5", median="14", upper="17.5", tail="19.6"),
        spread("11 79", lower="28", median="45", upper="62", tail="72.2"),
    ),
    # bo since 24 October, cia since the 1st, eva since 3 December; cia
    Key.TIME_SO_FAR: (spread("4 44 67", lower="24", median="44", upper="55.5", tail="62.4"), only("123")),
    Key.TIME_BY_CATEGORY: (
        {  # how many, quartile, median, quartile, longest
            "crisis_prevention": (1, 14, 14, 14, 14),
            "short_intensive": (1, 21, 21, 21, 21),
            "legal_measure": (1, 7, 7, 7, 7),
        },
        {"short_intensive": (1, 79, 79, 79, 79), "new_client": (1, 11, 11, 11, 11)},
    ),
    # --- why: six flags, ada's second time has two ---
    Key.REASONS: ({"Sover inte": (3,), "Slutat med medicin": (1,), "": (2,)}, {}),
    Key.WARNING_SIGNS: ({"Isolerar sig": (2,), "Sover lite": (1,), "": (1,)}, {}),
    Key.FLAG_SOURCES: ({"team": (3,), "client": (1,), "import": (1,), "relative": (1,)}, {}),
    # --- the way back ---
    Key.ENDINGS: (
        {"automatic": (1,), "by_hand": (1,), "declined": (0,), "left_care": (1,)},
        {"automatic": (1,), "by_hand": (0,), "declined": (1,), "left_care": (0,)},
    ),
    Key.KEPT_ON: (  # ada twice in October, bo once in December; bo four times more
        {"0": (4,), "1": (1,), "2": (1,), "3": (0,), "4": (0,)},
        {"0": (2,), "1": (0,), "2": (0,), "3": (0,), "4": (1,)},
    ),
    # ada again after 21 days, and not after 30 November. Until today: eva 58 days, and again after 53; bo 30
    Key.AGAIN_30: (part(1, 2), part(0, 1)),
    Key.AGAIN_90: (part(1, 1), part(0, 0)),
    # --- from the flag on: eva 5, ada 45, ada's second 18th 23:30 to 8:00, bo Saturday 12:00 to Monday 8:15 and the
    # hour more of that Sunday; nobody took gun's ---
    Key.FLAG_TO_TAKEN: (
        spread("5 45 510 2715", lower="35", median="277.5", upper="1061.25", tail="2053.5"),
        NOTHING,
    ),
    Key.FLAG_TO_CONTACT: (  # ada 9 to 13, ada 23:30 to 8:30, gun, bo, eva; what led to the flag is no answer to it
        spread("4 9 24 50 80.5", lower="9", median="24", upper="50", tail="68.3"),
        NOTHING,
    ),
    Key.FLAG_TO_SEEN: (  # ada was seen the day after, gun only spoken with
        spread("9 24 50 80.5", lower="20.25", median="37", upper="57.625", tail="71.35"),
        NOTHING,
    ),
    # --- contacts: 3 + 3 + 3 + 2 + 1 + 1 in 139 days; bo, cia, eva ---
    Key.CONTACTS_ON_BOARD: (part(13, Fraction(139, 7), Fraction(91, 139)), part(3, Fraction(98, 7), Fraction(3, 14))),
    # before ada's flag, dan twice, fia, in 350 - 139 days; dan in 336 - 98
    Key.CONTACTS_OFF_BOARD: (part(4, Fraction(211, 7), Fraction(28, 211)), part(1, Fraction(238, 7), Fraction(1, 34))),
    # ada, cia | bo, cia | bo, cia | bo, cia, of whom ada, bo and cia by two; bo, cia | bo, cia | cia | cia
    Key.SEEN_BY_TWO: (part(3, 8), part(0, 6)),
    # --- meetings: 12, 15, 19, 26 October, of which two; 7 December and not the 31st ---
    Key.MEETINGS_HELD: (part(2, 4), part(1, 2)),
    Key.MEETING_LENGTH: (
        spread("15 22.5 30", lower="18.75", median="22.5", upper="26.25", tail="28.5"),
        only("15"),
    ),
    Key.CLIENTS_DISCUSSED: (part(7, 8), part(2, 2)),
    # --- what is owed ---
    Key.CRISIS_PLAN: (part(1, 2), part(1, 2)),  # ada the first time; bo, who declined
    Key.INFORMED: (part(2, 4), part(0, 0)),  # ada by the second flag, gun
    Key.INFORMED_HOW: (
        {"yes": (2,), "no": (1,), "not_possible": (1,), "unknown": (0,)},
        {"yes": (0,), "no": (0,), "not_possible": (0,), "unknown": (0,)},
    ),
    Key.REVIEWS_OVERDUE: (part(0, 3), part(1, 1)),  # cia since 10 December
    # ada 20 to 25 October, bo 24 to 26 November, cia 16 to 19 October; bo 22 December to 10 January, cia from the 11th
    Key.OVERDUE_TIME: (part(6 + 3 + 4, 139), part(20 + 52, 98)),
    # --- hospital: dan 10 nights, fia 7, gun 3 until the enrolment ended; fia 28, cia 12 ---
    Key.ADMISSIONS: (many(3), many(1)),
    Key.ADMITTED_CLIENTS: (many(3), many(2)),
    Key.BED_DAYS: (many(20), many(40)),
    # --- not met for long: eva 1, bo 13, cia 31; cia 30 ---
    Key.WITHOUT_CONTACT_ON: (spread("1 13 31", lower="7", median="13", upper="22", tail="27.4"), only("30")),
    # ada 18, fia 35, dan 49; dan 31, bo 32, eva 55, ada 74, fia 91
    Key.WITHOUT_CONTACT_OFF: (
        spread("18 35 49", lower="26.5", median="35", upper="42", tail="46.2"),
        spread("31 32 55 74 91", lower="32", median="55", upper="74", tail="84.2"),
    ),
    # --- DACTS: six clients, posts 5 + 5 + 3 days; the history is too short for H5 and S2 ---
    Key.DACTS_H1: (part(6, Fraction(13, 5)), part(6, Fraction(13, 5))),
    Key.DACTS_H2: (part(3, 8), part(0, 6)),
    Key.DACTS_H3: (part(3, 8), part(1, 8)),
    Key.DACTS_H5: (part(0, 0), part(0, 0)),
    Key.DACTS_S1: (part(9, 12), part(2, 3)),
    Key.DACTS_S2: (part(0, 0), part(0, 0)),
    Key.DACTS_S5: (part(12, Fraction(350, 7), Fraction(6, 25)), part(3, Fraction(336, 7), Fraction(1, 16))),
}

LEFT_OPEN = {Key.AGAIN_90: (1, 2), Key.AGAIN_30: (0, 1), Key.MEETINGS_HELD: (0, 1)}
MISSED = {Key.FLAG_TO_TAKEN: (1, 0), Key.FLAG_TO_SEEN: (1, 0)}
POINTS = {  # 2.3 clients a post; 37 %; less than two meetings a month; 75 % and 67 %; less than one contact a week
    Key.DACTS_H1: (5, 5),
    Key.DACTS_H2: (3, 1),
    Key.DACTS_H3: (1, 1),
    Key.DACTS_S1: (4, 4),
    Key.DACTS_S5: (1, 1),
}


def material(period: Period) -> Material:
    """All that the history adds up to: the figures take of it what is theirs."""
    found = rebuild(TEAM, history())
    episodes: dict[Kind, list[Episode]] = {kind: [] for kind in SHAPES}
    for course in found.courses.values():
        for one in course.changed.values():
            episodes[one.kind].append(one)
    last: dict[str, object] = {}
    bare = Material(SETTINGS, tuple(one.code for one in STANDARD_CATEGORIES), period, NOW)
    contacts = tuple(sorted(found.contacts.values(), key=lambda one: one.happened))
    for one in contacts:
        if one.happened < bare.until and one.kind.value != "tried_and_missed":
            last[one.client] = one.happened
    return replace(
        bare,
        stays=tuple(episodes[Kind.STAY]),  # type: ignore[arg-type]
        admissions=tuple(episodes[Kind.ADMISSION]),  # type: ignore[arg-type]
        in_care=tuple(episodes[Kind.IN_CARE]),  # type: ignore[arg-type]
        meetings=tuple(episodes[Kind.MEETING]),  # type: ignore[arg-type]
        in_team=tuple(episodes[Kind.IN_TEAM]),  # type: ignore[arg-type]
        contacts=contacts,
        last_contacts=last,  # type: ignore[arg-type]
        words=WORDS,
        known_since=found.team.began if found.team else None,
    )


@pytest.fixture(scope="module", params=[(AUTUMN, 0), (WINTER, 1)], ids=["autumn", "winter"])
def counted(request: pytest.FixtureRequest) -> tuple[Material, int]:
    period, place = request.param
    return material(period), place


def test_every_figure_is_on_paper() -> None:
    assert [*ON_PAPER] == [*Key]


@pytest.mark.parametrize("key", Key)
def test_the_figure_agrees_with_the_paper(counted: tuple[Material, int], key: Key) -> None:
    m, place = counted
    figure, worked = figures(m)[key], ON_PAPER[key][place]
    if isinstance(worked, dict):
        assert isinstance(figure.value, Table)
        assert {line.key: line.cells for line in figure.value.lines} == worked
        assert all(len(line.cells) == len(figure.value.columns) for line in figure.value.lines)
    else:
        assert figure.value == worked
    assert figure.left_open == LEFT_OPEN.get(key, (0, 0))[place]
    assert figure.missed == MISSED.get(key, (0, 0))[place]
    assert figure.score == POINTS.get(key, (None, None))[place]


def test_what_was_entered_in_error_or_undone_stands_behind_no_figure(counted: tuple[Material, int]) -> None:
    m, _ = counted
    stays = {one.id for figure in figures(m).values() for one in figure.behind if one.kind is Kind.STAY}
    assert stays <= {"s1", "s2", "s3", "s4", "s6", "s7"}
    assert "hal" not in {one.client for figure in figures(m).values() for one in figure.behind}


SHARES = (  # the part is how many of those behind count, the whole how many there are
    Key.AGAIN_30, Key.AGAIN_90, Key.SEEN_BY_TWO, Key.MEETINGS_HELD, Key.CRISIS_PLAN, Key.INFORMED, Key.REVIEWS_OVERDUE,
    Key.DACTS_H2, Key.DACTS_S2,
)  # fmt: skip
SUMS = (  # the part, or the number itself, is what those behind add
    Key.CASELOAD_SHARE, Key.CONTACTS_ON_BOARD, Key.CONTACTS_OFF_BOARD, Key.OVERDUE_TIME, Key.BED_DAYS, Key.DACTS_S5,
)  # fmt: skip


def test_what_stands_behind_a_figure_adds_up_to_it(counted: tuple[Material, int]) -> None:
    for key, figure in figures(counted[0]).items():
        value, numbers = figure.value, [one.value for one in figure.behind if isinstance(one.value, Fraction)]
        if isinstance(value, Distribution):
            assert tuple(sorted(numbers)) == value.values, key
            assert numbers == sorted(numbers, reverse=True), key  # the longest first
        elif isinstance(value, Number) and key in SHARES:
            assert (value.part, value.whole) == (sum(one.counts for one in figure.behind), len(figure.behind)), key
        elif isinstance(value, Number) and key in SUMS:
            assert (value.value if value.part is None else value.part) == sum(numbers), key
        elif isinstance(value, Number) and value.part is None and key is not Key.ADMITTED_CLIENTS:
            assert value.value == len(figure.behind), key
        elif isinstance(value, Table) and "stays" in value.columns and key is not Key.KEPT_ON:
            counted_by = [sum(one.value == line.key for one in figure.behind) for line in value.lines]
            assert counted_by == [line.cells[value.columns.index(Head.STAYS)] for line in value.lines], key
    for key in (Key.KEPT_ON, Key.OVERDUE_TIME, Key.REVIEWS_OVERDUE):
        assert all(one.counts is (one.value != 0) for one in figures(counted[0])[key].behind), key
        assert all(isinstance(one.value, Fraction) and one.value >= 0 for one in figures(counted[0])[key].behind), key

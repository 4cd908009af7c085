"""Periods, points, what is hidden where a figure leaves the team, and the items that look back for years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from factboard.domain import events as e
from factboard.domain.statistics import (
    BANDS,
    DEFINITIONS,
    SMALL,
    SOURCES,
    Behind,
    Distribution,
    Figure,
    Group,
    Head,
    Key,
    Kind,
    Line,
    Material,
    Number,
    Period,
    Rule,
    Table,
    Unit,
    figures,
    masked,
)
from factboard.domain.statistics.episodes import Contact, InCare, InTeam, Post
from factboard.domain.statistics.shapes import spread

STOCKHOLM = e.Settings("Team Kusten")
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


# --- periods --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "end", "before"),
    [
        ("2026-10-12", "2026-12-07", "2026-08-17"),  # as many days
        ("2026-03-01", "2026-04-01", "2026-02-01"),  # a month is the month before, however long
        ("2026-01-01", "2026-04-01", "2025-10-01"),
        ("2026-01-01", "2027-01-01", "2025-01-01"),
        ("2026-12-01", "2027-02-01", "2026-10-01"),
    ],
)
def test_the_period_before_ends_where_this_one_begins(first: str, end: str, before: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(end))
    assert period.previous == Period(date.fromisoformat(before), period.first)


def test_a_period_begins_and_ends_at_the_teams_own_midnights() -> None:
    period = Period(date(2026, 10, 25), date(2026, 10, 26))  # summer time ends: a day of 25 hours
    assert period.begins(STOCKHOLM) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert period.ends(STOCKHOLM) - period.begins(STOCKHOLM) == timedelta(hours=25)
    assert (YEAR.last, YEAR.days) == (date(2026, 12, 31), 365)


@pytest.mark.parametrize(
    "period", [YEAR, Period(date(2026, 10, 15), date(2026, 11, 19)), Period(date(2026, 5, 6), date(2026, 5, 7))]
)
def test_its_spans_follow_each_other_from_the_first_day_to_the_last(period: Period) -> None:
    spans = list(period.spans())
    assert spans[0].first == period.first
    assert spans[-1].end == period.end
    assert all(one.end == other.first for one, other in pairwise(spans))
    assert all(one.first.weekday() == 0 or one.first.day == 1 for one in spans[1:])


# --- points ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "values"),  # of each item the worst value of 1 point, then both ends of 2, 3, 4, then of 5
    [
        (Key.DACTS_H1, ("50", "49 35", "34 21", "20 11", "10")),
        (Key.DACTS_H2, ("0.09", "0.10 0.36", "0.37 0.63", "0.64 0.89", "0.90")),
        (Key.DACTS_H3, ("0.25", "0.5 0.9", "1 1.9", "2 3.9", "4")),
        (Key.DACTS_H5, ("0.81", "0.80 0.60", "0.59 0.40", "0.39 0.20", "0.19")),
        (Key.DACTS_S1, ("0.19", "0.20 0.39", "0.40 0.59", "0.60 0.79", "0.80")),
        (Key.DACTS_S2, ("0.49", "0.50 0.64", "0.65 0.79", "0.80 0.94", "0.95")),
        (Key.DACTS_S5, ("0.9", "1 1.9", "2 2.9", "3 3.9", "4")),
    ],
)
def test_points_are_those_of_the_published_bands(key: Key, values: tuple[str, ...]) -> None:
    for points, edges in enumerate(values, 1):
        assert {BANDS[key].score(Fraction(value)) for value in edges.split()} == {points}


def test_bands_that_were_not_read_in_the_scale_say_so() -> None:
    from_memory = {key for key, bands in BANDS.items() if bands.from_memory}
    assert from_memory == {Key.DACTS_S1, Key.DACTS_S2, Key.DACTS_S5}
    for key in from_memory:
        assert all(SOURCES[source].from_memory for source in DEFINITIONS[key].sources)


def test_every_figure_has_its_rules_and_sources() -> None:
    assert [*DEFINITIONS] == [*Key]
    assert all(known.rules and known.sources for known in DEFINITIONS.values())
    assert {known.group for known in DEFINITIONS.values()} == {*Group}
    assert {rule for known in DEFINITIONS.values() for rule in known.rules} == {*Rule}
    assert {known.unit for known in DEFINITIONS.values()} == {*Unit}
    assert {key for key, known in DEFINITIONS.items() if known.group is Group.DACTS} == {*BANDS}


# --- small numbers --------------------------------------------------------------------------------------------


def behind(many: int, counting: int | None = None, value: str | None = None) -> tuple[Behind, ...]:
    counting = many if counting is None else counting
    return tuple(Behind(Kind.STAY, f"s{n}", f"c{n}", value=value, counts=n < counting) for n in range(many))


def share(part: int, whole: int) -> Figure:
    number = Number(Fraction(part, whole), Fraction(part), Fraction(whole))
    return Figure(Key.CRISIS_PLAN, number, behind(whole, part), left_open=2, missed=7)


SIDES = [(5, 10, True), (0, 10, True), (10, 10, True), (4, 10, False), (6, 10, False), (2, 4, False)]


@pytest.mark.parametrize(("part", "whole", "shown"), SIDES)
def test_a_share_is_hidden_where_one_side_of_it_is_one_to_four_clients(part: int, whole: int, shown: bool) -> None:
    found = masked(share(part, whole))
    assert found.value == (share(part, whole).value if shown else Number(None))
    assert found.behind == ()
    assert (found.left_open, found.missed, found.masked) == (None, 7, True)


def test_the_points_of_a_hidden_figure_stay_where_five_clients_or_more_stand_behind_them() -> None:
    for part, whole, points in ((1, 5, 4), (0, 4, None)):
        found = masked(replace(share(part, whole), score=4))
        assert (found.value, found.score) == (Number(None), points)


def test_many_times_of_few_clients_are_few() -> None:
    same = tuple(replace(one, client="c0") for one in behind(9))
    assert masked(Figure(Key.PUT_ON, Number(Fraction(9)), same)).value == Number(None)
    assert masked(Figure(Key.PUT_ON, Number(Fraction(9)), behind(9))).value == Number(Fraction(9))


def test_a_distribution_keeps_its_middle_and_loses_its_edges() -> None:
    long = spread(map(Fraction, range(20)))
    shown = masked(Figure(Key.TIME_ON_BOARD, long, behind(20))).value
    assert shown == Distribution(20, long.lower, long.median, long.upper)
    longer = spread(map(Fraction, range(50)))
    assert masked(Figure(Key.TIME_ON_BOARD, longer, behind(50))).value == replace(longer, longest=None, values=())
    assert masked(Figure(Key.TIME_ON_BOARD, long, behind(SMALL - 1))).value == Distribution()


def test_a_hidden_cell_cannot_be_worked_out_from_the_rest_of_its_column() -> None:
    def table(*cells: int | None) -> Table:
        lines = (Line(str(n), (None if cell is None else Fraction(cell),)) for n, cell in enumerate(cells))
        return Table(Head.SOURCE, (Head.FLAGS,), tuple(lines))

    for cells, shown in (
        ((12, 3, 7, 0), (12, None, None, 0)),
        ((12, 3, 2, 7), (12, None, None, 7)),
        ((12, 9, 7, 0), (12, 9, 7, 0)),
        ((3,), (None,)),
    ):
        assert masked(Figure(Key.FLAG_SOURCES, table(*cells), behind(20))).value == table(*shown)


def test_what_a_line_of_few_clients_is_made_of_is_hidden_with_it() -> None:
    cells = tuple(map(Fraction, (6, 10, 20, 30, 99)))
    columns = (Head.STAYS, Head.LOWER, Head.MEDIAN, Head.UPPER, Head.LONGEST)
    table = Table(Head.CATEGORY, columns, (Line("a", cells), Line("b", cells)))
    figure = Figure(Key.TIME_BY_CATEGORY, table, (*behind(6, value="a"), *behind(3, value="b")))
    value = masked(figure).value
    assert isinstance(value, Table)
    assert [line.cells for line in value.lines] == [(*cells[:4], None), (Fraction(6), None, None, None, None)]


def test_what_meetings_alone_stand_behind_is_shown() -> None:
    held = Figure(Key.MEETINGS_HELD, Number(Fraction(1, 2), Fraction(1), Fraction(2)), (Behind(Kind.MEETING, "m"),))
    assert masked(held).value == held.value


# --- years back -----------------------------------------------------------------------------------------------


def on(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def bare(**known: object) -> Material:
    m = Material(STOCKHOLM, (), YEAR, on("2027-02-01"), known_since=on("2024-01-02"))
    return replace(m, **known)  # type: ignore[arg-type]


def test_turnover_is_who_left_in_two_years_of_how_many_there_are() -> None:
    def member(id: str, began: str, ended: str | None = None, role: e.Role = e.Role.CLINICIAN) -> InTeam:
        return InTeam(id, id, on(began), (Post(on(began), role, 5),), on(ended) if ended else None)

    staff = (
        member("a", "2024-01-02"),
        member("b", "2024-01-02", "2025-06-01"),
        member("c", "2024-01-02", "2024-06-01"),  # before the two years
        member("d", "2025-06-02"),
        member("e", "2025-06-02", "2026-03-01"),
        member("f", "2024-01-02", "2027-01-15"),  # after them
        member("g", "2024-01-02", "2025-06-01", e.Role.AUDITOR),
    )
    found = figures(bare(in_team=staff))[Key.DACTS_H5]
    assert found.value == Number(Fraction(2, 3), Fraction(2), Fraction(3))  # b, e of (a b f + a d f) / 2
    assert found.score == 2
    short = figures(bare(in_team=staff, known_since=on("2025-01-02")))[Key.DACTS_H5]
    assert (short.value, short.too_short) == (Number(None, Fraction(0), Fraction(0)), True)


def test_retention_forgives_who_died_was_done_or_went_over_and_counts_who_came_back() -> None:
    reason = e.EndReason
    ends = (None, reason.DIED, reason.COMPLETED, reason.OTHER_TEAM, reason.MOVED, reason.OTHER, reason.OTHER)
    care = [
        InCare(f"i{n}", f"c{n}", on("2025-01-01"), on("2026-05-01") if why else None, why) for n, why in enumerate(ends)
    ]
    care.append(InCare("again", "c6", on("2026-08-01")))
    care.append(InCare("later", "c8", on("2026-03-01"), on("2026-05-01"), reason.OTHER))  # not there a year ago
    found = figures(bare(in_care=tuple(care)))[Key.DACTS_S2]
    assert found.value == Number(Fraction(5, 7), Fraction(5), Fraction(7))
    assert {one.client for one in found.behind if not one.counts} == {"c4", "c5"}
    assert found.score == 3


def test_a_period_that_has_not_begun_has_nothing_to_count() -> None:
    m = bare(period=Period(date(2028, 1, 1), date(2028, 2, 1)), in_care=(InCare("i", "c", on("2025-01-01")),))
    m = replace(m, contacts=(Contact("c", on("2027-01-31"), e.ContactKind.HOME, ("anna",)),))
    found = figures(m)
    assert found[Key.CASELOAD_SHARE].value == Number(None, Fraction(0), Fraction(0))
    assert found[Key.CONTACTS_OFF_BOARD].value == Number(None, Fraction(0), Fraction(0))
    assert found[Key.DACTS_H3].score is None

"""The picture of a course: numbers in, shapes out."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as some

from factboard.web.story.picture import Bar, Box, Dot, Given, Picture, Point, Strip, Text, Tick, Trace, draw, far, near
from factboard.web.story.picture.labels import ROWS, labelled, signed, wide

MONDAY = date(2026, 11, 23).toordinal()
LEVELS = tuple((name, name) for name in ("worse", "unchanged", "better", "usual"))


def course(days: int, *points: Point, bars: tuple[Bar, ...] = (), first: int = MONDAY) -> Given:
    return Given(first, first + days - 1, points=points, bars=bars, levels=LEVELS)


T = TypeVar("T")


def shapes(kind: type[T], strip: Strip) -> list[T]:
    return [one for one in strip.shapes if isinstance(one, kind)]


def dots(picture: Picture) -> list[list[Dot]]:
    return [shapes(Dot, strip) for strip in picture.strips]


@given(some.integers(0, 6), some.integers(1, 1_500), some.sampled_from([348.0, 1120.0]))
def test_every_day_stands_on_one_line_each_line_begins_on_a_monday_and_none_is_too_narrow(
    weekday: int, days: int, width: float
) -> None:
    first = MONDAY + weekday
    lines = near(first, first + days - 1, width, 0)
    assert lines[0].first <= first
    assert lines[-1].end > first + days - 1
    assert all(one.end == other.first for one, other in pairwise(lines))
    assert {(line.first - MONDAY) % 7 for line in lines} == {0}
    assert all(line.day >= 6 and line.right <= width + 0.1 for line in lines)
    assert lines[-1].first <= first + days - 1  # no line stands empty


@pytest.mark.parametrize(
    ("first", "last", "width", "begin"),
    [
        (date(2026, 6, 10), date(2026, 11, 27), 1120.0, ["2026-06-01"]),  # less than a line: as it is
        (date(2025, 9, 29), date(2026, 11, 27), 1120.0, ["2025-01-01", "2026-01-01"]),  # years under one another
        (date(2026, 6, 10), date(2026, 11, 27), 348.0, ["2026-06-01"]),
        (date(2025, 9, 29), date(2026, 11, 27), 348.0, ["2025-07-01", "2026-01-01", "2026-07-01"]),  # halves of years
    ],
)
def test_from_afar_a_line_is_whole_months_and_what_is_longer_stands_in_years(
    first: date, last: date, width: float, begin: list[str]
) -> None:
    lines = far(first.toordinal(), last.toordinal(), width, 0)
    assert [date.fromordinal(line.first).isoformat() for line in lines] == begin
    assert lines[-1].end > last.toordinal()
    assert all(one.end == other.first for one, other in pairwise(lines))


@given(some.lists(some.floats(0, 399), min_size=1, max_size=60), some.sampled_from([348.0, 1120.0]))
def test_each_moment_is_drawn_once_and_within_its_line(moments: list[float], width: float) -> None:
    points = [Point("contacts", "contact", MONDAY + at, seq, "s-circle") for seq, at in enumerate(sorted(moments), 1)]
    picture = draw(course(400, *points), width, closely=True)
    drawn = [dot.seq for strip in dots(picture) for dot in strip]
    assert sorted(drawn, key=str) == sorted(range(1, len(moments) + 1), key=str)
    for strip in picture.strips:
        assert all(0 <= dot.x <= width and 0 <= dot.y <= strip.height for dot in shapes(Dot, strip))


def test_the_better_the_rating_the_higher_it_stands() -> None:
    points = [Point("ratings", LEVELS[n][0], MONDAY + n, n, "s-circle", level=n + 1) for n in range(4)]
    (found,) = dots(draw(course(7, *points), 1120.0, closely=True))
    assert [dot.seq for dot in sorted(found, key=lambda dot: -dot.y)] == [0, 1, 2, 3]


def test_ratings_are_joined_within_a_time_on_the_board_and_over_the_end_of_a_line() -> None:
    at = [MONDAY, MONDAY + 100, MONDAY + 200, MONDAY + 230]
    points = [Point("ratings", "usual", when, n, "s-circle", level=4, rank=n // 3) for n, when in enumerate(at)]
    picture = draw(course(300, *points), 1120.0, closely=True)
    traces = [[one for one in shapes(Trace, strip) if one.kind == "gap"] for strip in picture.strips]
    assert [len(found) for found in traces] == [1, 1, 0]  # nothing from the third to the fourth: another time
    assert traces[0][0].points[-1][0] == pytest.approx(1119, abs=1)  # to the edge, and on from it
    assert traces[1][0].points[0][0] == pytest.approx(106, abs=1)


def test_the_way_between_two_ratings_is_drawn_as_known_for_a_week_and_no_longer() -> None:
    at = [MONDAY, MONDAY + 7, MONDAY + 15]
    points = [Point("ratings", "worse", when, n, "s-circle", level=1) for n, when in enumerate(at)]
    (strip,) = draw(course(30, *points), 1120.0, closely=True).strips
    assert [one.kind for one in shapes(Trace, strip)] == ["away", "ratings", "gap"]


@given(some.lists(some.tuples(some.floats(0, 1_000), some.integers(0, 2), some.integers(1, 24)), max_size=30))
def test_no_two_labels_cover_one_another_and_no_stem_runs_through_words(many: list[tuple[float, int, int]]) -> None:
    points = [(x, Point("key", "k", x, label="m" * length, rank=rank)) for x, rank, length in many]
    found = labelled(points, 1_120.0)
    assert all(0 <= one.row < ROWS for one in found)
    spans = [(one, one.x, one.x + wide(one.point.label)) for one in found if not one.before]
    for (one, left, right), (other, begin, end) in combinations(spans, 2):
        if one.row == other.row:
            assert right <= begin or end <= left
        low, high = (one, other) if one.row < other.row else (other, one)
        first, last = (left, right) if low is one else (begin, end)
        assert not first < high.x < last or high.row == low.row


def test_the_least_important_gives_way_first() -> None:
    points = [(float(n), Point("key", "k", n, seq=n, label="words words", rank=2 if n == 3 else 0)) for n in range(5)]
    assert 3 not in {one.point.seq for one in labelled(points, 1_120.0)}
    same = [(10.0, Point("key", "k", 0, seq=seq, rank=seq)) for seq in range(5)]
    assert [one.seq for _, one in signed(same, 13.0)] == [2, 0, 1]  # beside the most important, two at most


def test_a_band_is_cut_at_the_end_of_a_line_and_goes_on_in_the_next() -> None:
    bar = Bar("board", "band", MONDAY + 1, MONDAY + 180, 7, "short-term intensive", colour="red")
    picture = draw(course(190, bars=(bar,)), 1120.0, closely=True)
    boxes = [[box for box in shapes(Box, strip) if box.kind == "band"] for strip in picture.strips]
    assert [len(found) for found in boxes] == [1, 1]
    assert boxes[0][0].x + boxes[0][0].width == pytest.approx(1119, abs=1)
    assert boxes[1][0].x == pytest.approx(106, abs=1)
    assert boxes[0][0].colour == "red"


def test_a_week_with_more_contacts_has_a_higher_bar_and_attempts_are_none() -> None:
    points = [Point("contacts", "contact", MONDAY + n / 10, n) for n in range(6)]
    points += [Point("contacts", "contact", MONDAY + 7, 7), Point("contacts", "tried", MONDAY + 14, 8)]
    (strip,) = draw(course(60, *points), 1120.0, closely=False).strips
    bars = [box for box in shapes(Box, strip) if box.kind == "met"]
    assert [box.title for box in bars] == ["6", "1"]
    assert bars[0].height > bars[1].height


def test_a_line_that_begins_within_a_month_says_which() -> None:
    first = MONDAY - 7
    months = (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1))
    ticks = tuple(Tick(day.toordinal(), f"{day:%B}", strong=True) for day in months)
    given_ = Given(first, first + 200, ticks=ticks, levels=LEVELS)
    strips = draw(given_, 1120.0, closely=True).strips
    named = [
        [text.text for text in sorted(shapes(Text, strip), key=lambda text: text.x) if text.kind == "month"]
        for strip in strips
    ]
    assert named[0] == ["November", "December", "January"]
    assert named[1] == ["January"]


def test_long_or_empty_nothing_breaks() -> None:
    for days in (1, 8, 4_000):
        for closely in (True, False):
            for width in (348.0, 1120.0):
                picture = draw(course(days), width, closely=closely)
                assert picture.strips
                assert all(strip.height > 0 for strip in picture.strips)

"""What is evidence of stability, and what begins it anew (design 5): "says, situation, expected", a table a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest

from factboard.domain import events as e
from factboard.domain.events import Basis, Need, Rating
from tests.domain.stepdown.given import (
    BETTER,
    CLIENT,
    NO_BASIS,
    NOT_ASSESSED,
    SEEN,
    SPOKEN_WITH,
    TOLD,
    UNCHANGED,
    USUAL,
    WORSE,
    Life,
    on_board,
    ready,
    together,
)
from tests.domain.stepdown.world import NOW, SETTINGS, TICK, local

Row = tuple[str, Life, tuple[int, int, int]]


def counted(life: Life) -> tuple[int, int, int]:
    """How many ratings count, by how many people, over how many days."""
    ratings, raters, days = (life.finding(need).have for need in (Need.RATINGS, Need.RATERS, Need.DAYS))
    return ratings, raters, days


def table(rows: Sequence[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("life", "expected"), [row[1:] for row in rows], ids=[row[0] for row in rows])


@pytest.mark.parametrize(
    ("rating", "basis", "is_evidence"),
    [
        (USUAL, SEEN, True),
        (USUAL, SPOKEN_WITH, True),
        (USUAL, TOLD, False),
        (BETTER, SEEN, False),
        (BETTER, SPOKEN_WITH, False),
        (BETTER, TOLD, False),
        (UNCHANGED, SEEN, False),
        (UNCHANGED, SPOKEN_WITH, False),
        (UNCHANGED, TOLD, False),
        (WORSE, SEEN, False),
        (WORSE, SPOKEN_WITH, False),
        (WORSE, TOLD, False),
        (NOT_ASSESSED, NO_BASIS, False),
    ],
)
def test_only_at_usual_level_by_somebody_who_met_them_is_evidence(
    rating: Rating, basis: Basis, is_evidence: bool
) -> None:
    life = on_board().rated("anna", rating, basis, days_ago=2)
    assert counted(life)[0] == is_evidence


COUNTED = [
    ("nobody has rated them", on_board(), (0, 0, 0)),
    ("one rating is no time at all", on_board().rated("anna", days_ago=9), (1, 1, 0)),
    ("twice by one is one person", on_board().rated("anna", days_ago=9).rated("anna", days_ago=4), (2, 1, 5)),
    ("two people on one day", on_board().rated("anna", days_ago=2).rated("lars", days_ago=1.9), (2, 2, 0)),
    ("from the first to the newest", on_board().rated("lars", days_ago=9).rated("anna", days_ago=2), (2, 2, 7)),
    ("one between the two adds no day",
     on_board().rated("lars", days_ago=9).rated("anna", days_ago=5).rated("lars", days_ago=2), (3, 2, 7)),
    ("twenty minutes over midnight are a day",
     on_board().rated("lars", days_ago=2 + 10 / 24).rated("anna", days_ago=2 + 9 / 24), (2, 2, 1)),
    ("it is the person who was there, not who typed it",
     on_board().then(e.Rated(USUAL, SEEN, "anna", NOW - timedelta(days=2)), days_ago=2, by="lars")
     .rated("anna", days_ago=1), (2, 1, 1)),
    ("of somebody who has left the team since it stays so",
     on_board().rated("lars", days_ago=9).rated("anna", days_ago=2).member("lars", left=True), (2, 2, 7)),
    ("written down 72 hours later it counts", on_board().rated("anna", days_ago=5, hours_late=72), (1, 1, 0)),
    ("written down a second later than that it does not",
     on_board().rated("anna", days_ago=5, hours_late=72 + 1 / 3600), (0, 0, 0)),
    ("from before they were on the board it does not", on_board(days_ago=4).rated("anna", days_ago=4.1), (0, 0, 0)),
    ("undone it never was", on_board().rated("lars", days_ago=9).rated("anna", days_ago=2).undone(), (1, 1, 0)),
]  # fmt: skip


@table(COUNTED)
def test_ratings_people_and_days_are_counted(life: Life, expected: tuple[int, int, int]) -> None:
    assert counted(life) == expected


def two(*, days_ago: float) -> Life:
    """One rating nine days ago and one yesterday; what is told next happens in between."""
    return on_board(days_ago=20).rated("lars", days_ago=9).rated("anna", days_ago=days_ago)


ANEW = [
    ('"worse", seen', two(days_ago=1).rated("lars", WORSE, days_ago=5), (1, 1, 0)),
    ('"worse", spoken with', two(days_ago=1).rated("lars", WORSE, SPOKEN_WITH, days_ago=5), (1, 1, 0)),
    ('"worse", told by others', two(days_ago=1).rated("lars", WORSE, TOLD, days_ago=5), (1, 1, 0)),
    ('"worse", written down a week late', two(days_ago=1).rated("lars", WORSE, days_ago=8, hours_late=168), (1, 1, 0)),
    ('"worse" now leaves nothing', two(days_ago=1).rated("lars", WORSE), (0, 0, 0)),
    ('"worse" at the very moment of a good one', two(days_ago=1).rated("lars", WORSE, days_ago=1), (0, 0, 0)),
    ('"worse" from before the first is known already', two(days_ago=1).rated("lars", WORSE, days_ago=10), (2, 2, 8)),
    ('"worse", and it was undone', two(days_ago=1).rated("lars", WORSE, days_ago=5).undone(), (2, 2, 8)),
    ('"unchanged" in between begins nothing anew', two(days_ago=1).rated("lars", UNCHANGED, days_ago=5), (2, 2, 8)),
    ('"better" in between begins nothing anew', two(days_ago=1).rated("lars", BETTER, days_ago=5), (2, 2, 8)),
    ("a new flag", two(days_ago=1).flagged_again(days_ago=5), (1, 1, 0)),
    ("a new flag a minute ago", two(days_ago=1).flagged_again(days_ago=1 / 1440), (0, 0, 0)),
    ("seen before the flag, written down after it",
     on_board().flagged_again(days_ago=2).rated("anna", days_ago=2.1, hours_late=24), (0, 0, 0)),
    ("another category", two(days_ago=1).moved_to("law", days_ago=5), (1, 1, 0)),
    ("a discharge", two(days_ago=1).admitted(days_ago=7).discharged(days_ago=5), (1, 1, 0)),
    ("seen on the day of the discharge: that day is the ward's",
     on_board().rated("anna", days_ago=4.7).discharged(days_ago=5), (0, 0, 0)),
    ("seen on the first day at home", on_board().rated("anna", days_ago=4).discharged(days_ago=5), (1, 1, 0)),
    ("taking the flag is no news", two(days_ago=1).then(e.Taken(), days_ago=5), (2, 2, 8)),
    ("another day for the review renews nothing",
     two(days_ago=1).then(e.ReviewSet(NOW.date()), days_ago=5), (2, 2, 8)),
    ("a contact without a rating says nothing of how they are", two(days_ago=1).met("lars", days_ago=5), (2, 2, 8)),
]  # fmt: skip


@table(ANEW)
def test_what_begins_the_evidence_anew(life: Life, expected: tuple[int, int, int]) -> None:
    assert counted(life) == expected


def test_the_time_before_this_one_on_the_board_proves_nothing() -> None:
    life = ready().then(e.Returned("Sover igen"), days_ago=0.9).then(e.PutOnBoard("stable", "Igen"), days_ago=0.5)
    assert counted(life) == (0, 0, 0)


@pytest.mark.parametrize("later", [1, 7, 30, 365])
def test_silence_adds_no_day_and_no_rating(later: int) -> None:
    world = on_board().rated("lars", days_ago=6).rated("anna", days_ago=2).world()
    before = {need: world.standing(CLIENT).finding(need) for need in (Need.RATINGS, Need.RATERS, Need.DAYS)}
    world.to(timedelta(days=later))
    assert {need: world.standing(CLIENT).finding(need) for need in before} == before
    assert before[Need.DAYS] == replace(before[Need.DAYS], met=False, have=4, of=7)  # type: ignore[type-var]


def test_rated_each_day_for_months_they_have_all_those_days() -> None:
    """A state keeps some sixty ratings: the first one, from which the days are counted, is among them."""
    daily = reduce(lambda life, n: life.rated("anna", days_ago=199 - n), range(200), on_board(days_ago=200))
    assert (daily.finding(Need.DAYS).have, daily.finding(Need.RATINGS).have) == (199, 60)
    for says, anew in (
        ("worse", daily.rated("lars", WORSE, days_ago=99.5)),
        ("flag", daily.flagged_again(days_ago=99.5)),
        ("category", daily.moved_to("law", days_ago=99.5)),
        ("discharge", daily.discharged(days_ago=100)),
    ):
        assert anew.finding(Need.DAYS).have == 99, says


def test_months_of_ratings_that_begin_with_one_that_is_no_evidence() -> None:
    life = on_board(days_ago=200).rated("lars", USUAL, TOLD, days_ago=150)
    life = reduce(lambda life, n: life.rated("anna", days_ago=99 - n), range(100), life)
    assert life.finding(Need.DAYS).have == 99


def test_days_are_the_teams_own_over_the_end_of_summer_time() -> None:
    """Saturday 23:30 to Sunday 23:30 is a day of 25 hours, and one midnight."""
    first, newest = local("2026-10-24 23:30"), local("2026-10-25 23:30")
    assert newest - first == timedelta(hours=25)
    life = on_board(days_ago=60)
    for by, at in (("lars", first), ("anna", newest)):
        life = replace(life, told=(*life.told, (at, by, e.Rated(USUAL, SEEN, by, at), True)))
    assert counted(life) == (2, 2, 1)
    world = together(replace(SETTINGS, time_zone="UTC"), stina=life)
    assert (found := world.standing(CLIENT).finding(Need.DAYS))
    assert found.have == 1


def test_worse_counts_though_the_clock_was_set_back_behind_it() -> None:
    world = ready().rated("lars", WORSE).world()
    world.now -= timedelta(hours=1)
    assert (found := world.standing(CLIENT).finding(Need.RATINGS))
    assert found.have == 0


def test_a_rating_ahead_of_the_clock_is_no_evidence_yet() -> None:
    world = on_board().rated("lars").world()
    for at, have in ((NOW - TICK, 0), (NOW, 1)):
        world.now = at
        assert (found := world.standing(CLIENT).finding(Need.RATINGS))
        assert found.have == have


@pytest.mark.parametrize(
    ("says", "life", "missing"),
    [
        ("all of it", ready(), set()),
        ("a rating too few", on_board().rated("anna", days_ago=9).rated("lars", days_ago=1), {Need.RATINGS}),
        ("one person's word only",
         on_board().rated("anna", days_ago=9).rated("anna", days_ago=5).rated("anna", days_ago=1), {Need.RATERS}),
        ("six days for seven",
         on_board().rated("anna", days_ago=7).rated("lars", days_ago=5).rated("anna", days_ago=1), {Need.DAYS}),
        ("seven days for seven",
         on_board().rated("anna", days_ago=8).rated("lars", days_ago=5).rated("anna", days_ago=1), set()),
        ("a policy that asks for four ratings", ready().policy(stable_ratings=4), {Need.RATINGS}),
        ("a policy that asks for three people", ready().policy(raters=3), {Need.RATERS}),
        ("a policy that asks for nine days", ready().policy(stable_days=9), {Need.DAYS}),
        ("a policy that asks for less", on_board().rated("anna", days_ago=9).rated("lars", days_ago=1)
         .policy(stable_ratings=2), set()),
        ("old ratings are as good as new ones until the day of the return",
         on_board().rated("anna", days_ago=19).rated("lars", days_ago=12).rated("anna", days_ago=11), set()),
    ],
)  # fmt: skip
def test_the_policy_asks_for_so_many_by_so_many_over_so_long(says: str, life: Life, missing: set[Need]) -> None:
    assert life.missing() == missing

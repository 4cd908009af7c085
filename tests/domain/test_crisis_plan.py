"""The crisis plan: a flag without one makes a task, writing it does the task and counts as a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from factboard.domain import crisis_plan, documents, undo
from factboard.domain import events as e
from factboard.domain.events.contents import Kind, Together, WrittenCrisisPlan
from factboard.domain.offered import Near, Offer
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client, details, facts

DAY = timedelta(days=1)
PLAN = WrittenCrisisPlan(signs=("Sover inte",), others_do=("Ring mig",))
TASK = e.ActionAdded("id", "", "lars", TODAY + crisis_plan.WRITTEN_WITHIN, task=e.Task.CRISIS_PLAN)
MANAGED = a_client(case_manager="lars")


def written(given: Given, number: int = 1, review_by: date | None = None, **more: Any) -> Given:
    fact = e.DocumentWritten(Kind.CRISIS_PLAN, "crisis_plan", number, PLAN, Together.TOGETHER, review_by)
    return given.then(fact, **more)


def brought(given: Given) -> list[e.Fact]:
    """What the newest fact brings with it."""
    client = given.client
    assert client
    return [one.fact for one in crisis_plan.follows(given.team, [client], given.story[-1:], NOW, lambda: "id")]


ON_BOARD = MANAGED.on_board(ago=timedelta())
FLAGS = {
    "a flag without a plan": (ON_BOARD, [TASK]),
    "a new worry without one": (ON_BOARD.flagged_again(), [TASK]),
    "while the task is open": (ON_BOARD.then(TASK).flagged_again(), []),
    "ticked, and nothing written": (ON_BOARD.then(TASK).then(e.ActionDone("id", "")).flagged_again(), [TASK]),
    "with a plan": (written(MANAGED).on_board(ago=timedelta()), []),
    "from a file": (MANAGED.on_board(source=e.Source.IMPORT, ago=timedelta()), []),
    "a rating": (ON_BOARD.then(e.Rated(e.Rating.WORSE, e.Basis.SEEN, "anna", NOW)), []),
    "nobody coordinates": (a_client().on_board(ago=timedelta()), [replace(TASK, owner=None)]),
    "left from the last time": (ON_BOARD.then(TASK).then(e.Returned("Bra")).on_board(ago=timedelta()), []),
}  # fmt: skip


@pytest.mark.parametrize("name", FLAGS)
def test_a_flag_without_a_plan_makes_the_task_to_write_one(name: str) -> None:
    given, expected = FLAGS[name]
    assert brought(given) == expected


def test_the_task_goes_with_the_flag_that_made_it() -> None:
    flagged = MANAGED.on_board(by="anna", ago=timedelta())
    given = flagged.then(TASK, by="factboard")
    undone = undo.undo(given.case(seen=flagged.seq - 1), seq=flagged.seq)
    assert [one.fact for one in undone] == [e.Undone(flagged.seq, "put_on_board")]
    after = given.then(undone[0].fact, by="anna").client
    assert after
    assert (after.stay, after.actions_left) == (None, ())


@pytest.mark.parametrize(
    ("together", "reviewed"),
    [(Together.TOGETHER, True), (Together.READ, True), (Together.DECLINED, False), (Together.WITHOUT, None)],
)
def test_writing_it_counts_as_going_through_it_unless_it_was_without_the_client(
    together: Together, reviewed: bool | None
) -> None:
    given = ON_BOARD.then(TASK)
    again = TODAY + 180 * DAY
    entries = documents.write(
        given.case(), ref="crisis_plan", content=PLAN, together=together, based_on=0, review_by=again
    )
    review = [] if reviewed is None else [e.CrisisPlanReviewed(TODAY, reviewed, review_by=again)]
    assert facts(entries)[1:] == [*review, e.ActionDone("id", "", e.Task.CRISIS_PLAN)]


REVIEWED = e.CrisisPlanReviewed(TODAY, True)
REVIEWS = {
    "nothing written": (MANAGED, None),
    "written, no day said": (written(MANAGED), None),
    "written with a day": (written(MANAGED, review_by=TODAY + DAY), TODAY + DAY),
    "gone through since, with a new day": (
        written(MANAGED, review_by=TODAY).then(replace(REVIEWED, review_by=TODAY + 9 * DAY)),
        TODAY + 9 * DAY,
    ),
    "gone through on the day, no new day": (written(MANAGED, review_by=TODAY).then(REVIEWED), None),
    "gone through before the day": (written(MANAGED, review_by=TODAY + DAY).then(REVIEWED), TODAY + DAY),
    "written anew since": (
        written(MANAGED.then(replace(REVIEWED, review_by=TODAY + DAY)), review_by=TODAY + 30 * DAY),
        TODAY + 30 * DAY,
    ),
}


@pytest.mark.parametrize("name", REVIEWS)
def test_the_next_review_is_as_it_was_said_last(name: str) -> None:
    given, day = REVIEWS[name]
    client = given.client
    assert client
    assert crisis_plan.standing(client, TODAY).review_by == day
    if day:
        assert not crisis_plan.standing(client, day).overdue
        assert crisis_plan.standing(client, day + DAY).overdue


def test_a_phone_keeps_the_plans_of_ones_own_day_and_only_where_the_team_allows_it() -> None:
    allows = replace(TEAM, settings=replace(TEAM.settings, plans_on_phones=True))
    here, on_board = MANAGED.client, ON_BOARD.client
    assert here
    assert on_board
    hidden = replace(here, details=details(protected=True))
    kept = [
        (near, one.stay is not None)
        for near in Near
        for one in (here, on_board)
        if crisis_plan.on_phone(allows, Offer(one, near))
    ]
    assert kept == [(Near.TODAY, False), (Near.TODAY, True), (Near.OWN, True)]
    assert not crisis_plan.on_phone(allows, Offer(hidden, Near.TODAY))
    assert not crisis_plan.on_phone(TEAM, Offer(on_board, Near.TODAY))

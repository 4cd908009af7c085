"""What one fact changed, before and after side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from factboard.domain import changes
from factboard.domain import events as e
from tests.domain.given import TEAM, Given, a_client


def of_last(given: Given) -> dict[str, tuple[object, object]]:
    """What the newest fact changed."""
    before = replace(given, story=given.story[:-1]).client
    return {one.name: (one.before, one.after) for one in changes.of_client(before, given.client)}


def test_a_change_of_category_changes_that_and_the_review_day() -> None:
    given = a_client().on_board().then(e.Recategorised("admitted", "short_intensive", review_by=date(2026, 12, 1)))
    assert of_last(given) == {"category": ("short_intensive", "admitted"), "review_by": (None, date(2026, 12, 1))}


def test_a_return_takes_away_what_was_so_on_the_board() -> None:
    found = of_last(a_client().on_board().then(e.Returned("well", follow_up=date(2026, 11, 30), who="anna")))
    assert found["category"] == ("short_intensive", None)
    assert found["reason"] == ("Sover inte", None)
    assert found["follow_up"] == (None, date(2026, 11, 30))


def test_undoing_shows_the_way_back() -> None:
    assert of_last(a_client().on_board().then(e.Taken(), by="anna").undone()) == {"taken_by": ("anna", None)}


def test_of_what_there_are_several_only_the_changed_one_is_told() -> None:
    given = a_client().then(e.VisitPlanned("anna", date(2026, 11, 24))).then(e.VisitPlanned("lars", date(2026, 11, 25)))
    before, after = of_last(given)["visits"]
    assert before == ()
    assert [visit.who for visit in after] == ["lars"]  # type: ignore[attr-defined]


def test_a_fact_that_moves_nothing_changes_nothing() -> None:
    assert of_last(a_client().on_board().then(e.NoticeRead(3))) == {}


def test_a_setting_and_a_categorys_policy_are_told_field_by_field() -> None:
    later = replace(TEAM, settings=replace(TEAM.settings, return_time=time(14)))
    assert [(one.name, one.before, one.after) for one in changes.of_team(TEAM, later)] == [
        ("return_time", time(13), time(14))
    ]
    known = TEAM.categories["admitted"]
    stricter = replace(known, policy=replace(known.policy, raters=4))
    (one,) = changes.of_team(TEAM, replace(TEAM, categories=TEAM.categories | {"admitted": stricter}))
    assert (one.name, one.before, one.after, one.of) == ("raters", known.policy.raters, 4, stricter)

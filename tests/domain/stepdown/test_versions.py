"""Whatever is written by itself says by which rule, which policy and which factboard it was (hazard H15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from factboard.domain import events as e
from factboard.domain import placement, stepdown
from tests.domain.stepdown.given import CLIENT, WORSE, announced, on_board, returning
from tests.domain.stepdown.world import DAY, World


def left_alone() -> World:
    world = on_board().world()
    world.enrol("omar").flag("omar", taken_by="")
    world.to(30 * DAY)
    return world


def returned_and_not_met() -> World:
    world = returning()
    world.to(12 * DAY)
    return world


def held_up() -> World:
    world = returning()
    world.sleep(DAY)
    world.run()
    return world


def paused() -> World:
    world = announced()
    world.do(stepdown.pause_for_clock, by="factboard", jump=3_600)
    return world


AUTOMATIC: list[tuple[type[Any], Callable[[], World]]] = [
    (e.ReviewFellDue, left_alone),
    (e.UnseenTooLong, left_alone),
    (e.FlagUntaken, left_alone),
    (e.FollowUpMissed, returned_and_not_met),
    (e.ReturnPostponed, held_up),
    (e.ReturnsPaused, paused),
]


@pytest.mark.parametrize(("kind", "story"), AUTOMATIC, ids=[kind.kind for kind, _ in AUTOMATIC])
def test_each_automatic_fact_names_its_versions(kind: type[Any], story: Callable[[], World]) -> None:
    world = story()
    found = [row for row in world.rows if isinstance(row.fact, kind)]
    assert found
    for row in found:
        versions = row.fact.versions  # type: ignore[attr-defined]
        assert (versions.rule, versions.software) == (stepdown.RULE, "test")
        assert versions.policy in world.here.policies.values() if row.client else versions.policy == 0


def test_what_is_called_off_says_what_still_counted() -> None:
    world = announced()
    ratings = [one.seq for one in world.stay(CLIENT).ratings]
    world.do(placement.recategorise, CLIENT, category="law")
    [off] = world.of(CLIENT, e.AnnouncementWithdrawn)
    assert isinstance(off, e.AnnouncementWithdrawn)
    assert (off.ratings, len(off.contacts)) == ((), 2), "another category begins the ratings anew, not the contacts"
    again = announced()
    again.do(stepdown.keep_on, CLIENT, reason="Vänta")
    [off] = again.of(CLIENT, e.AnnouncementWithdrawn)
    assert isinstance(off, e.AnnouncementWithdrawn)
    assert [one.rating for one in off.ratings] == ratings
    worse = announced()
    worse.meets(CLIENT, "lars", WORSE)
    [off] = worse.of(CLIENT, e.AnnouncementWithdrawn)
    assert isinstance(off, e.AnnouncementWithdrawn)
    assert off.ratings == ()

"""Why a rating does not count: the reason that a person reads is the rule's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.stepdown import needs
from factboard.domain.stepdown.weighing import NoEvidence, weighed
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def on_board() -> Given:
    return a_client().on_board(ago=20 * DAY)


def rated(
    given: Given,
    days: float,
    rating: e.Rating = e.Rating.USUAL,
    basis: e.Basis = e.Basis.SEEN,
    late: timedelta = timedelta(),
) -> Given:
    """Rated so many days ago; written down `late` after it."""
    return given.then(e.Rated(rating, basis, "anna", NOW - days * DAY), by="anna", ago=days * DAY - late)


STORIES = {
    "seen, as usual": (rated(on_board(), 5), None),
    "spoken with on the phone": (rated(on_board(), 5, basis=e.Basis.SPOKEN_WITH), None),
    "better is not as usual": (rated(on_board(), 5, e.Rating.BETTER), NoEvidence.LEVEL),
    "told by others": (rated(on_board(), 5, basis=e.Basis.TOLD), NoEvidence.HEARSAY),
    "written down three days and a minute late": (
        rated(on_board(), 5, late=3 * DAY + timedelta(minutes=1)),
        NoEvidence.LATE,
    ),
    "written down three days late": (rated(on_board(), 5, late=3 * DAY), None),
    "before a worse": (rated(rated(on_board(), 5), 2, e.Rating.WORSE), NoEvidence.BEFORE_WORSE),
    "before a new worry": (rated(on_board(), 5).flagged_again(ago=2 * DAY), NoEvidence.BEFORE_WORRY),
    "before another category": (
        rated(on_board(), 5).then(e.Recategorised("long_intensive", "short_intensive"), ago=2 * DAY),
        NoEvidence.BEFORE_CATEGORY,
    ),
    "in hospital": (
        rated(on_board().then(e.Admitted("Avdelning 51", TODAY - 9 * DAY), ago=9 * DAY), 5).then(
            e.Discharged(TODAY - 2 * DAY, "Avdelning 51"), ago=2 * DAY
        ),
        NoEvidence.BEFORE_HOME,
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_each_reason_is_said(story: str) -> None:
    given, why = STORIES[story]
    client = given.client
    assert client
    assert weighed(TEAM, client, NOW)[-1][1] == why


@pytest.mark.parametrize("story", STORIES)
def test_what_is_said_to_count_is_what_the_rule_counts(story: str) -> None:
    client = STORIES[story][0].client
    assert client
    assert client.stay
    said = [one.seq for one, why in reversed(weighed(TEAM, client, NOW)) if why is None]
    assert said == [one.seq for one in needs.stable(TEAM, client, client.stay, NOW)]


def test_the_newest_stands_first_and_off_the_board_nothing_does() -> None:
    client = rated(rated(on_board(), 5), 2).client
    assert client
    assert [one.happened_at for one, _ in weighed(TEAM, client, NOW)] == [NOW - 2 * DAY, NOW - 5 * DAY]
    off = a_client().client
    assert off
    assert weighed(TEAM, off, NOW) == ()

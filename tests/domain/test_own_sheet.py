"""The sheet to take home says why, who comes and what ends it; never what others have told."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.own_sheet import Coming, OwnSheet, own_sheet
from factboard.domain.state import Team
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client

DAY = timedelta(days=1)


def sheet_of(given: Given, team: Team = TEAM) -> OwnSheet:
    assert given.client
    return own_sheet(team, given.client, NOW)


@pytest.mark.parametrize("source", [one for one in e.Source if one is not e.Source.IMPORT])
def test_the_words_of_the_team_and_of_the_client_stand_there_no_others(source: e.Source) -> None:
    sheet = sheet_of(a_client().on_board(source=source))
    own = source in (e.Source.TEAM, e.Source.CLIENT)
    assert (sheet.reason, sheet.told_by_others) == (("Sover inte", False) if own else ("", True))


def test_the_words_of_another_time_do_not_stand_there() -> None:
    assert sheet_of(a_client().on_board(back=True)).reason == ""
    again = a_client().on_board().then(e.FlaggedAgain("Grannen ringde", source=e.Source.OTHER))
    assert sheet_of(again).reason == ""


def test_who_comes_in_the_next_two_weeks_in_the_order_of_the_days() -> None:
    given = a_client(case_manager="lars").on_board()
    for who, day, at in (
        ("lars", 3, None),
        ("anna", 0, time(10)),
        ("greta", 1, None),
        ("anna", 15, None),
        ("anna", -1, None),
    ):
        given = given.then(e.VisitPlanned(who, TODAY + day * DAY, at))
    sheet = sheet_of(given)
    assert sheet.coming == (
        Coming(TODAY, time(10), "anna"),
        Coming(TODAY + DAY, None, None),  # Greta has left: nobody goes
        Coming(TODAY + 3 * DAY, None, "lars"),
    )
    assert sheet.coordinator == TEAM.members["lars"]


def test_what_ends_it_is_the_policy_or_people() -> None:
    by_rule = sheet_of(a_client().on_board())
    assert by_rule.asks == TEAM.categories["short_intensive"].policy
    by_hand = replace(TEAM.categories["short_intensive"], policy=e.Policy(mode=e.Mode.BY_HAND))
    team = replace(TEAM, categories=TEAM.categories | {"short_intensive": by_hand})
    assert sheet_of(a_client().on_board(), team).asks is None
    assert sheet_of(a_client()).asks is None

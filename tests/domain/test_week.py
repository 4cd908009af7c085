"""The grid of a week as data: its days, its rows, its load, and how long it stays true."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from factboard.domain import week
from factboard.domain.state import Absence, Client, Visit
from tests.domain.given import NOW, TEAM, TODAY, a_client

DAY = timedelta(days=1)
STINA = a_client().on_board().client
assert STINA


def with_visits(*planned: Visit, id: str = "stina", **more: object) -> Client:
    return replace(STINA, id=id, visits=planned, **more)  # type: ignore[arg-type]


def going(day: date, seq: int = 50, who: str = "anna", backup: str | None = None) -> Visit:
    return Visit(seq, who, day, time(10), "", backup)


def test_a_week_is_monday_to_sunday_and_says_what_each_day_is() -> None:
    team = replace(
        TEAM,
        settings=replace(TEAM.settings, closed_days=(TODAY + 2 * DAY,), meeting_days=(0, 3)),
        duty={TODAY: "lars"},
        absences={"a": Absence("a", "anna", TODAY, TODAY, "")},
    )
    shown = week.week(team, [], NOW + timedelta(hours=2))
    assert [one.day for one in shown.days] == [TODAY + step * DAY for step in range(7)]
    assert [one.counts for one in shown.days] == [True, True, True, False, False, False, False]
    assert [one.meets for one in shown.days] == [True, False, False, True, False, False, False]
    assert [one.closed for one in shown.days] == [False, False, True, False, False, False, False]
    monday, sunday = shown.days[0], shown.days[-1]
    assert monday.duty
    assert ([one.user for one in monday.here], [one.user for one in monday.away]) == (["lars"], ["anna"])
    assert (monday.duty.user, sunday.here) == ("lars", ())


def test_a_week_goes_on_until_the_day_before_the_team_meets() -> None:
    once_a_week = replace(TEAM, settings=replace(TEAM.settings, meeting_days=(2,)))
    thursday = NOW + 3 * DAY
    shown = week.week(once_a_week, [], thursday)
    assert (shown.days[0].day, shown.days[-1].day) == (TODAY, TODAY + 8 * DAY)
    assert shown.days[-1].counts
    assert len(week.week(once_a_week, [], thursday, TODAY + 7 * DAY).days) == 7


def test_those_nobody_goes_to_stand_first_and_who_left_the_board_is_not_forgotten() -> None:
    covered = with_visits(going(TODAY), id="covered")
    off = with_visits(going(TODAY + DAY), id="off", stay=None)
    planned_care = replace(STINA, id="planned", stay=None)
    gap = with_visits(id="gap")
    shown = week.week(TEAM, [off, covered, planned_care, gap], NOW)
    assert [row.client.id for row in shown.rows] == ["gap", "covered", "off"]
    assert [one.client.id for one in shown.gaps] == ["gap"]
    assert shown.rows[0].gap
    assert (shown.rows[0].done, shown.rows[0].due) == (0, 5)


def test_a_visit_in_the_grid_says_who_goes_and_whether_it_was_made() -> None:
    away = {user: Absence(user, user, TODAY, TODAY, "") for user in ("anna",)}
    team = replace(TEAM, absences=away)
    client = with_visits(going(TODAY, 50, backup="lars"), going(TODAY, 51), going(TODAY - 3 * DAY, 52))
    [row] = week.week(team, [client], NOW).rows
    instead, nobody = row.cells[0]
    assert (instead.goes, instead.uncovered) == ("lars", False)
    assert (nobody.goes, nobody.uncovered) == (None, True)
    last_week = week.week(team, [client], NOW, TODAY - 7 * DAY).rows[0].cells[4][0]
    assert (last_week.passed, last_week.made, last_week.uncovered) == (True, False, False)


def test_too_much_for_one_person_stands_out_on_its_day() -> None:
    many = [with_visits(going(TODAY, 50 + n), id=f"c{n}") for n in range(6)]
    load = {person.user: shares for person, shares in week.week(TEAM, many, NOW).load}
    assert [(share.visits, share.much) for share in load["anna"]][:2] == [(6, True), (0, False)]
    assert not week.week(TEAM, many[:5], NOW).load[0][1][0].much
    assert "maria" not in load
    assert not load["lars"][5].here


def test_a_week_is_true_until_midnight_or_the_next_meeting() -> None:
    assert week.week(TEAM, [], NOW).valid_until == datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert week.week(TEAM, [], NOW - timedelta(hours=2)).valid_until == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def test_an_address_asks_for_a_week_by_any_of_its_days() -> None:
    assert week.monday("2026-11-29") == TODAY
    for nothing in (None, "", "x", "2026-02-31", "0001-01-01", "9999-12-31", "\x00"):
        assert week.monday(nothing) is None

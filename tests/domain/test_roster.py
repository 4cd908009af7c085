"""Who works, who is away, who is on duty: days of a team, and what may be written about them."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from factboard.domain import events as e
from factboard.domain import roster
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Absence, Team
from tests.domain.given import SETTINGS, TEAM, TODAY, Refusal, facts, nobody, table

DAY = timedelta(days=1)
FRIDAY, SATURDAY = TODAY + 4 * DAY, TODAY + 5 * DAY
ILL = Absence("ill", "anna", TODAY, TODAY + 2 * DAY, "")
AWAY = nobody().with_team(absences={"ill": ILL})


def away(**typed: object) -> dict[str, object]:
    return {"user": "anna", "first": TODAY} | typed


REFUSALS = [
    Refusal("a stranger away", nobody(), roster.note_absence, away(user="bo"), "unknown_member", Invalid, "user"),
    Refusal("one who left away", nobody(), roster.note_absence, away(user="greta"), "unknown_member", Invalid, "user"),
    Refusal("away long ago", nobody(), roster.note_absence, away(first=TODAY - 367 * DAY), "day_out_of_range", Invalid, "first"),
    Refusal("away in years", nobody(), roster.note_absence, away(first=TODAY + 367 * DAY), "day_out_of_range", Invalid, "first"),
    Refusal("back before leaving", nobody(), roster.note_absence, away(last=TODAY - DAY), "ends_before_it_begins", Invalid, "last"),
    Refusal("away for more than a year", nobody(), roster.note_absence, away(last=TODAY + 367 * DAY), "day_out_of_range", Invalid, "last"),
    Refusal("an absence with a novel", nobody(), roster.note_absence, away(note="x" * 201), "too_long", Invalid, "note"),
    Refusal("away as noted already", AWAY, roster.note_absence, away(first=TODAY + DAY), "already_absent", Conflict),
    Refusal("removing no absence", AWAY, roster.remove_absence, {"absence": "flu"}, "unknown_absence", Conflict),
    Refusal("on duty yesterday", nobody(), roster.set_duty, {"day": TODAY - DAY, "user": "anna"}, "day_out_of_range", Invalid, "day"),
    Refusal("on duty in years", nobody(), roster.set_duty, {"day": TODAY + 367 * DAY, "user": "anna"}, "day_out_of_range", Invalid, "day"),
    Refusal("a stranger on duty", nobody(), roster.set_duty, {"day": TODAY, "user": "bo"}, "unknown_member", Invalid, "user"),
    Refusal("an auditor on duty", nobody(), roster.set_duty, {"day": TODAY, "user": "maria"}, "unknown_member", Invalid, "user"),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def names(team: Team, day: date) -> list[str]:
    return [member.user for member in roster.working(team, day)]


class TestWhoIsHere:
    def test_clinicians_and_leads_on_their_weekdays(self) -> None:
        assert names(TEAM, TODAY) == ["anna", "lars"]
        assert names(TEAM, SATURDAY) == []
        monday = replace(TEAM, members=TEAM.members | {"anna": replace(TEAM.members["anna"], works=(0,))})
        assert (names(monday, TODAY), names(monday, FRIDAY)) == (["anna", "lars"], ["lars"])

    def test_nobody_on_a_closed_day(self) -> None:
        closed = replace(TEAM, settings=replace(SETTINGS, closed_days=(TODAY,)))
        assert names(closed, TODAY) == []

    @pytest.mark.parametrize(("after", "here"), [(-1, True), (0, False), (2, False), (3, True)])
    def test_who_is_away_is_not_here_from_the_first_day_to_the_last(self, after: int, here: bool) -> None:
        team = replace(TEAM, settings=replace(SETTINGS), absences={"ill": replace(ILL, last=TODAY + 2 * DAY)})
        everyday = replace(team.members["anna"], works=tuple(range(7)))
        team = replace(team, members=team.members | {"anna": everyday})
        assert roster.works(team, "anna", TODAY + after * DAY) is here

    def test_whoever_is_on_duty_is_here_whatever_their_weekdays_until_they_leave(self) -> None:
        team = replace(TEAM, duty={SATURDAY: "anna", FRIDAY: "greta"})
        assert names(team, SATURDAY) == ["anna"]
        assert roster.on_duty(team, SATURDAY) == TEAM.members["anna"]
        assert roster.on_duty(team, FRIDAY) is None
        assert roster.on_duty(team, TODAY) is None
        assert "greta" not in names(team, FRIDAY)

    def test_whoever_is_on_duty_and_away_is_not_here(self) -> None:
        team = replace(TEAM, duty={TODAY: "anna"}, absences={"ill": ILL})
        assert "anna" not in names(team, TODAY)

    def test_a_day_off_hinders_no_visit_but_an_absence_does(self) -> None:
        team = replace(TEAM, absences={"ill": ILL})
        assert roster.can_go(team, "anna", SATURDAY)
        assert not roster.can_go(team, "anna", TODAY)
        assert not roster.can_go(team, "greta", TODAY)
        assert not roster.can_go(team, "bo", TODAY)


class TestWhatIsWritten:
    def case(self, **team: Any) -> Any:
        return nobody().with_team(**team).case()

    def test_a_day_or_a_stretch_by_anybody_for_anybody(self) -> None:
        assert facts(roster.note_absence(self.case(), user="lars", first=TODAY)) == [
            e.AbsenceNoted("id1", "lars", TODAY, TODAY)
        ]
        stretch = roster.note_absence(self.case(), user="lars", first=TODAY, last=FRIDAY, note="Utbildning")
        assert facts(stretch) == [e.AbsenceNoted("id1", "lars", TODAY, FRIDAY, "Utbildning")]

    def test_a_longer_absence_over_a_shorter_one_is_news(self) -> None:
        longer = roster.note_absence(AWAY.case(), user="anna", first=TODAY, last=FRIDAY)
        assert facts(longer) == [e.AbsenceNoted("id1", "anna", TODAY, FRIDAY)]

    def test_an_absence_is_removed_as_it_was(self) -> None:
        gone = roster.remove_absence(AWAY.case(), absence="ill")
        assert facts(gone) == [e.AbsenceRemoved("ill", "anna", ILL.first, ILL.last)]

    def test_duty_is_given_moved_and_taken_away(self) -> None:
        given = self.case(duty={FRIDAY: "anna"})
        assert facts(roster.set_duty(given, day=SATURDAY, user="lars")) == [e.DutySet(SATURDAY, "lars")]
        assert facts(roster.set_duty(given, day=FRIDAY, user="lars")) == [e.DutySet(FRIDAY, "lars")]
        assert facts(roster.set_duty(given, day=FRIDAY, user=None)) == [e.DutySet(FRIDAY, None)]

    def test_what_stands_already_is_no_fact(self) -> None:
        given = self.case(duty={FRIDAY: "anna"})
        assert roster.set_duty(given, day=FRIDAY, user="anna") == []
        assert roster.set_duty(given, day=SATURDAY, user=None) == []

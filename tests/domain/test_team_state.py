"""What the facts about a team add up to: its people, its day, its screens, its meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.state import Absence, Held, Paused, Screen, Team, evolve_team
from tests.domain.given import CLIENT, NOW, SETTINGS, TEAM, TODAY

HOUR = timedelta(hours=1)
TOMORROW = TODAY + timedelta(days=1)
ABSENT = e.AbsenceNoted("a1", "anna", TODAY, TOMORROW, "VAB")
PAIRED = e.ScreenPaired("s1", "Konferensrummet", e.Naming.SHORT, e.OutsideMeeting.COUNTS)
EARLY, LATE = NOW - timedelta(days=1), NOW


def after(*facts: e.Fact, client: str | None = None, team: Team | None = TEAM) -> Team:
    """The team after these facts, an hour between each, the last of them now."""
    for number, fact in enumerate(facts):
        at = NOW - HOUR * (len(facts) - 1 - number)
        team = evolve_team(TEAM.id, team, e.Recorded(99 + number, at, "lars", fact, client))
    assert team
    return team


def opened(planned: datetime | None = None) -> e.MeetingOpened:
    return e.MeetingOpened("m1", "lars", None, ("lars",), (), NOW, planned)


class TestItsWay:
    def test_starts_with_its_genesis(self) -> None:
        first = after(e.HistoryStarted("Team"), team=None)
        assert (first.settings.name, first.began) == ("Team", NOW)
        assert evolve_team("t", None, e.Recorded(1, NOW, "x", e.Taken())) is None

    def test_facts_about_clients_leave_it_as_it_is(self) -> None:
        for fact in (e.Taken(), e.ClientDiscussed("m1"), e.NotDiscussed("m1"), e.NotesCopied("m1")):
            assert after(fact, client=CLIENT) == TEAM

    def test_settings_categories_and_members_follow_their_facts(self) -> None:
        settings = replace(SETTINGS, meeting_days=(1, 3))
        assert after(e.TeamSettingsChanged(settings)).settings == settings
        category = replace(TEAM.categories["admitted"], retired=True)
        changed = after(e.Taken(), e.CategoryChanged(category))
        assert changed.categories["admitted"].retired
        assert changed.policies == {"admitted": 100}  # the number of the fact is the policy's version
        bo = e.Member("bo", "bo", "Bo Test", e.Role.CLINICIAN)
        assert after(e.MemberAdded(bo)).members["bo"] == bo
        assert after(e.MemberChanged(replace(bo, role=e.Role.LEAD))).members["bo"].role is e.Role.LEAD

    def test_one_who_leaves_stays_known_by_name(self) -> None:
        gone = after(e.MemberRemoved("anna")).members["anna"]
        assert (gone.left, gone.name) == (True, "Anna Test")
        assert after(e.MemberRemoved("nobody")).members == TEAM.members

    def test_every_fact_of_its_own_moves_its_seq_on(self) -> None:
        assert after(ABSENT).seq == 99


class TestItsDay:
    def test_who_is_away_until_the_note_is_taken_back(self) -> None:
        assert after(ABSENT).absences == {"a1": Absence("a1", "anna", TODAY, TOMORROW, "VAB")}
        other = replace(ABSENT, absence="a2", user="lars")
        assert set(after(ABSENT, other, e.AbsenceRemoved("a1", "anna", TODAY, TOMORROW)).absences) == {"a2"}

    def test_who_is_on_duty_each_day(self) -> None:
        both = after(e.DutySet(TODAY, "anna"), e.DutySet(TOMORROW, "anna"), e.DutySet(TODAY, "lars"))
        assert both.duty == {TODAY: "lars", TOMORROW: "anna"}
        assert after(e.DutySet(TODAY, "anna"), e.DutySet(TODAY, None)).duty == {}

    def test_the_newest_sheet_of_each_kind(self) -> None:
        def written(sheet: e.Sheet, day: date) -> e.SheetWritten:
            return e.SheetWritten(sheet, day, "f.html", "d", 30)

        facts = written(e.Sheet.MORNING, TODAY), written(e.Sheet.ON_CALL, TODAY), written(e.Sheet.MORNING, TOMORROW)
        assert after(*facts).sheets == {e.Sheet.MORNING: TOMORROW, e.Sheet.ON_CALL: TODAY}


class TestItsScreens:
    def test_a_screen_is_paired_changed_and_revoked_and_still_has_its_name(self) -> None:
        first = Screen("s1", "Konferensrummet", e.Naming.SHORT, e.OutsideMeeting.COUNTS, "lars", NOW)
        assert after(PAIRED).screens == {"s1": first}
        changed = after(PAIRED, e.ScreenChanged("s1", "Köket", e.Naming.INITIALS, e.OutsideMeeting.BLANK)).screens["s1"]
        assert (changed.name, changed.naming, changed.outside) == ("Köket", e.Naming.INITIALS, e.OutsideMeeting.BLANK)
        assert changed.paired_at == NOW - HOUR
        revoked = after(PAIRED, e.ScreenRevoked("s1", "Konferensrummet")).screens["s1"]
        assert (revoked.revoked, revoked.name) == (True, "Konferensrummet")

    def test_what_is_said_of_a_screen_that_never_was_changes_nothing(self) -> None:
        for fact in (e.ScreenRevoked("s9", "x"), e.ScreenChanged("s9", "x", e.Naming.SHORT, e.OutsideMeeting.BLANK)):
            assert after(PAIRED, fact).screens.keys() == {"s1"}

    def test_the_walls_are_blank_until_somebody_says_otherwise(self) -> None:
        assert after(e.WallsBlanked()).blank
        assert not after(e.WallsBlanked(), e.WallsShown()).blank


class TestItsMeetings:
    def test_the_open_one_is_known_with_its_beginning_and_its_plan(self) -> None:
        team = after(opened(EARLY))
        assert (team.meeting, team.opened, team.planned, team.held) == ("m1", NOW, EARLY, None)

    @pytest.mark.parametrize(
        "fact",
        [
            e.AttendanceNoted("m1", "anna", True),
            e.ChairChanged("m1", "anna", "lars"),
            e.RecorderChanged("m1", "anna"),
            e.FocusMoved("m1", CLIENT),
            e.MeetingNoted("m1", e.NotePart.DECISION, "x"),
            e.MeetingNoteCorrected("m1", 5, "x"),
        ],
        ids=lambda fact: fact.kind,
    )
    def test_what_happens_in_it_leaves_the_team_as_it_is(self, fact: e.Fact) -> None:
        assert after(opened(), fact) == replace(after(opened()), opened=NOW - HOUR)

    def test_a_held_one_is_the_last_one_held_and_its_plan_is_judged(self) -> None:
        team = after(opened(EARLY), e.MeetingClosed("m1", held=True))
        assert (team.meeting, team.opened, team.planned) == (None, None, None)
        assert (team.held, team.judged) == (Held("m1", NOW - HOUR, NOW), EARLY)

    def test_one_that_does_not_count_leaves_the_last_one_held_as_it_was(self) -> None:
        before = after(opened(EARLY), e.MeetingClosed("m1", held=True))
        team = after(opened(LATE), e.MeetingClosed("m1", held=False), team=before)
        assert (team.meeting, team.held, team.judged) == (None, before.held, EARLY)

    def test_a_planned_one_that_was_not_held_is_judged(self) -> None:
        assert after(e.MeetingNotHeld(EARLY, e.NotHeld.NOT_OPENED)).judged == EARLY

    def test_what_is_known_of_a_later_one_is_not_forgotten_for_an_older_one(self) -> None:
        missed = e.MeetingNotHeld(LATE, e.NotHeld.NOT_OPENED)
        assert after(missed, e.MeetingNotHeld(EARLY, e.NotHeld.NOT_OPENED)).judged == LATE
        assert after(opened(EARLY), missed, e.MeetingClosed("m1", held=True)).judged == LATE
        assert after(missed, opened(None), e.MeetingClosed("m1", held=True)).judged == LATE


class TestItsReturns:
    PAUSED = e.ReturnsPaused(e.Pause.MANY, 6, 20)

    def test_are_paused_until_people_let_them_go_on(self) -> None:
        assert after(self.PAUSED).paused == Paused(e.Pause.MANY, NOW, 6, 20)
        jumped = after(e.ReturnsPaused(e.Pause.CLOCK, jump=-3_600)).paused
        assert jumped
        assert (jumped.why, jumped.jump) == (e.Pause.CLOCK, -3_600)
        released = after(self.PAUSED, e.ReturnsReleased(("lars",), None, "Klockan stämmer"))
        assert (released.paused, released.released) == (None, NOW)

    def test_two_agree_in_one_and_the_same_meeting(self) -> None:
        def agreed(*said: tuple[str, str]) -> tuple[str | None, tuple[str, ...]]:
            team: Team | None = after(self.PAUSED)
            for number, (by, meeting) in enumerate(said):
                team = evolve_team(TEAM.id, team, e.Recorded(200 + number, NOW, by, e.ReleaseAgreed(meeting)))
            assert team
            assert team.paused
            return team.paused.meeting, team.paused.agreed

        assert agreed() == (None, ())
        assert agreed(("anna", "m1"), ("anna", "m1"), ("lars", "m1")) == ("m1", ("anna", "lars"))
        assert agreed(("anna", "m1"), ("lars", "m2")) == ("m2", ("lars",))

    def test_to_agree_that_they_go_on_while_they_do_is_nothing(self) -> None:
        assert after(e.ReleaseAgreed("m1")).paused is None

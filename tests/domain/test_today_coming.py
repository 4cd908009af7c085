"""What a case manager has before them by what is written, and the tips that wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from factboard.domain import events as e
from factboard.domain.events.contents import CarePlan, Education, GroupMeeting, Kind, Together
from factboard.domain.state import Client, Coming
from factboard.domain.today.coming import due, heard
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client

DAY = timedelta(days=1)
THEIRS = a_client(case_manager="lars")


def written(given: Given, content: GroupMeeting | Education | CarePlan, review: date | None = None) -> Given:
    ref = content.document.value + ("" if content.document is Kind.CARE_PLAN else ".a1")
    return given.then(e.DocumentWritten(content.document, ref, 1, content, Together.TOGETHER, review))


def of(given: Given, user: str) -> list[tuple[Coming, date, bool]]:
    return [(one.of.what, one.of.day, one.late) for one in due(TEAM, known(given), user, NOW)]


def known(given: Given) -> Sequence[Client]:
    assert given.client
    return [given.client]


def test_a_week_ahead_and_all_that_has_passed_is_the_case_managers() -> None:
    for day, late in ((TODAY - DAY, True), (TODAY, False), (TODAY + 7 * DAY, False)):
        given = written(THEIRS, GroupMeeting(on=day))
        assert of(given, "lars") == [(Coming.GROUP_MEETING, day, late)]
        assert of(given, "anna") == []
    assert of(written(THEIRS, GroupMeeting(on=TODAY + 8 * DAY)), "lars") == []


def test_who_leads_a_session_follows_it_up_and_the_case_manager_where_they_have_left_the_team() -> None:
    session = Education(on=TODAY - DAY, practised="Rollspel", led_by="anna", follow_up=TODAY)
    assert of(written(THEIRS, session), "anna") == [(Coming.EDUCATION_FOLLOW_UP, TODAY, False)]
    assert of(written(THEIRS, session), "lars") == []
    left = Education(on=TODAY - DAY, practised="Rollspel", led_by="greta", follow_up=TODAY)
    assert of(written(THEIRS, left), "lars") == [(Coming.EDUCATION_FOLLOW_UP, TODAY, False)]


def test_a_plan_is_looked_at_again_by_its_day() -> None:
    given = written(THEIRS, CarePlan(note="x"), TODAY - DAY)
    assert of(given, "lars") == [(Coming.REVIEW, TODAY - DAY, True)]


def test_tips_about_their_own_clients_wait_the_oldest_first() -> None:
    given = THEIRS.then(e.TipNoted("t1", "Orolig", e.Source.RELATIVE), by="anna").then(
        e.TipNoted("t2", "Mer orolig", e.Source.OTHER), by="anna"
    )
    assert [one.tip.id for one in heard(TEAM, known(given), "lars", NOW)] == ["t1", "t2"]
    assert heard(TEAM, known(given), "anna", NOW) == []

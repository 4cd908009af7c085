"""Told at once: who hears of what by the team's own rules, when it is still so, and when a phone is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain import telling
from factboard.domain.events import Audience, News, Step
from factboard.domain.notices import notices
from factboard.domain.refusal import Invalid
from factboard.domain.state import Absence
from factboard.domain.telling import OF_USE, Quiet, news, quiet, quiet_until, rests_until, still_so, told
from tests.domain.given import MEMBERS, NOW, SETTINGS, TEAM, TODAY, Given, Refusal, a_client, table
from tests.domain.test_notices import ANNOUNCED
from tests.domain.test_undo import AGAIN, RETURNED

PEOPLE = (
    *MEMBERS,  # anna, lars (lead), maria (auditor), greta (left)
    e.Member("karin", "karin", "Karin Test", e.Role.LEAD),
    e.Member("nils", "nils", "Nils Test", e.Role.LEAD, left=True),
    e.Member("olga", "olga", "Olga Test", e.Role.CLINICIAN),
    e.Member("ulf", "ulf", "Ulf Test", e.Role.CLINICIAN),
)
UNTAKEN = e.FlagUntaken(NOW, Step.UNTAKEN)
OF = {News.FLAG: AGAIN, News.UNTAKEN: UNTAKEN, News.ANNOUNCED: ANNOUNCED, News.RETURNED: RETURNED}


def given(rules: e.Told | None = None, away: str = "", **more: object) -> Given:
    """Olga is on duty today, anna is the case manager, lars and karin lead; those `away` are."""
    absences = {user: Absence(user, user, TODAY, TODAY, "") for user in away.split()}
    settings = replace(SETTINGS, told=rules or e.Told())
    known = a_client(case_manager="anna", **more).on_board(by="olga", ago=timedelta(days=1))
    members = {one.user: one for one in PEOPLE}
    return known.with_team(members=members, absences=absences, settings=settings, duty={TODAY: "olga"})


def who(situation: Given, fact: e.Fact, by: str = "ulf") -> list[str]:
    after = situation.then(fact, by=by)
    assert after.client
    people = told(after.team, after.client, after.story[-1])
    listed = [one.user for one in notices(after.team, after.client, after.story[-1])]
    assert set(people) <= set(listed), "what a phone shows stands in the list of notices too"
    assert len(listed) == len(set(listed))
    return people


class TestByTheTeamsRules:
    @pytest.mark.parametrize(
        ("what", "people"),
        [
            (News.FLAG, ["olga", "anna", "lars", "karin"]),
            (News.UNTAKEN, ["olga", "anna", "lars", "karin"]),
            (News.ANNOUNCED, ["anna"]),
            (News.RETURNED, ["anna"]),
        ],
    )
    def test_to_begin_with(self, what: News, people: list[str]) -> None:
        assert who(given(), OF[what]) == people

    @pytest.mark.parametrize("what", News)
    @pytest.mark.parametrize(
        ("audience", "people"),
        [(Audience.ON_DUTY, ["olga"]), (Audience.CASE_MANAGER, ["anna"]), (Audience.LEAD, ["lars", "karin"])],
    )
    def test_each_kind_to_each_audience(self, what: News, audience: Audience, people: list[str]) -> None:
        only = e.Told(**{one.value: (audience,) if one is what else () for one in News})
        assert {one: who(given(only), OF[one]) for one in News} == {one: people if one is what else [] for one in News}

    def test_nobody_is_told_of_what_they_did_themselves(self) -> None:
        assert who(given(), AGAIN, by="anna") == ["olga", "lars", "karin"]
        assert who(given(), AGAIN, by="lars") == ["olga", "anna", "karin"]
        assert who(given(), AGAIN, by="olga") == ["anna", "lars", "karin"]

    def test_somebody_who_is_two_of_them_is_told_once(self) -> None:
        assert who(given().with_team(duty={TODAY: "anna"}), AGAIN) == ["anna", "lars", "karin"]

    @pytest.mark.parametrize(
        ("away", "people"),
        [
            ("anna", ["olga", "ulf", "lars", "karin"]),  # the substitute is told
            ("anna ulf", ["olga", "anna", "lars", "karin"]),  # nobody stands in
            ("olga", ["anna", "lars", "karin"]),
            ("lars", ["olga", "anna", "karin"]),
            ("lars karin", ["olga", "anna", "lars", "karin"]),
        ],
    )
    def test_who_is_away_is_told_only_where_nobody_stands_in(self, away: str, people: list[str]) -> None:
        assert who(given(away=away, substitute="ulf"), AGAIN, by="maria") == people

    def test_who_is_on_duty_on_another_day_is_not(self) -> None:
        yesterday = given().with_team(duty={TODAY - timedelta(days=1): "olga"})
        assert who(yesterday, AGAIN) == ["anna", "lars", "karin"]

    def test_a_client_without_a_case_manager_has_none_to_be_told(self) -> None:
        nobodys = a_client().on_board().with_team(members={one.user: one for one in PEOPLE})
        assert who(nobodys, RETURNED) == []


def test_putting_somebody_on_the_board_is_a_flag_and_a_list_brought_in_is_none() -> None:
    on, imported = e.PutOnBoard("crisis_prevention", "x"), e.Source.IMPORT
    assert news(on) is news(AGAIN) is News.FLAG
    assert news(replace(on, source=imported)) is news(replace(AGAIN, source=imported)) is None
    assert {news(fact) for fact in (e.Taken(), e.NoticeRead(1), e.ReturnHeld(TODAY, ""))} == {None}


def test_a_message_of_each_kind_is_of_use_for_a_while() -> None:
    assert set(OF_USE) == set(News)
    assert all(timedelta(hours=1) <= most <= timedelta(days=1) for most in OF_USE.values())


def test_before_a_team_could_say_it_the_case_manager_was_told_and_nobody_else() -> None:
    old = {"settings": {"name": "Team", "language": "sv"}}
    read = e.upcast("team_settings_changed", 1, old)["settings"]
    assert read["told"] == {what: [Audience.CASE_MANAGER] for what in News}
    assert read["name"] == "Team"


class TestIsItStillSo:
    """What could not be sent at once is sent later only if it still is as it says."""

    @pytest.mark.parametrize(
        ("what", "then", "still"),
        [
            (News.FLAG, None, True),
            (News.FLAG, e.Taken(), True),
            (News.FLAG, RETURNED, False),
            (News.UNTAKEN, None, True),
            (News.UNTAKEN, e.Taken(), False),
            (News.UNTAKEN, RETURNED, False),
            (News.ANNOUNCED, None, False),
            (News.ANNOUNCED, ANNOUNCED, True),
            (News.RETURNED, None, False),
            (News.RETURNED, RETURNED, True),
            (News.RETURNED, e.EnrolmentEnded(e.EndReason.MOVED), False),
        ],
    )
    def test_after(self, what: News, then: e.Fact | None, still: bool) -> None:
        situation = given().then(then) if then else given()
        assert still_so(what, situation.client) is still

    def test_of_somebody_whom_the_team_does_not_know_nothing_is(self) -> None:
        assert not any(still_so(what, None) for what in News)


def at(text: str) -> datetime:
    """UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NIGHT, NOON = Quiet(time(22), time(7)), Quiet(time(12), time(13))


class TestQuietHours:
    """Local times in Stockholm: UTC+1 in winter, UTC+2 in summer."""

    @pytest.mark.parametrize(
        ("wish", "now", "until"),
        [
            (NIGHT, "2026-11-23 20:59:59", None),
            (NIGHT, "2026-11-23 21:00", "2026-11-24 06:00"),  # 22:00 begins it
            (NIGHT, "2026-11-23 23:00", "2026-11-24 06:00"),  # over midnight
            (NIGHT, "2026-11-24 05:59:59", "2026-11-24 06:00"),
            (NIGHT, "2026-11-24 06:00", None),  # 07:00 ends it
            (NOON, "2026-11-23 10:59", None),
            (NOON, "2026-11-23 11:00", "2026-11-23 12:00"),
            (NOON, "2026-11-23 12:00", None),
            (NIGHT, "2026-03-28 23:00", "2026-03-29 05:00"),  # the night that is an hour shorter
            (NIGHT, "2026-03-29 05:00", None),
            (NIGHT, "2026-10-24 21:00", "2026-10-25 06:00"),  # and the one that is an hour longer
            (NIGHT, "2026-10-25 05:30", "2026-10-25 06:00"),
            (Quiet(time(22), time(2, 30)), "2026-03-29 01:20", "2026-03-29 01:30"),  # 02:30 does not exist: 03:30
            (Quiet(time(22), time(2, 30)), "2026-10-25 00:29", "2026-10-25 00:30"),  # there are two: the first ends it
            (Quiet(time(22), time(2, 30)), "2026-10-25 01:15", None),  # 02:15 again, and no second quiet
            (Quiet(time(0), time(6)), "2026-11-22 23:00", "2026-11-23 05:00"),
            (Quiet(time(18), time(0)), "2026-11-23 22:59", "2026-11-23 23:00"),
        ],
    )
    def test_until_when(self, wish: Quiet, now: str, until: str | None) -> None:
        assert quiet_until(wish, at(now), SETTINGS) == (at(until) if until else None)

    def test_are_the_teams_zones(self) -> None:
        helsinki = replace(SETTINGS, time_zone="Europe/Helsinki")
        assert quiet_until(NIGHT, at("2026-11-23 20:00"), helsinki) == at("2026-11-24 05:00")

    def test_the_first_and_last_day_of_the_calendar_are_no_error(self) -> None:
        assert telling.quiet_until(NIGHT, at("0001-01-02 12:00"), SETTINGS) is None


class TestWhoRests:
    LATE = at("2026-11-23 22:00")  # 23:00 on the day of olga's duty
    DUTY = replace(TEAM, duty={date(2026, 11, 23): "olga"}, members={one.user: one for one in PEOPLE})

    @pytest.mark.parametrize("what", News)
    @pytest.mark.parametrize("user", ["anna", "olga"])
    def test_everybody_but_whoever_is_on_duty_with_an_untaken_flag(self, what: News, user: str) -> None:
        comes_through = (what, user) == (News.UNTAKEN, "olga")
        expected = None if comes_through else at("2026-11-24 06:00")
        assert rests_until(what, NIGHT, user, self.LATE, self.DUTY) == expected

    def test_after_midnight_the_duty_is_the_next_days(self) -> None:
        assert rests_until(News.UNTAKEN, NIGHT, "olga", at("2026-11-24 00:00"), self.DUTY) == at("2026-11-24 06:00")

    def test_nobody_who_has_asked_for_no_quiet(self) -> None:
        assert rests_until(News.RETURNED, None, "anna", self.LATE, self.DUTY) is None


def test_quiet_hours_are_two_times_or_none() -> None:
    assert quiet(None, None) is None
    assert quiet(time(22), time(7)) == NIGHT


def wish(_case: object, **times: time | None) -> list[e.Entry]:
    """Quiet hours as a rule is asked; they are the person's own, and no fact."""
    quiet(**times)
    return []


REFUSALS = [
    Refusal(
        "quiet without an end", a_client(), wish, {"begins": time(22), "ends": None}, "quiet_both", Invalid, "quiet_to"
    ),
    Refusal(
        "quiet without a start",
        a_client(),
        wish,
        {"begins": None, "ends": time(7)},
        "quiet_both",
        Invalid,
        "quiet_from",
    ),
    Refusal(
        "quiet all day", a_client(), wish, {"begins": time(7), "ends": time(7)}, "quiet_all_day", Invalid, "quiet_to"
    ),
]


@table(REFUSALS)
def test_quiet_hours_that_are_none_are_refused(row: Refusal) -> None:
    row.holds()

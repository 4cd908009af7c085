"""One person's day: their visits and actions, what is late, and to whom nobody goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from factboard.domain import events as e
from factboard.domain import today
from factboard.domain.state import Absence, Team
from factboard.domain.today import Call, Today
from factboard.domain.week import week
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AFTERNOON = NOW + 4 * HOUR  # 13:40
STINA = a_client().on_board(ago=5 * DAY)
GOING = STINA.then(e.VisitPlanned("anna", TODAY, time(10), "", "lars"), ago=DAY)


def of(given: Given, user: str = "anna", now: object = NOW, team: Team | None = None) -> Today:
    assert given.client
    where = team or given.team
    return today.today(where, [given.client], where.members[user], now)  # type: ignore[arg-type]


def test_a_day_has_ones_own_visits_and_not_others() -> None:
    assert [one.visit.seq for one in of(GOING).calls] == [GOING.seq]
    assert of(GOING, "lars").calls == ()


def test_the_backup_goes_for_whoever_is_away() -> None:
    team = replace(TEAM, absences={"a": Absence("a", "anna", TODAY, TODAY, "")})
    [call] = of(GOING, "lars", team=team).calls
    assert call.instead == "anna"
    assert of(GOING, "anna", team=team).calls == ()
    assert of(GOING, "anna", team=team).away


def test_what_is_not_done_by_the_afternoon_rises() -> None:
    later = GOING.then(e.VisitPlanned("anna", TODAY, time(15)), ago=DAY)
    assert of(later).late == ()
    shown = of(later, now=AFTERNOON)
    assert [one.visit.at for one in shown.calls] == [time(10), time(15)]
    assert [one.late for one in shown.calls] == [True, False]  # three o'clock has not come yet
    assert [one.late for one in of(later, now=AFTERNOON + 2 * HOUR).calls] == [True, True]


def test_a_day_is_true_until_the_hour_changes_something() -> None:
    later = GOING.then(e.VisitPlanned("anna", TODAY, time(15)), ago=DAY)
    assert of(later).valid_until == NOW + timedelta(hours=3, minutes=20)
    assert of(later, now=AFTERNOON).valid_until == NOW + timedelta(hours=5, minutes=20)


def test_a_visit_that_was_made_is_done_and_one_tried_is_not() -> None:
    tried = of(GOING.then(e.ContactLogged(e.ContactKind.TRIED, "anna", NOW)))
    assert tried.calls[0].tried
    assert tried.made == ()
    made = of(GOING.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW)))
    assert (made.calls, [one.visit.seq for one in made.made]) == ((), [GOING.seq])
    assert of(GOING.then(e.ContactLogged(e.ContactKind.HOME, "lars", NOW)), "lars").made  # who went has done it


def test_yesterdays_visit_stays_until_somebody_has_seen_the_client() -> None:
    missed = STINA.then(e.VisitPlanned("anna", TODAY - DAY), ago=2 * DAY)
    assert [one.late for one in of(missed).calls] == [True]
    assert of(missed.then(e.ContactLogged(e.ContactKind.HOME, "lars", NOW))).calls == ()
    old = STINA.then(e.VisitPlanned("anna", TODAY - 9 * DAY), ago=10 * DAY)
    assert of(old).calls == ()


def test_actions_are_ones_own_with_the_overdue_first() -> None:
    given = (
        STINA.then(e.ActionAdded("a1", "Ring", "anna", TODAY + DAY, False))
        .then(e.ActionAdded("a2", "Hämta", "anna", TODAY - DAY, False))
        .then(e.ActionAdded("a3", "Boka", "lars", TODAY, False))
        .then(e.ActionAdded("a4", "Skriv", "anna", TODAY, True))
    )
    assert [(one.action.id, one.late) for one in of(given).tasks] == [("a2", True), ("a4", False), ("a1", False)]
    assert [one.late for one in of(given, now=AFTERNOON).tasks] == [True, True, False]
    ticked = given.then(e.ActionDone("a2", "Hämta"), by="anna")
    assert [one.action.id for one in of(ticked).done] == ["a2"]


def test_of_earlier_days_the_three_most_pressing_are_open_and_what_is_over_a_week_old_comes_after_the_visits() -> None:
    given = GOING.then(e.VisitPlanned("anna", TODAY - DAY), ago=2 * DAY)
    missed = given.seq
    for id, ago in (("old", 8), ("ancient", 20), ("week", 7)):
        given = given.then(e.ActionAdded(id, "Ring", "anna", TODAY - ago * DAY, False))
    shown = of(given)

    def names(ones: object) -> list[object]:
        return [one.visit.seq if isinstance(one, Call) else one.action.id for one in ones]  # type: ignore[attr-defined]

    assert (names(shown.late), names(shown.old), names(shown.older)) == ([missed, "week"], ["ancient"], ["old"])
    many = given.then(e.ActionAdded("new", "Ring", "anna", TODAY - DAY, True))
    now = of(many.then(e.ActionAdded("due", "Ring", "anna", TODAY, False)), now=AFTERNOON)
    assert names(now.late) == [missed, GOING.seq, "new", "week", "due"]  # what is due today is never folded away
    assert (names(now.old), names(now.older)) == ([], ["ancient", "old"])


def test_two_visits_of_one_person_at_one_time_are_marked_as_soon_as_they_step_in() -> None:
    double = GOING.then(e.VisitPlanned("lars", TODAY, time(10)), ago=DAY)
    assert [one.at_once for one in of(double, "lars").calls] == [False]
    team = replace(TEAM, absences={"a": Absence("a", "anna", TODAY, TODAY, "")})
    assert [one.at_once for one in of(double, "lars", team=team).calls] == [True, True]
    [cell] = [cell for cell in week(team, [double.client], NOW).rows[0].cells if cell]  # type: ignore[list-item]
    assert [one.at_once for one in cell] == [True, True]
    other = GOING.then(e.VisitPlanned("lars", TODAY, time(11)), ago=DAY)
    assert [one.at_once for one in of(other, "lars", team=team).calls] == [False, False]


def test_what_is_left_of_a_time_on_the_board_is_still_somebodys() -> None:
    given = GOING.then(e.ActionAdded("a1", "Ring", "anna", None, False)).then(e.Returned("Bra"))
    shown = of(given)
    assert ([one.action.id for one in shown.tasks], len(shown.calls)) == (["a1"], 1)


def test_everybody_sees_to_whom_nobody_goes_and_who_is_on_duty() -> None:
    team = replace(TEAM, duty={TODAY: "lars"})
    shown = of(STINA, "anna", team=team)
    assert [gap.client.id for gap in shown.gaps] == ["stina"]
    assert shown.duty
    assert shown.duty.user == "lars"
    assert shown.here
    assert shown.clients == [STINA.client]


def test_a_day_is_asked_for_by_whose_it_is() -> None:
    def whose(asked: str | None) -> str | None:
        person = today.whose(TEAM, "anna", asked)
        return person.user if person else None

    assert [whose(one) for one in (None, "", "lars")] == ["anna", "anna", "lars"]
    assert [whose(one) for one in ("greta", "maria", "nobody", "\x00")] == [None, None, None, None]


# --- whom one is to meet without a visit planned ------------------------------------------------------------


def returned(who: str | None, *, due: int, ago: int = 5) -> Given:
    """Back in planned care for some days; somebody meets them by a day so far from today."""
    back = e.Returned("Bra", follow_up=TODAY + due * DAY, who=who)
    return a_client(case_manager="anna", substitute="lars").on_board(ago=30 * DAY).then(back, ago=ago * DAY)


def planned(who: str, *, next: int) -> Given:
    schedule = e.PlannedContactSet(who, 14, TODAY + next * DAY)
    return a_client(case_manager="anna", substitute="lars").then(schedule, ago=20 * DAY)


def met(given: Given, by: str = "anna", kind: e.ContactKind = e.ContactKind.HOME) -> Given:
    return given.then(e.ContactLogged(kind, by, NOW), by=by)


def test_a_follow_up_is_ones_own_until_somebody_has_met_them() -> None:
    given = returned("anna", due=2)
    [meet] = of(given).meets
    assert (meet.day, meet.late, meet.since) == (TODAY + 2 * DAY, False, NOW - 5 * DAY)
    assert of(given, "lars").meets == ()
    assert of(given).clients == [given.client]
    assert of(met(given, kind=e.ContactKind.TRIED)).meets != (), "an attempt is no contact"
    done = met(given, "lars")
    assert (of(done).meets, of(done).met, len(of(done, "lars").met)) == ((), (), 1), "whoever met them has done it"


def test_a_follow_up_whose_day_has_passed_is_late() -> None:
    assert [one.late for one in of(returned("anna", due=-1)).meets] == [True]
    assert [one.late for one in of(returned("anna", due=0)).meets] == [False]
    assert of(returned("anna", due=0)).valid_until <= NOW + 16 * HOUR


def test_a_planned_contact_comes_up_on_its_day() -> None:
    assert of(planned("anna", next=1)).meets == ()
    [meet] = of(planned("anna", next=0)).meets
    assert (meet.day, meet.late, meet.since) == (TODAY, False, None)
    assert [one.late for one in of(planned("anna", next=-1)).meets] == [True]
    done = met(planned("anna", next=0))
    assert (of(done).meets, len(of(done).met)) == ((), 1)


def test_a_visit_planned_for_today_is_that_contact() -> None:
    schedule = e.PlannedContactSet("anna", 7, TODAY)
    assert of(GOING.then(schedule, ago=9 * DAY)).meets == ()
    tomorrow = STINA.then(e.VisitPlanned("anna", TODAY + DAY), ago=DAY)
    assert len(of(tomorrow.then(schedule, ago=9 * DAY)).meets) == 1


def test_whoever_answers_for_them_meets_them_while_the_one_who_was_to_is_away() -> None:
    away = replace(TEAM, absences={"a": Absence("a", "anna", TODAY, TODAY, "")})
    for given in (returned("anna", due=1), planned("anna", next=0)):
        assert of(given, team=away).meets == ()
        [meet] = of(given, "lars", team=away).meets
        assert meet.instead == "anna"
    [nobodys] = of(returned(None, due=1)).meets
    assert nobodys.instead is None, "nobody was named, so it is the case manager's"


def test_what_is_late_comes_first_then_the_soonest() -> None:
    people = [
        replace(known, id=id)
        for id, given in (
            ("later", returned("anna", due=3)),
            ("today", planned("anna", next=0)),
            ("late", returned("anna", due=-1)),
            ("late since long", planned("anna", next=-9)),
        )
        if (known := given.client)
    ]
    shown = today.today(TEAM, people, TEAM.members["anna"], NOW)
    assert [one.client.id for one in shown.meets] == ["late since long", "late", "today", "later"]

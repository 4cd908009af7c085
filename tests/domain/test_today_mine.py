"""One's own clients on one's day: whose they are, in which order, and until when it is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain import today
from factboard.domain.state import Absence, Client, Team
from factboard.domain.stepdown import State
from factboard.domain.today import Mine
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client

DAY = timedelta(days=1)
AWAY = replace(TEAM, absences={"a": Absence("a", "anna", TODAY, TODAY, "")})


def one(id: str, given: Given) -> Client:
    assert given.client
    return replace(given.client, id=id)


def annas(first_name: str = "Stina", **more: object) -> Given:
    return a_client(first_name=first_name, case_manager="anna", **more)


def planned(given: Given, day: date, who: str = "anna") -> Given:
    return given.then(e.PlannedContactSet(who, 14, day), ago=3 * DAY)


def shown(*clients: Client, team: Team = TEAM, user: str = "anna") -> tuple[Mine, ...]:
    return today.today(team, clients, team.members[user], NOW).mine


def only(given: Given, **more: object) -> Mine:
    [found] = shown(one("stina", given), **more)  # type: ignore[arg-type]
    return found


def test_the_board_comes_first_then_whom_to_meet_by_now_then_the_rest_by_name() -> None:
    clients = [
        one("later", planned(annas("Cecilia"), TODAY + DAY)),
        one("nothing planned", annas("Beata")),
        one("today", planned(annas("Yngve"), TODAY)),
        one("late", planned(annas("Zelda"), TODAY - DAY)),
        one(
            "returned",
            annas("Åke").on_board(ago=9 * DAY).then(e.Returned("Mår bra", follow_up=TODAY + DAY, who="anna"), ago=DAY),
        ),
        one("intensive", annas("Ulla").on_board("long_intensive")),
        one("in crisis", annas("Vera").on_board("short_intensive")),
        one("in crisis too", annas("Adam").on_board("short_intensive")),
        one("not hers", a_client(case_manager="lars").on_board()),
    ]
    assert [(mine.client.id, mine.now) for mine in shown(*clients)] == [
        ("in crisis too", True),
        ("in crisis", True),
        ("intensive", True),
        ("late", True),
        ("today", True),
        ("returned", True),
        ("nothing planned", False),
        ("later", False),
    ]


@pytest.mark.parametrize(
    ("team", "user", "instead"),
    [(TEAM, "anna", None), (AWAY, "anna", None), (AWAY, "lars", "anna")],
    ids=["a case manager's", "one's own while away too", "the substitute's meanwhile"],
)
def test_whose_they_are(team: Team, user: str, instead: str | None) -> None:
    assert only(annas(substitute="lars"), team=team, user=user).instead == instead


def test_a_substitute_has_nobody_of_whoever_is_there() -> None:
    assert shown(one("stina", annas(substitute="lars")), user="lars") == ()


def test_who_has_left_the_team_is_nobodys() -> None:
    assert shown(one("stina", annas().then(e.EnrolmentEnded(e.EndReason.MOVED)))) == ()


def test_the_next_contact_is_the_earliest_of_all_that_is_planned() -> None:
    given = planned(annas().on_board(ago=9 * DAY), TODAY + 3 * DAY)
    visit = given.then(e.VisitPlanned("lars", TODAY + DAY, time(10)), ago=DAY)
    assert only(given).next == today.Next(TODAY + 3 * DAY, None, "anna", late=False)
    assert only(visit).next == today.Next(TODAY + DAY, time(10), "lars", late=False)
    assert only(planned(annas(), TODAY - DAY)).next == today.Next(TODAY - DAY, None, "anna", late=True)
    assert only(annas()).next is None
    nobody = replace(TEAM, absences={"a": Absence("a", "lars", TODAY, TODAY + DAY, "")})
    coming = only(visit, team=nobody).next
    assert coming
    assert coming.who is None


def test_where_they_stand_and_when_they_were_seen() -> None:
    met = annas().on_board(ago=9 * DAY).then(e.ContactLogged(e.ContactKind.HOME, "lars", NOW - DAY), ago=DAY)
    called = met.then(e.ContactLogged(e.ContactKind.PHONE, "lars", NOW))
    mine = only(called)
    assert mine.standing
    assert mine.standing.state is State.ON_BOARD
    assert mine.seen
    assert mine.seen.happened_at == NOW - DAY
    assert mine.untaken
    assert not only(met.then(e.Taken(), by="lars")).untaken
    assert only(annas()).standing is None


def test_a_day_is_true_no_longer_than_where_ones_clients_stand() -> None:
    crisis = TEAM.categories["short_intensive"]
    at_eleven = replace(crisis, policy=replace(crisis.policy, return_time=time(11)))
    team = replace(TEAM, categories={**TEAM.categories, "short_intensive": at_eleven})
    announced = e.ReturnAnnounced("m", e.Mode.AUTOMATIC, NOW, "anna", TODAY, e.Informed.NO, "", e.Grounds(1, 5, "0.3"))
    until = {}
    for manager in ("anna", "lars"):
        given = a_client(case_manager=manager).on_board(ago=20 * DAY).then(announced, ago=DAY)
        until[manager] = today.today(team, [one("stina", given)], team.members["anna"], NOW).valid_until
    assert until["anna"] == NOW + timedelta(hours=1, minutes=20), "eleven o'clock"
    assert until["lars"] > until["anna"]


def test_others_see_a_day_as_another_audience() -> None:
    assert today.of_audience(today.audience("anna", "anna")) == ("anna", True)
    assert today.of_audience(today.audience("lars", "anna")) == ("anna", False)
    assert today.audience("lars", "anna") == today.audience("maria", "anna")

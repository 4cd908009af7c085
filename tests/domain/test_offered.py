"""Whom somebody most likely puts on the board: offered before anything is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.offered import Near, likely_category, offered
from factboard.domain.state import Absence, Client, Team
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def one(id: str, given: Given) -> Client:
    assert given.client
    return replace(given.client, id=id)


def going(at: time | None, *, who: str = "anna", backup: str | None = None) -> Given:
    return a_client().on_board(ago=20 * DAY).then(e.VisitPlanned(who, TODAY, at, "", backup), ago=DAY)


def met(ago: timedelta, *, by: str = "anna", others: tuple[str, ...] = ()) -> Given:
    return a_client().then(e.ContactLogged(e.ContactKind.PHONE, by, NOW - ago, others), ago=ago)


def ids(*clients: Client, team: Team = TEAM, user: str = "anna") -> list[str]:
    return [offer.client.id for offer in offered(team, clients, user, NOW)]


def test_todays_visits_come_first_then_own_clients_then_those_met_lately() -> None:
    afternoon, morning = one("afternoon", going(time(14))), one("morning", going(time(9)))
    some_time, called = one("some time", going(None)), one("called", met(HOUR))
    cecilia = one("cecilia", a_client(first_name="Cecilia", case_manager="anna"))
    beata = one("beata", a_client(first_name="Beata", case_manager="lars", substitute="anna"))
    last_week, yesterday = one("last week", met(7 * DAY)), one("yesterday", met(DAY))
    stranger = one("stranger", a_client(case_manager="lars"))
    shown = offered(
        TEAM, [stranger, last_week, cecilia, afternoon, called, yesterday, beata, some_time, morning], "anna", NOW
    )
    assert [(offer.client.id, offer.near) for offer in shown] == [
        ("morning", Near.TODAY),
        ("afternoon", Near.TODAY),
        ("some time", Near.TODAY),
        ("called", Near.TODAY),
        ("beata", Near.OWN),
        ("cecilia", Near.OWN),
        ("yesterday", Near.LATELY),
        ("last week", Near.LATELY),
    ]
    assert [offer.visit.at if offer.visit else None for offer in shown[:4]] == [time(9), time(14), None, None]


def test_nobody_is_offered_twice() -> None:
    visit = e.VisitPlanned("anna", TODAY, time(10))
    everything = met(HOUR).on_board(by="anna").then(visit, ago=HOUR)
    assert everything.client
    own = replace(everything.client.details, case_manager="anna", substitute="anna")
    assert ids(replace(everything.client, id="stina", details=own)) == ["stina"]


def test_whoever_goes_instead_has_the_visit() -> None:
    client = one("stina", going(time(10), backup="lars"))
    away = replace(TEAM, absences={"a": Absence("a", "anna", TODAY, TODAY, "")})
    assert (ids(client), ids(client, user="lars")) == (["stina"], [])
    assert (ids(client, team=away), ids(client, team=away, user="lars")) == ([], ["stina"])


RATED = e.Rated(e.Rating.WORSE, e.Basis.SEEN, "anna", NOW - DAY)
LATELY = {
    "met": (met(13 * DAY), True),
    "was there too": (met(DAY, by="lars", others=("anna",)), True),
    "met longer ago": (met(15 * DAY), False),
    "met by another": (met(DAY, by="lars"), False),
    "tried": (a_client().then(e.ContactLogged(e.ContactKind.TRIED, "anna", NOW), ago=HOUR), True),
    "put on": (a_client().on_board(by="anna", ago=2 * DAY), True),
    "put on longer ago": (a_client().on_board(by="anna", ago=15 * DAY), False),
    "flagged again": (a_client().on_board(ago=20 * DAY).flagged_again(by="anna", ago=DAY), True),
    "rated": (a_client().on_board(ago=20 * DAY).then(RATED, ago=DAY), True),
    "left the team": (met(DAY).then(e.EnrolmentEnded(e.EndReason.MOVED)), False),
}  # fmt: skip


@pytest.mark.parametrize("says", LATELY)
def test_those_with_whom_one_had_to_do_in_the_last_fourteen_days(says: str) -> None:
    given, is_offered = LATELY[says]
    assert ids(one("stina", given)) == (["stina"] if is_offered else [])


def test_the_place_of_a_protected_identity_does_not_tell_the_name() -> None:
    hidden = one("hidden", a_client(first_name="Anders", case_manager="anna", protected=True))
    shown = one("shown", a_client(first_name="Östen", case_manager="anna"))
    assert ids(hidden, shown) == ["shown", "hidden"]


CAME_HOME = a_client().on_board("long_intensive", ago=9 * DAY).then(e.Returned("Som vanligt"), ago=8 * DAY)
CATEGORY = {
    "never on the board: the team's first": (a_client(), "crisis_prevention"),
    "on the board: the present one": (CAME_HOME.on_board("hard_to_reach"), "hard_to_reach"),
    "earlier: that of the last time": (CAME_HOME, "long_intensive"),
    "not of a time in error": (CAME_HOME.on_board("admitted").then(e.EnteredInError("Fel person")), "long_intensive"),
    "not one out of use": (a_client().on_board("summer").then(e.Returned("Som vanligt")), "crisis_prevention"),
    "not one out of use, on the board": (a_client().on_board("summer"), "crisis_prevention"),
}


@pytest.mark.parametrize("says", CATEGORY)
def test_the_category_that_a_flag_most_likely_has(says: str) -> None:
    given, code = CATEGORY[says]
    assert given.client
    assert likely_category(given.team, given.client) == code

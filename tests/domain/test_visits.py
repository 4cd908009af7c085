"""Who goes to whom: planning, changing, moving, making visits, and to whom nobody goes before the team next meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from factboard.domain import calendar, visits
from factboard.domain import events as e
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Absence, Client, Visit
from factboard.domain.visits import Why
from tests.domain.given import NOW, TEAM, TODAY, Given, Refusal, a_client, facts, table

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
STINA = a_client().on_board(ago=timedelta(hours=3))
PLANNED = STINA.then(e.VisitPlanned("anna", TODAY, time(10), "Ring först", "lars"), ago=timedelta(hours=2))
VISIT = PLANNED.seq
MADE = PLANNED.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW))
MOVED = PLANNED.then(e.VisitChanged(VISIT, "anna", TOMORROW), by="lars")
LATER = STINA.then(e.VisitPlanned("anna", TOMORROW), ago=timedelta(hours=2))


def away(given: Given, *users: str, first: date = TODAY, last: date = TODAY) -> Given:
    return given.with_team(absences={user: Absence(user, user, first, last, "") for user in users})


def known(given: Given) -> Client:
    assert given.client
    return given.client


def change(**given: object) -> dict[str, object]:
    return {"visit": VISIT, "who": "anna", "day": TODAY} | given


REFUSALS = [
    Refusal("nobody is visited off the board by plan", a_client(), visits.plan_visit,
            {"who": "anna", "day": TODAY}, "not_on_board", Conflict),
    Refusal("whoever has left does not go", STINA, visits.plan_visit,
            {"who": "greta", "day": TODAY}, "unknown_member", Invalid, "who"),
    Refusal("nobody is their own backup", STINA, visits.plan_visit,
            {"who": "anna", "day": TODAY, "backup": "anna"}, "backup_is_the_same", Invalid, "backup"),
    Refusal("no visit is planned for yesterday", STINA, visits.plan_visit,
            {"who": "anna", "day": TODAY - DAY}, "day_out_of_range", Invalid, "day"),
    Refusal("two people do not move one visit", MOVED.case(seen=PLANNED.seq), visits.move_visit,
            {"visit": VISIT, "day": TODAY}, "visit_changed_meanwhile", Conflict),
    Refusal("what was never planned cannot be changed", STINA, visits.change_visit,
            change(), "unknown_visit", Conflict),
    Refusal("a visit that was made stays as it was", MADE, visits.move_visit,
            {"visit": VISIT, "day": TOMORROW}, "visit_was_made", Conflict),
    Refusal("two people do not both go", PLANNED.case("lars", seen=STINA.seq), visits.go, {},
            "somebody_goes", Conflict),
    Refusal("one makes one's own visits", PLANNED, visits.make_visit,
            {"visit": VISIT, "by": "maria"}, "not_their_visit", Invalid, "by"),
    Refusal("tomorrow's visit has not been made", LATER, visits.make_visit,
            {"visit": LATER.seq}, "in_the_future", Invalid, "day"),
    Refusal("nobody at home is no evidence", PLANNED, visits.make_visit,
            {"visit": VISIT, "tried": True, "rating": e.Rating.BETTER}, "attempt_is_no_evidence", Invalid, "rating"),
]  # fmt: skip


@table(REFUSALS)
def test_a_visit_is_refused(row: Refusal) -> None:
    row.holds()


def test_a_visit_says_who_goes_when_and_who_instead() -> None:
    typed = {"who": "anna", "day": TODAY, "at": time(10), "note": " Ring först ", "backup": "lars"}
    assert facts(visits.plan_visit(STINA.case(), **typed)) == [  # type: ignore[arg-type]
        e.VisitPlanned("anna", TODAY, time(10), "Ring först", "lars")
    ]


def test_a_move_keeps_everything_but_the_day() -> None:
    moved = e.VisitChanged(VISIT, "anna", TOMORROW, time(10), "Ring först", "lars")
    assert facts(visits.move_visit(PLANNED.case(), visit=VISIT, day=TOMORROW)) == [moved]
    assert visits.move_visit(PLANNED.case(), visit=VISIT, day=TODAY) == []
    assert [one.day for one in known(PLANNED.then(moved)).visits] == [TOMORROW]


def test_a_cancelled_visit_is_gone_and_can_be_read_by_itself() -> None:
    [fact] = facts(visits.cancel_visit(PLANNED.case(), visit=VISIT, reason="Ringde återbud"))
    assert fact == e.VisitCancelled(VISIT, "anna", TODAY, "Ringde återbud")
    assert known(PLANNED.then(fact)).visits == ()


def test_i_will_go_takes_over_the_visit_whose_people_are_away() -> None:
    [fact] = facts(visits.go(PLANNED.case("maria"), visit=VISIT))
    assert fact == e.VisitChanged(VISIT, "maria", TODAY, time(10), "Ring först", "lars")
    [fact] = facts(visits.go(PLANNED.case("lars"), visit=VISIT))
    assert fact == e.VisitChanged(VISIT, "lars", TODAY, time(10), "Ring först", None)
    assert facts(visits.go(STINA.case("lars"))) == [e.VisitPlanned("lars", TODAY)]


def test_i_will_go_to_a_visit_whose_day_has_passed_is_today() -> None:
    [fact] = facts(visits.go(PLANNED.case("maria", now=NOW + DAY), visit=VISIT))
    assert isinstance(fact, e.VisitChanged)
    assert (fact.who, fact.day) == ("maria", TOMORROW)


def test_a_visit_made_is_a_contact_now_and_its_rating() -> None:
    made = facts(visits.make_visit(PLANNED.case(), visit=VISIT, rating=e.Rating.BETTER))
    assert made == [
        e.ContactLogged(e.ContactKind.HOME, "anna", NOW),
        e.Rated(e.Rating.BETTER, e.Basis.SEEN, "anna", NOW),
    ]
    then = PLANNED
    for fact in made:
        then = then.then(fact, by="anna")
    assert visits.is_made(known(then), known(then).visits[0], TEAM.settings)


def test_not_home_is_an_attempt_and_the_visit_is_still_to_be_made() -> None:
    [fact] = facts(visits.make_visit(PLANNED.case(), visit=VISIT, tried=True))
    assert isinstance(fact, e.ContactLogged)
    assert fact.contact is e.ContactKind.TRIED
    assert visits.ahead(known(PLANNED.then(fact)), TEAM.settings, TODAY)


def test_a_visit_noted_the_day_after_happened_on_its_own_day() -> None:
    case = PLANNED.case(now=NOW + DAY)
    [fact] = facts(visits.make_visit(case, visit=VISIT))
    assert isinstance(fact, e.ContactLogged)
    assert fact.happened_at.isoformat() == "2026-11-23T09:00:00+00:00"  # ten in Stockholm


def test_whoever_is_in_hospital_is_visited_on_the_ward() -> None:
    admitted = PLANNED.then(e.Admitted("PIVA", TODAY))
    [fact] = facts(visits.make_visit(admitted.case(), visit=VISIT))
    assert isinstance(fact, e.ContactLogged)
    assert fact.contact is e.ContactKind.WARD


def test_the_mornings_contact_does_not_make_the_evenings_visit() -> None:
    twice = PLANNED.then(e.VisitPlanned("anna", TODAY, time(18)), ago=timedelta(hours=1))
    morning, evening = known(twice).visits
    seen = known(twice.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW)))
    assert visits.is_made(seen, morning, TEAM.settings)
    assert not visits.is_made(seen, evening, TEAM.settings)
    at_night = known(twice.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW + timedelta(hours=8))))
    assert not visits.is_made(at_night, morning, TEAM.settings)
    assert visits.is_made(at_night, evening, TEAM.settings)


@pytest.mark.parametrize(
    ("contact", "made"),
    [
        (e.ContactLogged(e.ContactKind.HOME, "lars", NOW), True),  # the backup
        (e.ContactLogged(e.ContactKind.HOME, "maria", NOW, ("anna",)), True),  # with her
        (e.ContactLogged(e.ContactKind.HOME, "maria", NOW), False),
        (e.ContactLogged(e.ContactKind.TRIED, "anna", NOW), False),
        (e.ContactLogged(e.ContactKind.HOME, "anna", NOW - DAY), False),
    ],
)
def test_a_visit_is_made_by_those_who_were_to_go_on_its_day(contact: e.ContactLogged, made: bool) -> None:
    client = known(PLANNED.then(contact))
    assert visits.is_made(client, client.visits[0], TEAM.settings) is made


def test_the_backup_covers_whoever_is_away_and_nobody_covers_both() -> None:
    visit = known(PLANNED).visits[0]
    assert visits.covered_by(TEAM, visit) == "anna"
    assert visits.covered_by(away(PLANNED, "anna").team, visit) == "lars"
    assert visits.covered_by(away(PLANNED, "anna", "lars").team, visit) is None


def test_the_plan_reaches_to_the_day_before_the_next_meeting() -> None:
    assert visits.last_day(TEAM, NOW) == TODAY
    twice_a_week = replace(TEAM, settings=replace(TEAM.settings, meeting_days=(0, 3)))
    assert visits.last_day(twice_a_week, NOW) == TODAY + 2 * DAY
    friday = NOW + 4 * DAY
    assert visits.last_day(TEAM, friday) == TODAY + 6 * DAY
    never = replace(TEAM, settings=replace(TEAM.settings, meeting_days=()))
    assert visits.last_day(never, NOW) == TODAY


def test_uncovered_is_who_needs_a_contact_and_has_nobody_and_always_whose_people_are_away() -> None:
    gone = away(PLANNED, "anna", "lars")
    assert [(gap.why, gap.visit and gap.visit.seq) for gap in visits.uncovered(gone.team, [known(gone)], NOW)] == [
        (Why.AWAY, VISIT)
    ]
    assert [gap.why for gap in visits.uncovered(TEAM, [known(STINA)], NOW)] == [Why.NOBODY]
    assert [gap.why for gap in visits.uncovered(TEAM, [known(LATER)], NOW)] == [Why.NOBODY]
    assert visits.uncovered(TEAM, [known(PLANNED)], NOW) == []
    assert visits.uncovered(TEAM, [known(a_client())], NOW) == []
    in_hospital = known(STINA.then(e.Admitted("PIVA", TODAY)))
    assert visits.uncovered(TEAM, [in_hospital], NOW) == []


def test_enough_contacts_in_seven_days_cover_too() -> None:
    seen = STINA
    for days in range(5):
        seen = seen.then(e.ContactLogged(e.ContactKind.HOME, "lars", NOW - days * DAY))
    assert visits.uncovered(TEAM, [known(seen)], NOW) == []
    assert visits.uncovered(TEAM, [known(seen)], NOW + 4 * DAY) != []


def test_load_is_on_whoever_has_to_go() -> None:
    clients = [known(PLANNED), replace(known(PLANNED), id="b"), replace(known(LATER), id="c")]
    assert visits.load(TEAM, clients, TODAY) == {"anna": 2}
    assert visits.load(away(PLANNED, "anna").team, clients, TODAY) == {"lars": 2}
    assert visits.load(away(PLANNED, "anna", "lars").team, clients, TODAY) == {"anna": 2}


@pytest.mark.parametrize(("at", "rises"), [(None, 13), (time(9), 13), (time(15), 15)])
def test_a_visit_rises_at_its_time_and_never_before_the_afternoon(at: time | None, rises: int) -> None:
    visit = Visit(1, "anna", TODAY, at, "")
    assert visits.rises(visit, TEAM.settings) == calendar.instant(TODAY, time(rises), TEAM.settings)


@pytest.mark.parametrize("kind", [e.ContactKind.HOME, e.ContactKind.PHONE])
def test_a_contact_from_before_somebody_said_i_will_go_is_not_that_visit(kind: e.ContactKind) -> None:
    met = PLANNED.then(e.ContactLogged(kind, "maria", NOW - timedelta(hours=1)), by="maria", ago=timedelta(hours=1))
    [fact] = facts(visits.go(met.case("maria"), visit=VISIT))
    client = known(met.then(fact, by="maria"))
    assert [one.who for one in visits.ahead(client, TEAM.settings, TODAY)] == ["maria"], "she has still to go"
    seen = known(met.then(fact, by="maria").then(e.ContactLogged(e.ContactKind.HOME, "maria", NOW)))
    assert visits.ahead(seen, TEAM.settings, TODAY) == []


def test_who_calls_to_say_that_they_are_coming_has_not_been_there() -> None:
    called = known(PLANNED.then(e.ContactLogged(e.ContactKind.PHONE, "anna", NOW)))
    assert visits.ahead(called, TEAM.settings, TODAY) != []


def test_a_visit_whose_people_are_away_is_not_hidden_by_another_that_somebody_makes() -> None:
    twice = PLANNED.then(e.VisitPlanned("lars", TODAY, time(18)), ago=timedelta(hours=1))
    gone = away(twice, "lars")
    assert [(gap.why, gap.visit and gap.visit.at) for gap in visits.uncovered(gone.team, [known(gone)], NOW)] == [
        (Why.AWAY, time(18))
    ]


@pytest.mark.parametrize(
    ("contact", "ago", "gaps"),
    [
        (e.ContactKind.HOME, timedelta(hours=1), 0),
        (e.ContactKind.PHONE, timedelta(hours=1), 1),
        (e.ContactKind.TRIED, timedelta(hours=1), 1),
        (e.ContactKind.HOME, timedelta(days=1), 1),
    ],
)
def test_whom_somebody_has_seen_today_needs_nobody_more_today(
    contact: e.ContactKind, ago: timedelta, gaps: int
) -> None:
    story = a_client().on_board(ago=timedelta(days=9)).then(e.ContactLogged(contact, "anna", NOW - ago), ago=ago)
    assert len(visits.uncovered(TEAM, [known(story)], NOW)) == gaps

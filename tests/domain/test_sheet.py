"""The pages for paper: the whole board until the team next meets, and what on-call must know until it is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from factboard.domain import events as e
from factboard.domain import sheet
from factboard.domain.people import labels
from factboard.domain.sheet import MorningSheet, OnCallSheet, Planned
from factboard.domain.state import Absence, Client, Team
from factboard.domain.visits import Why
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client, who_left
from tests.domain.stepdown import given as way_back

DAY = timedelta(days=1)
BEFORE_MEETING = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # half past seven: the meeting is at half past eight
STINA = a_client().on_board(ago=30 * DAY)
TWICE = replace(TEAM, settings=replace(TEAM.settings, meeting_days=(0, 3)))  # Mondays and Thursdays


def visit(given: Given, day: date, at: time | None = None, who: str = "anna", backup: str | None = None) -> Given:
    return given.then(e.VisitPlanned(who, day, at, "", backup), ago=DAY)


def known(given: Given, name: str = "stina") -> Client:
    assert given.client
    return replace(given.client, id=name)


def morning(*clients: Client, team: Team = TEAM, now: datetime = BEFORE_MEETING) -> MorningSheet:
    return sheet.morning(team, clients, labels((one.id, one.details) for one in clients), now)


def on_call(*clients: Client, team: Team = TEAM, until: datetime = NOW + 3 * DAY) -> OnCallSheet:
    return sheet.on_call(team, clients, labels((one.id, one.details) for one in clients), NOW, until)


def days(planned: tuple[Planned, ...]) -> list[date]:
    return [one.visit.day for one in planned]


def away(*users: str) -> Team:
    return replace(TEAM, absences={user: Absence(user, user, TODAY, TODAY, "") for user in users})


def test_everybody_on_the_board_has_a_row_and_nobody_else() -> None:
    others = [known(a_client(), "planned"), known(who_left(), "left")]
    assert set(morning(known(STINA), *others).rows) == {"stina"}
    assert set(on_call(known(STINA), *others).rows) == {"stina"}
    shown = morning(known(STINA), *others).board
    assert [card.client.id for group in shown.groups for card in group.cards] == ["stina"]


def test_a_row_says_how_often_they_were_met_and_should_be() -> None:
    met = STINA.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW - DAY), ago=DAY)
    row = morning(known(met)).rows["stina"]
    assert (row.met, row.due) == (1, 5)


def test_the_morning_sheet_reaches_to_the_meeting_after_the_one_it_is_for() -> None:
    planned = STINA
    for ahead in range(5):
        planned = visit(planned, TODAY + ahead * DAY)
    assert days(morning(known(planned)).rows["stina"].visits) == [TODAY]
    until_thursday = [TODAY, TODAY + DAY, TODAY + 2 * DAY]
    for now in (BEFORE_MEETING, NOW):  # and the same once the meeting has begun
        made = morning(known(planned), team=TWICE, now=now)
        assert days(made.rows["stina"].visits) == until_thursday
        assert [day for day, _ in made.days] == until_thursday


def test_nobody_is_uncovered_who_is_visited_before_the_meeting_after_this_one() -> None:
    tomorrow = known(visit(STINA, TODAY + DAY))
    assert [gap.why for gap in morning(tomorrow).uncovered] == [Why.NOBODY]
    assert morning(tomorrow, team=TWICE).uncovered == ()


def test_what_was_noted_after_the_meeting_began_counts() -> None:
    met = a_client().on_board("hard_to_reach", ago=30 * DAY)
    for minutes in (5, 10):
        met = met.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW - timedelta(minutes=minutes)))
    assert morning(known(met), now=NOW).uncovered == ()


def test_a_day_has_its_visits_by_the_hour_those_without_one_last() -> None:
    late, early = known(visit(STINA, TODAY, time(15)), "late"), known(visit(STINA, TODAY, time(9)), "early")
    any_time = known(visit(STINA, TODAY), "any")
    [(day, planned)] = morning(any_time, late, early).days
    assert (day, [one.client.id for one in planned]) == (TODAY, ["early", "late", "any"])


def test_who_goes_is_whoever_can_and_nobody_is_said() -> None:
    planned = known(visit(STINA, TODAY, backup="lars"))
    for team, goes in ((TEAM, "anna"), (away("anna"), "lars"), (away("anna", "lars"), None)):
        assert [one.goes for one in morning(planned, team=team).rows["stina"].visits] == [goes]


def test_it_says_who_works_who_is_on_duty_and_how_to_reach_people() -> None:
    made = morning(known(STINA), team=replace(TWICE, absences=away("anna").absences, duty={TODAY: "lars"}))
    assert [one.user for one in made.working] == ["lars"]
    assert made.on_duty is not None
    assert made.on_duty.user == "lars"
    assert [one.user for one in made.staff] == ["anna", "lars"]  # not who has left, nor who sees no clients
    reachable = replace(TEAM.members["maria"], phone="070-174 06 58")
    team = replace(TEAM, members=TEAM.members | {"maria": reachable})
    assert [one.user for one in morning(known(STINA), team=team).staff] == ["anna", "lars", "maria"]
    assert [one.user for one in on_call(known(STINA), team=team).staff] == ["anna", "lars", "maria"]


def test_who_is_away_on_a_day_of_the_sheet_is_said_with_the_days() -> None:
    plan = (("1", 0, 0), ("2", 1, 4), ("3", 2, 3))  # one after the other, the third within the second
    gone = {id: Absence(id, "anna", TODAY + first * DAY, TODAY + last * DAY, "") for id, first, last in plan}
    gone["4"] = Absence("4", "lars", TODAY + 2 * DAY, TODAY + 2 * DAY, "")
    gone["5"] = Absence("5", "maria", TODAY - 2 * DAY, TODAY - DAY, "")
    team = replace(TEAM, absences=gone)
    anna = sheet.Away(TODAY, TODAY + 4 * DAY, later=False)
    assert morning(known(STINA), team=team).away == {"anna": anna}
    later = sheet.Away(TODAY + 2 * DAY, TODAY + 2 * DAY, later=True)
    assert on_call(known(STINA), team=team).away == {"anna": anna, "lars": later}


def test_the_on_call_sheet_reaches_to_the_day_the_team_is_back() -> None:
    planned = STINA
    for ahead in range(5):
        planned = visit(planned, TODAY + ahead * DAY)
    made = on_call(known(planned))
    assert (made.at, made.until) == (NOW, NOW + 3 * DAY)
    assert days(made.rows["stina"].visits) == [TODAY + ahead * DAY for ahead in range(4)]


def test_the_on_call_sheet_says_who_is_on_duty_on_each_of_its_days() -> None:
    duty = {TODAY - DAY: "anna", TODAY: "anna", TODAY + 3 * DAY: "lars", TODAY + 4 * DAY: "anna", TODAY + DAY: "greta"}
    made = on_call(known(STINA), team=replace(TEAM, duty=duty))
    assert [(day, who.user) for day, who in made.duty] == [(TODAY, "anna"), (TODAY + 3 * DAY, "lars")]


# --- the way back -------------------------------------------------------------------------------------------


def test_who_returns_stands_with_the_moment_the_soonest_first() -> None:
    world = way_back.together(later=way_back.ready(), sooner=way_back.ready(), rest=way_back.on_board())
    world.meet(over=["later"])
    world.to(world.now + DAY)
    world.meet()
    named = labels((one.id, one.details) for one in world.clients.values())
    made = sheet.morning(world.here, list(world.clients.values()), named, world.now)
    assert [card.client.id for card in made.returning] == ["sooner", "later"]
    assert [card.standing.returns for card in made.returning] == [
        world.moment("13:00"), world.moment("2026-11-25 13:00"),
    ]  # fmt: skip


def test_whom_nobody_has_taken_is_asked_about_the_longest_first() -> None:
    new, old = a_client().on_board(), a_client().on_board(ago=2 * DAY)
    taken = a_client().on_board().then(e.Taken(), by="anna")
    made = on_call(known(new, "new"), known(taken, "taken"), known(old, "old"))
    assert [card.client.id for card in made.untaken] == ["old", "new"]


def test_who_returned_of_late_stands_on_both_with_the_follow_up_that_is_late_first() -> None:
    def back(id: str, ago: int, due: int) -> Client:
        fact = e.Returned("Bra", follow_up=TODAY + due * DAY, who="anna")
        return known(STINA.then(fact, ago=ago * DAY), id)

    people = [back("new", 1, 6), back("late", 9, -2), back("long ago", 40, -33), known(STINA)]
    for made in (morning(*people), on_call(*people)):
        assert [(one.client.id, one.late) for one in made.board.returned] == [
            ("long ago", True), ("late", True), ("new", False),
        ]  # fmt: skip
        assert set(made.rows) == {"stina"}
        assert set(made.board.clients) == {"stina", "late", "long ago", "new"}

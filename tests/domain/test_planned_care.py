"""What a client returns to: when the plan's contacts fall, over clocks that change, days off and new versions; which
version is in force; and which contacts nobody made.
"""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from factboard.domain import documents, louder, placement, planned_care, stepdown
from factboard.domain import events as e
from factboard.domain.events.contents import (
    CarePlan,
    Evaluation,
    Goal,
    GoalEvaluated,
    Kind,
    SocialPlan,
    StandingContact,
    Together,
)
from factboard.domain.events.contents.words import GoalState, Weekday
from factboard.domain.planned_care import coming, missed, next_contact, next_of_each
from factboard.domain.refusal import Invalid
from factboard.domain.state import Client, fold_client
from factboard.domain.versions import digest
from tests.domain.given import CLIENT, NOW, SETTINGS, TEAM, TODAY, Given, Refusal, a_client, facts, table

DAY = timedelta(days=1)
MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
SWEDEN = replace(SETTINGS, public_holidays=True)


def line(
    id: str = "a",
    who: str = "anna",
    every: int | None = 7,
    days: tuple[Weekday, ...] = (),
    first: str | None = None,
    where: str = "",
) -> StandingContact:
    return StandingContact(id, who, every, days, where, date.fromisoformat(first) if first else None)


def written(
    *lines: StandingContact, on: str = "2026-11-02", number: int = 1, kind: type[CarePlan | SocialPlan] = CarePlan
) -> tuple[datetime, e.Fact]:
    content = kind(contacts=lines)
    return at(on), e.DocumentWritten(content.document, content.document.value, number, content, Together.TOGETHER)


def met(on: str, by: str = "anna", *others: str, kind: e.ContactKind = e.ContactKind.HOME) -> tuple[datetime, e.Fact]:
    return at(on), e.ContactLogged(kind, by, at(on), others)


def at(day: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), ZoneInfo("Europe/Stockholm")).astimezone(UTC)


def client(*told: tuple[datetime, e.Fact]) -> Client:
    story = [(at("2025-06-01"), e.ClientEnrolled(e.Details("Exempel", "Stina"))), *told]
    rows = [e.Recorded(20 + n, when, "lars", fact, CLIENT, "p1") for n, (when, fact) in enumerate(story)]
    state = fold_client(CLIENT, rows)
    assert state
    return state


def days_of(known: Client, first: str, many: int = 28, settings: e.Settings = SWEDEN) -> list[str]:
    return [f"{one.day:%a %d %b}" for one in coming(known, settings, date.fromisoformat(first), many)]


WEEKLY = line(first="2026-11-02")

FALLS = [
    ("every week, from its first day", [written(WEEKLY)], "2026-11-02", ["Mon 02 Nov", "Mon 09 Nov", "Mon 16 Nov", "Mon 23 Nov"]),
    ("counted anew from the contact that was made", [written(WEEKLY), met("2026-11-04")], "2026-11-02", ["Wed 11 Nov", "Wed 18 Nov", "Wed 25 Nov"]),
    ("made a day early: its day stands", [written(line(first="2026-11-10")), met("2026-11-09")], "2026-11-02", ["Tue 10 Nov", "Tue 17 Nov", "Tue 24 Nov"]),
    ("an attempt is no contact", [written(WEEKLY), met("2026-11-04", kind=e.ContactKind.TRIED)], "2026-11-02", ["Mon 02 Nov", "Mon 09 Nov", "Mon 16 Nov", "Mon 23 Nov"]),
    ("without a first day: within the interval of being written", [written(line())], "2026-11-02", ["Mon 09 Nov", "Mon 16 Nov", "Mon 23 Nov"]),
    ("a first day that was long ago is counted on from", [written(line(first="2026-10-07"))], "2026-11-02", ["Wed 04 Nov", "Wed 11 Nov", "Wed 18 Nov", "Wed 25 Nov"]),
    ("on its weekdays", [written(line(every=None, days=(TUE, THU)))], "2026-11-02", ["Tue 03 Nov", "Thu 05 Nov", "Tue 10 Nov", "Thu 12 Nov", "Tue 17 Nov", "Thu 19 Nov", "Tue 24 Nov", "Thu 26 Nov"]),
    ("weekdays stand, whenever somebody was met", [written(line(every=None, days=(TUE,))), met("2026-11-05")], "2026-11-02", ["Tue 10 Nov", "Tue 17 Nov", "Tue 24 Nov"]),
    ("every other Tuesday", [written(line(every=14, days=(TUE,), first="2026-11-10"))], "2026-11-02", ["Tue 10 Nov", "Tue 24 Nov"]),
    ("every other Tuesday, first met a week late", [written(line(every=14, days=(TUE,), first="2026-11-10")), met("2026-11-17")], "2026-11-10", ["Tue 24 Nov"]),
    ("an interval that falls on a Saturday is made on Monday", [written(line(every=5, first="2026-11-02")), met("2026-11-02")], "2026-11-02", ["Mon 09 Nov", "Thu 12 Nov", "Tue 17 Nov", "Mon 23 Nov", "Fri 27 Nov"]),
    ("a Saturday that somebody named stands", [written(line(every=None, days=(SAT,)))], "2026-11-02", ["Sat 07 Nov", "Sat 14 Nov", "Sat 21 Nov", "Sat 28 Nov"]),
    ("over Christmas and New Year", [written(line(every=None, days=(FRI,)), on="2026-12-14")], "2026-12-14", ["Fri 18 Dec", "Mon 28 Dec", "Mon 04 Jan", "Fri 08 Jan"]),
    ("over Easter: Good Friday, and Monday", [written(line(every=None, days=(MON, FRI)), on="2027-03-22")], "2027-03-22", ["Mon 22 Mar", "Tue 30 Mar", "Tue 30 Mar", "Fri 02 Apr", "Mon 05 Apr", "Fri 09 Apr", "Mon 12 Apr", "Fri 16 Apr"]),
    ("a move moves nothing after it", [written(line(first="2026-11-27")), met("2026-12-18")], "2026-12-20", ["Mon 28 Dec", "Mon 04 Jan", "Fri 08 Jan", "Fri 15 Jan"]),
    ("one that nobody made is due at once, and counted on from then", [written(WEEKLY)], "2026-11-04", ["Wed 04 Nov", "Wed 11 Nov", "Wed 18 Nov", "Wed 25 Nov"]),
    ("over the night in which clocks go back", [written(line(first="2026-10-19"), on="2026-10-19")], "2026-10-19", ["Mon 19 Oct", "Mon 26 Oct", "Mon 02 Nov", "Mon 09 Nov"]),
    ("over the night in which clocks go forward", [written(line(every=1, first="2027-03-26"), on="2027-03-22"), met("2027-03-26")], "2027-03-25", None),
    ("two people, each their own", [written(WEEKLY, line("b", "lars", 14, first="2026-11-05"))], "2026-11-02", ["Mon 02 Nov", "Thu 05 Nov", "Mon 09 Nov", "Mon 16 Nov", "Thu 19 Nov", "Mon 23 Nov"]),
    ("the nurse's visit is not the doctor's", [written(WEEKLY, line("b", "lars", 14, first="2026-11-05")), met("2026-11-06")], "2026-11-02", ["Thu 05 Nov", "Fri 13 Nov", "Thu 19 Nov", "Fri 20 Nov", "Fri 27 Nov"]),
    ("both were there", [written(WEEKLY, line("b", "lars", 14, first="2026-11-05")), met("2026-11-06", "anna", "lars")], "2026-11-02", ["Fri 13 Nov", "Fri 20 Nov", "Fri 20 Nov", "Fri 27 Nov"]),
    ("who stands in makes the one that has waited longest", [written(WEEKLY, line("b", "lars", 14, first="2026-11-05")), met("2026-11-06", "omar")], "2026-11-02", ["Thu 05 Nov", "Fri 13 Nov", "Thu 19 Nov", "Fri 20 Nov", "Fri 27 Nov"]),
    ("care plan and social plan together", [written(WEEKLY), written(line("b", "lars", 14, first="2026-11-05"), kind=SocialPlan)], "2026-11-02", ["Mon 02 Nov", "Thu 05 Nov", "Mon 09 Nov", "Mon 16 Nov", "Thu 19 Nov", "Mon 23 Nov"]),
    ("a new version holds from when it was written", [written(WEEKLY), met("2026-11-02"), written(line(every=3, first="2026-11-12"), on="2026-11-11", number=2)], "2026-11-02", ["Thu 12 Nov", "Mon 16 Nov", "Wed 18 Nov", "Mon 23 Nov", "Tue 24 Nov", "Fri 27 Nov"]),
    ("a new version that says the same of it changes nothing", [written(WEEKLY), met("2026-11-04"), written(WEEKLY, on="2026-11-06", number=2)], "2026-11-02", ["Wed 11 Nov", "Wed 18 Nov", "Wed 25 Nov"]),
    ("a version without it ends it", [written(WEEKLY), written(on="2026-11-06", number=2)], "2026-11-02", []),
    ("set in short: for that person's lines", [written(WEEKLY, line("b", "lars", 14, first="2026-11-05")), (at("2026-11-03"), e.PlannedContactSet("anna", 14, date(2026, 11, 10)))], "2026-11-02", ["Thu 05 Nov", "Tue 10 Nov", "Thu 19 Nov", "Tue 24 Nov"]),
    ("until a plan says something new of them", [(at("2026-11-02"), e.PlannedContactSet("anna", 14, date(2026, 11, 10))), written(line(first="2026-11-12"), on="2026-11-04")], "2026-11-02", ["Thu 12 Nov", "Thu 19 Nov", "Thu 26 Nov"]),
    ("a version that changes something else leaves it", [written(WEEKLY), (at("2026-11-03"), e.PlannedContactSet("anna", 14, date(2026, 11, 10))), written(WEEKLY, line("b", "lars", 14, first="2026-11-05"), on="2026-11-04", number=2)], "2026-11-02", ["Thu 05 Nov", "Tue 10 Nov", "Thu 19 Nov", "Tue 24 Nov"]),
]  # fmt: skip


@pytest.mark.parametrize(("says", "told", "first", "falls"), FALLS, ids=[row[0] for row in FALLS])
def test_when_the_planned_contacts_fall(
    says: str, told: list[tuple[datetime, e.Fact]], first: str, falls: list[str] | None
) -> None:
    if (
        falls is None
    ):  # every day, over the change of clocks and the Easter days: each working day once or more, in order
        found = [one.day for one in coming(client(*told), SWEDEN, date.fromisoformat(first), 14)]
        assert found == sorted(found)
        assert {date(2027, 3, 30), date(2027, 3, 31), date(2027, 4, 1)} <= set(found)
        assert not {date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)} & set(found), "nobody is here"
        return
    assert days_of(client(*told), first) == falls


@pytest.mark.parametrize(
    ("moved", "falls"),
    [
        (e.Moved.AFTER, ["Fri 18 Dec", "Mon 28 Dec"]),
        (e.Moved.BEFORE, ["Fri 18 Dec", "Thu 24 Dec"]),
        (e.Moved.STAYS, ["Fri 18 Dec", "Fri 25 Dec"]),
    ],
)
def test_where_a_contact_on_a_day_off_goes_is_the_teams_to_say(moved: e.Moved, falls: list[str]) -> None:
    known = client(written(line(every=None, days=(FRI,)), on="2026-12-14"))
    assert days_of(known, "2026-12-14", 15, replace(SWEDEN, contacts_moved=moved)) == falls


def test_one_that_was_moved_before_its_day_is_made_then() -> None:
    team = replace(SWEDEN, contacts_moved=e.Moved.BEFORE)
    known = client(written(line(every=None, days=(FRI,)), on="2026-12-14"), met("2026-12-18"), met("2026-12-24"))
    assert days_of(known, "2026-12-20", 15, team) == ["Thu 31 Dec"]


def test_whoever_met_them_long_ago_is_remembered_though_many_have_met_them_since() -> None:
    yearly = line("b", "lars", 180, first="2026-01-12")
    every_day = [met(str(date(2026, 1, 13) + n * DAY), "anna") for n in range(100)]
    known = client(written(yearly, on="2026-01-05"), met("2026-01-12", "lars"), *every_day)
    assert [one.day for one in next_of_each(known, SWEDEN)] == [date(2026, 7, 13)], "180 days on is a Saturday"


# --- a time on the board lies over the schedule --------------------------------------------------------------

UP, DOWN = e.PutOnBoard("short_intensive", "Sover inte"), e.Returned("Lugnt", follow_up=date(2026, 11, 25), who="anna")
OVERLAID = [
    ("its day comes after the return", [written(line(every=30, first="2026-11-27"))], "2026-11-27"),
    ("its day passed meanwhile: within a week of the return", [written(line(every=30, first="2026-11-13"))], "2026-11-27"),
    ("a weekday: the next one", [written(line(every=None, days=(TUE,)))], "2026-11-24"),
    ("met on the board: counted from then", [written(line(every=14, first="2026-11-10")), met("2026-11-17")], "2026-12-01"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "told", "falls"), OVERLAID, ids=[row[0] for row in OVERLAID])
def test_what_the_time_on_the_board_passed_over_is_due_anew(
    says: str, told: list[tuple[datetime, e.Fact]], falls: str
) -> None:
    before, during = told[:1], told[1:]
    known = client(*before, (at("2026-11-09"), UP), *during, (at("2026-11-20"), DOWN))
    found = next_contact(known, SWEDEN)
    assert found
    assert str(found.day) == falls
    assert missed(known, at("2026-11-24"), SWEDEN) == (), "the follow-up comes first"


# --- which version is in force -------------------------------------------------------------------------------


def test_a_return_leads_to_exactly_the_version_in_force_in_random_histories() -> None:
    held = 0
    for seed in range(150):
        pick, given = random.Random(seed), a_client()
        newest: dict[Kind, tuple[int, str]] = {}
        for step in range(40):
            stay = given.client.stay if given.client else None
            ago = (40 - step) * DAY
            verb = pick.choice(("write", "write", "undo", "up", "down"))
            if verb == "write":
                content = pick.choice((CarePlan, SocialPlan))(goals=(Goal("g", f"Ord {pick.random()}"),))
                kind = content.document
                number = newest.get(kind, (0, ""))[0] + 1
                given = given.then(e.DocumentWritten(kind, kind.value, number, content, Together.READ), ago=ago)
                newest[kind] = number, digest(content)
            elif verb == "undo" and given.story and isinstance(given.story[-1].fact, e.PutOnBoard | e.Returned):
                given = given.undone(ago=ago)
            elif verb == "up" and stay is None:
                [fact] = facts(
                    placement.put_on_board(given.case(now=NOW - ago), category="short_intensive", reason="x")
                )
                given = given.then(fact, ago=ago, placement=f"p{step}")
            elif verb == "down" and stay is not None:
                [fact] = facts(placement.return_to_planned_care(given.case(now=NOW - ago), reason="x"))
                assert isinstance(fact, e.Returned)
                assert {one.document: (one.number, one.digest) for one in fact.plans} == newest
                given = given.then(fact, ago=ago)
                held += 1
        assert given.client
        assert {one.document: (one.number, one.digest) for one in planned_care.in_force(given.client)} == newest
    assert held > 300


def test_a_digest_tells_two_contents_apart_and_not_two_empty_fields() -> None:
    plan = CarePlan(goals=(Goal("g", "Gå ut", ("till affären",)),), note="x")
    assert digest(plan) == digest(replace(plan, needs=()))
    assert (
        len(
            {
                digest(plan),
                digest(replace(plan, note="y")),
                digest(CarePlan(goals=plan.goals)),
                digest(SocialPlan(goals=plan.goals)),
            }
        )
        == 4
    )


# --- contacts that nobody made -------------------------------------------------------------------------------


def test_a_missed_contact_is_told_once_and_the_lead_after_a_week() -> None:
    """Of each line: the nurse's on the second, the doctor's on the fifth."""
    told, team = [written(WEEKLY, line("b", "lars", 90, first="2026-11-05"))], replace(TEAM, settings=SWEDEN)
    known, found = client(*told), []
    while due := stepdown.dues(team, known).contact:
        case = replace(Given(team=team).case(now=due), client=known)
        [entry] = stepdown.fall_due(case, clock="contact")
        fact = entry.fact
        assert isinstance(fact, e.PlannedContactMissed)
        found.append(
            (str(fact.due.astimezone(ZoneInfo("Europe/Stockholm")).date()), fact.step.value, fact.who, str(fact.day))
        )
        told.append((due, fact))
        known = client(*told)
    assert found == [
        ("2026-11-03", "contact", "anna", "2026-11-02"), ("2026-11-06", "contact", "lars", "2026-11-05"),
        ("2026-11-10", "contact_lead", "anna", "2026-11-02"), ("2026-11-13", "contact_lead", "lars", "2026-11-05"),
    ]  # fmt: skip
    [alarm] = louder.alarms(team, known, at("2026-11-14"))
    assert (alarm.step, alarm.since, alarm.lead) == (e.Step.CONTACT, at("2026-11-03", 0), True)
    again = client(*told, met("2026-11-16", "anna", "lars"))
    assert stepdown.dues(team, again).contact == at("2026-11-24", 0), "the next one is another matter"


@pytest.mark.parametrize(
    ("says", "told", "late"),
    [
        ("not before its day has passed", [written(WEEKLY)], []),
        ("on the day after", [written(line(first="2026-11-20"))], [3]),
        ("not while they are on the board", [written(line(first="2026-11-10")), (at("2026-11-15"), UP)], []),
        ("not once they have left the team's care", [written(line(first="2026-11-10")), (at("2026-11-15"), e.EnrolmentEnded(e.EndReason.MOVED))], []),
        ("each line of its own", [written(line(first="2026-11-10"), line("b", "lars", 90, first="2026-11-13"))], [13, 10]),
        ("not where a colleague stood in", [written(line(first="2026-11-19")), met("2026-11-20", "lars")], []),
    ],
)  # fmt: skip
def test_what_was_missed(says: str, told: list[tuple[datetime, e.Fact]], late: list[int]) -> None:
    now = at("2026-11-02", 18) if late == [] and len(told) == 1 else NOW
    assert [one.days for one in missed(client(*told), now, SWEDEN)] == late


# --- how the goals go ----------------------------------------------------------------------------------------


def test_a_goal_is_followed_through_the_evaluations_by_its_id_though_its_words_change() -> None:
    def one(number: int, content: object, on: str) -> documents.Version:
        return documents.Version(CLIENT, f"x{number}", 1, number, at(on), "anna", content, Together.TOGETHER)  # type: ignore[arg-type]

    further, nearer = GoalState.FURTHER, GoalState.NEARER
    first = Evaluation(on=date(2026, 9, 1), goals=(GoalEvaluated("g", "Gå ut", further), GoalEvaluated("h", "Bror")))
    second = Evaluation(
        on=date(2026, 10, 1), goals=(GoalEvaluated("g", "Gå ut", nearer), GoalEvaluated("old", "Sova", further))
    )
    plan = CarePlan(goals=(Goal("g", "Gå till affären själv"), Goal("h", "Träffa min bror")))
    found = planned_care.courses(
        [one(9, plan, "2026-11-20"), one(5, second, "2026-10-02"), one(3, first, "2026-10-05")], SWEDEN
    )
    assert [(goal.id, goal.plan, [(str(one.day), one.state) for one in goal.stood]) for goal in found] == [
        ("g", Kind.CARE_PLAN, [("2026-09-01", further), ("2026-10-01", nearer)]),
        ("h", Kind.CARE_PLAN, []),
        ("old", None, [("2026-10-01", further)]),
    ]
    assert found[0].words == "Gå till affären själv"


# --- what may stand in a plan --------------------------------------------------------------------------------


def typed(*lines: StandingContact) -> dict[str, object]:
    return {"ref": "care_plan", "content": CarePlan(contacts=lines), "together": Together.TOGETHER, "based_on": 0}


REFUSALS = [
    Refusal(
        "an evaluation of nothing",
        a_client(),
        documents.write,
        {
            "ref": "evaluation.a1",
            "content": Evaluation(on=TODAY, goals=(GoalEvaluated("g", "Gå ut"),)),
            "together": Together.TOGETHER,
            "based_on": 0,
        },
        "nothing_written",
        Invalid,
        "note",
    ),
    Refusal(
        "a contact that nobody makes",
        a_client(),
        documents.write,
        typed(line(who="")),
        "choose_one",
        Invalid,
        "contacts-0-who",
    ),
    Refusal(
        "one by an auditor",
        a_client(),
        documents.write,
        typed(line(), line("b", "maria")),
        "unknown_member",
        Invalid,
        "contacts-1-who",
    ),
    Refusal(
        "one by somebody who has left",
        a_client(),
        documents.write,
        typed(line(who="greta")),
        "unknown_member",
        Invalid,
        "contacts-0-who",
    ),
    Refusal(
        "nobody knows how often",
        a_client(),
        documents.write,
        typed(line(every=None)),
        "how_often",
        Invalid,
        "contacts-0-every_days",
    ),
    Refusal(
        "every ten days on Tuesdays",
        a_client(),
        documents.write,
        typed(line(every=10, days=(TUE,))),
        "whole_weeks",
        Invalid,
        "contacts-0-every_days",
    ),
    Refusal(
        "first met in two years",
        a_client(),
        documents.write,
        typed(line(first="2028-11-23")),
        "day_out_of_range",
        Invalid,
        "contacts-0-first",
    ),
]


@table(REFUSALS)
def test_a_plan_that_cannot_be_held_is_refused(row: Refusal) -> None:
    row.holds()


def test_a_line_of_somebody_who_has_left_stands_until_it_is_changed() -> None:
    before = CarePlan(contacts=(line(who="greta"),))
    known = documents.Version(CLIENT, "care_plan", 1, 30, NOW, "lars", before, Together.READ)
    case = replace(a_client().case(), document=known)
    assert documents.write(case, **(typed() | {"content": replace(before, note="Ny"), "based_on": 1}))  # type: ignore[arg-type]

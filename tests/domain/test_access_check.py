"""The routine check of the access log: what each rule draws and leaves, that a draw can be repeated, and its fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.access import Look, Row, gathered
from factboard.domain.access.checking import MANY, RULES, many
from factboard.domain.access.drawing import BY_CHANCE, EACH, Drawn, check_access, draw, judge
from factboard.domain.access.extract import lines
from factboard.domain.access.known import Known, course
from factboard.domain.refusal import Invalid
from tests.domain.given import CLIENT, NOW, TEAM, Given, Refusal, a_client, nobody, table

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
B = e.Because


def known(given: Given, **of_team: object) -> Known:
    team = replace(TEAM, **of_team) if of_team else TEAM  # type: ignore[arg-type]
    return Known(team, {CLIENT: course(team.id, given.story)})


def look(actor: str = "anna", *, ago: timedelta = HOUR, clients: tuple[str, ...] = (CLIENT,), **more: object) -> Look:
    given = {"action": "read", "view": "client"} | more
    return Look(7, NOW - ago, actor, clients=clients, **given)  # type: ignore[arg-type]


def drawn_by(one: Look, given: Given, **of_team: object) -> set[e.Because]:
    return {because for because, rule in RULES.items() if rule(one, known(given, **of_team))}


def of_lars(**details: object) -> Given:
    """Somebody in the team's care for long, whose case manager is Lars."""
    return a_client(case_manager="lars", **details)


@pytest.mark.parametrize(
    ("given", "one", "because"),
    [
        pytest.param(of_lars(), look(), {B.NOT_OWN}, id="somebody else's, not on the board"),
        pytest.param(of_lars(), look("lars"), set(), id="one's own"),
        pytest.param(of_lars(substitute="anna"), look(), set(), id="one stands in for the case manager"),
        pytest.param(of_lars().on_board(), look(), set(), id="on the board"),
        pytest.param(of_lars().on_board(ago=HOUR / 2), look(), {B.NOT_OWN}, id="on the board only afterwards"),
        pytest.param(
            of_lars().then(e.ContactLogged(e.ContactKind.PHONE, "anna", NOW - 5 * DAY), by="lars", ago=5 * DAY),
            look(),
            set(),
            id="met them that week",
        ),
        pytest.param(
            of_lars().then(e.ContactLogged(e.ContactKind.PHONE, "anna", NOW - 20 * DAY), by="lars", ago=20 * DAY),
            look(),
            {B.NOT_OWN},
            id="met them last month",
        ),
        pytest.param(of_lars(), look(clients=("a", "b", "c", CLIENT)), set(), id="a list on which they stand"),
        pytest.param(of_lars(), look("maria"), set(), id="the auditor has nobody of their own"),
        pytest.param(of_lars(surname="Test-Exempel"), look("lars"), {B.SURNAME}, id="the same surname"),
        pytest.param(of_lars(surname="Testgren"), look("lars"), set(), id="a surname that only begins so"),
        pytest.param(
            of_lars(surname="Test", first_name="Maria"), look("lars"), {B.SURNAME, B.COLLEAGUE}, id="a colleague"
        ),
        pytest.param(of_lars(protected=True), look("lars"), {B.PROTECTED}, id="protected"),
        pytest.param(of_lars(), look("lars", action="revealed"), {B.PROTECTED}, id="had a name shown"),
        pytest.param(
            of_lars().then(e.EnrolmentEnded(e.EndReason.MOVED), ago=2 * HOUR), look("lars"), {B.ENDED}, id="left"
        ),
        pytest.param(
            of_lars().then(e.EnrolmentEnded(e.EndReason.MOVED), ago=HOUR / 2), look("lars"), set(), id="left afterwards"
        ),
        pytest.param(of_lars(), look("lars", ago=DAY), {B.ODD_HOURS}, id="a Sunday"),
        pytest.param(of_lars(), look("lars", ago=4 * HOUR), {B.ODD_HOURS}, id="at 05:40"),
        pytest.param(of_lars(), look("lars", ago=2.4 * HOUR), set(), id="at 07:16, before the day begins"),
        pytest.param(of_lars(), look("lars", action="export", view="sheet"), {B.TAKEN_OUT}, id="taken out"),
    ],
)
def test_each_rule_draws_what_it_is_for(given: Given, one: Look, because: set[e.Because]) -> None:
    assert drawn_by(one, given) == because


def test_whoever_is_on_duty_looks_at_any_hour() -> None:
    sunday = look("lars", ago=DAY)
    assert drawn_by(sunday, of_lars(), duty={(NOW - DAY).date(): "lars"}) == set()
    assert drawn_by(sunday, of_lars(), duty={(NOW - DAY).date(): "anna"}) == {B.ODD_HOURS}


def test_many_opened_one_by_one_in_a_short_time_are_one_question() -> None:
    quick = [replace(look(clients=(f"c{n}",)), id=n, at=NOW + n * timedelta(seconds=40)) for n in range(MANY + 3)]
    slow = [replace(one, at=NOW + one.id * timedelta(minutes=2)) for one in quick]
    again = [replace(one, clients=("c1",)) for one in quick]
    assert many(quick) == {MANY - 1}
    assert many(slow) == set()
    assert many(again) == set()


def a_week(number: int = 400) -> list[Look]:
    return [replace(look("lars"), id=n, at=NOW - DAY + n * timedelta(seconds=30)) for n in range(number)]


def test_the_same_seed_draws_the_same_and_another_draws_others() -> None:
    looks, so = a_week(), known(of_lars())
    first = draw(looks, so, "april")
    assert first == draw(looks, so, "april")
    assert [one.look.id for one in first] != [one.look.id for one in draw(looks, so, "maj")]
    assert [one.look.at for one in first] == sorted(one.look.at for one in first)
    reasons = [because for one in first for because in one.because]
    assert reasons.count(B.CHANCE) == BY_CHANCE
    assert reasons.count(B.ODD_HOURS) == EACH


def test_chance_is_even() -> None:
    """Each look is as likely as the other: over 200 seeds none of 40 is drawn much more or less than a quarter."""
    looks, so = a_week(40), known(of_lars())
    times = [0] * 40
    for seed in range(200):
        for one in draw(looks, so, str(seed)):
            times[one.look.id] += B.CHANCE in one.because
    assert sum(times) == 200 * BY_CHANCE
    assert min(times) >= 25
    assert max(times) <= 80


def test_screens_and_what_happens_by_itself_are_nobodys_looks() -> None:
    others = [look("screen:s1"), look("factboard", action="export"), look(action="stream_opened", clients=())]
    assert draw(others, known(of_lars()), "x") == []


def test_rows_of_one_instant_are_one_look() -> None:
    rows = [Row(n, NOW, "anna", "read", "board", f"c{n}") for n in (1, 2)] + [
        Row(3, NOW, "lars", "read", "board", "c1")
    ]
    assert [(one.actor, one.clients, one.id, one.last) for one in gathered(rows)] == [
        ("anna", ("c1", "c2"), 1, 2),
        ("lars", ("c1",), 3, 3),
    ]


WEEK = {"first": date(2026, 11, 16), "last": date(2026, 11, 22), "seed": "x", "looks": 40}


def test_a_check_is_one_fact_with_what_was_found_of_each() -> None:
    drawn = [Drawn(look(), (B.NOT_OWN, B.CHANCE)), Drawn(replace(look("lars"), id=8), (B.CHANCE,))]
    judged = {7: judge(7, e.Outcome.NOT_EXPLAINED, " Minns inte "), 8: judge(8, e.Outcome.IN_ORDER, "")}
    [entry] = check_access(a_client().case("maria"), **WEEK, drawn=drawn, judged=judged)
    assert isinstance(entry.fact, e.AccessChecked)
    assert (entry.client, entry.fact.looks, entry.fact.in_order, entry.fact.not_explained) == (None, 40, 1, 1)
    assert entry.fact.drawn[0].note == "Minns inte"
    assert entry.fact.drawn[0].because == (B.NOT_OWN, B.CHANCE)


ONE: dict[str, object] = WEEK | {"drawn": [Drawn(look(), (B.CHANCE,))], "judged": {7: judge(7, e.Outcome.IN_ORDER, "")}}


def refusal(says: str, changed: dict[str, object], key: str, field: str) -> Refusal:
    return Refusal(says, a_client().case("maria"), check_access, ONE | changed, key, Invalid, field)


def judging(_case: object, outcome: e.Outcome | None) -> list[e.Entry]:
    judge(7, outcome, "  ")
    return []


REFUSALS = [
    refusal("a look that nobody judged", {"judged": {}}, "choose_one", "outcome-7"),
    refusal("today, which is not over", {"last": date(2026, 11, 23)}, "day_is_not_over", "last"),
    refusal("an end before the beginning", {"first": date(2026, 11, 23)}, "ends_before_it_begins", "last"),
    refusal("seven weeks", {"first": date(2026, 10, 1)}, "too_many_days", "first"),
    refusal("an endless note", {"note": "x" * 501}, "too_long", "note"),
    Refusal("nothing chosen", nobody(), judging, {"outcome": None}, "choose_one", Invalid, "outcome-7"),
    *(
        Refusal(f"{outcome} without a word", nobody(), judging, {"outcome": outcome}, "required", Invalid, "note-7")
        for outcome in (e.Outcome.NOT_EXPLAINED, e.Outcome.TO_FOLLOW_UP)
    ),
]


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_an_extract_has_a_line_for_each_person_and_kind_of_look_on_a_day() -> None:
    """A page that stood open is the look that opened it; each person keeps their number."""
    seconds = timedelta(seconds=1)
    rows = [
        Row(1, NOW, "anna", "read", "board", "c1"),
        Row(2, NOW + 2 * seconds, "anna", "stream_opened", "board"),
        Row(3, NOW + 2 * seconds, "anna", "stream", "board", "c1"),
        Row(4, NOW + 90 * seconds, "lars", "export", "sheet", "c1"),
        Row(5, NOW + HOUR, "anna", "read", "board", "c1"),
        Row(6, NOW + DAY, "lars", "read", "board", "c1"),
    ]
    found = [(one.day.day, one.number, one.action, len(one.times)) for one in lines(rows, lambda at: at.date())]
    assert found == [(23, 1, "read", 2), (23, 2, "export", 1), (24, 2, "read", 1)]

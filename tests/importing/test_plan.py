"""What a file would do: new, corrected, put on the board or left alone; and never twice."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factboard.importing.matching import Known
from factboard.importing.model import OnBoard
from factboard.importing.plan import Change, OnBoardOutcome, Outcome, Plan, make_plan
from factboard.importing.problems import Problem
from tests.importing.files import (
    HEADER,
    ROWS,
    TODAY,
    carried_out,
    delimited,
    known,
    people,
    reading,
    swedish,
    table,
    workbook,
)

BORN = dt.date(1980, 1, 31)
NUMBER, OTHER_NUMBER = swedish("19800131"), swedish("19800131", "241")
NAMED = ("Namn", "Född", "Personnummer", "Telefon")
BOARD = ("Namn", "Kategori", "Orsak", "Sedan")


def outcomes(plan: Plan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def one(plan: Plan) -> Problem:
    (problem,) = plan.problems
    return problem


def test_a_first_file_brings_new_clients_and_puts_on_the_board_who_is_there() -> None:
    plan = make_plan(table(*ROWS), [])
    assert plan.ok
    assert not plan.changes_nothing
    assert plan.counts == {Outcome.NEW: 3, OnBoardOutcome.PUT_ON: 1}
    first = plan.rows[0]
    assert first.put_on == OnBoard("short_intensive", "Sover inte", dt.date(2026, 11, 2), dt.date(2026, 11, 30))
    assert (
        first.details
        == known(
            *("", "Exempel", "Åsa"),
            short_name="Åsa E",
            birth_date=dt.date(1980, 1, 1),
            case_manager="u1",
            address="Påhittsgatan 1",
            phone="070-000 00 01",
        ).details
    )
    assert plan.rows[2].details is not None
    assert plan.rows[2].details.protected
    assert plan.rows[2].details.notes == "Rad ett\nrad två"


def test_the_same_file_again_changes_nothing_in_whatever_form() -> None:
    team = carried_out(make_plan(table(*ROWS), []))
    for data in (delimited([HEADER, *ROWS], "\t", "windows-1252"), workbook({"Lista": [("Klienter",), HEADER, *ROWS]})):
        plan = make_plan(reading(data), team)
        assert plan.changes_nothing
        assert plan.counts == {Outcome.UNCHANGED: 3, OnBoardOutcome.ALREADY_ON_BOARD: 1}


def test_what_the_file_says_otherwise_is_corrected_and_empty_cells_erase_nothing() -> None:
    team = [known("c1", "Exempel", "Åsa", birth_date=BORN, phone="070", address="Gatan 1", protected=True, notes="x")]
    plan = people(("Exempel, Åsa", "1980-01-31", "", "071"), header=NAMED, known=team)
    (row,) = plan.rows
    assert (row.outcome, row.client) == (Outcome.CORRECTED, "c1")
    assert row.changes == (Change("phone", "070", "071"),)
    assert row.details is not None
    assert (row.details.address, row.details.protected, row.details.notes) == ("Gatan 1", True, "x")


def test_capitals_alone_are_no_correction_and_an_accent_is_one() -> None:
    team = [known("c1", "Exempel", "Asa", birth_date=BORN)]
    assert people(("EXEMPEL, asa", "1980-01-31", "", ""), header=NAMED, known=team).changes_nothing
    plan = people(("Exempel, Åsa", "1980-01-31", "", ""), header=NAMED, known=team)
    assert plan.rows[0].changes == (Change("first_name", "Asa", "Åsa"),)


def test_a_national_id_finds_a_client_whose_surname_has_changed() -> None:
    team = [known("c1", "Exempel", "Åsa", birth_date=BORN, national_id=NUMBER), known("c2", "Prov", "Åsa")]
    (row,) = people(("Prov, Åsa", "", NUMBER, ""), header=NAMED, known=team).rows
    assert (row.client, row.changes) == ("c1", (Change("surname", "Exempel", "Prov"),))


def test_a_national_id_under_quite_another_name_is_asked_about() -> None:
    team = [known("c1", "Exempel", "Åsa", national_id=NUMBER)]
    told = one(people(("Prov, Bo", "", NUMBER, ""), header=NAMED, known=team))
    assert (told.line, told.column, told.key) == (2, "Personnummer", "id_of_somebody_else")


def test_one_name_and_birth_date_with_two_national_ids_is_asked_about() -> None:
    team = [known("c1", "Exempel", "Åsa", birth_date=BORN, national_id=NUMBER)]
    told = one(people(("Exempel, Åsa", "", OTHER_NUMBER, ""), header=NAMED, known=team))
    assert (told.column, told.key) == ("Personnummer", "same_person_other_id")


@pytest.mark.parametrize(
    ("team", "line", "found"),
    [
        ([known("c1", "Exempel", "Åsa")], ("1980-01-31", NUMBER), "c1"),
        ([known("c1", "Exempel", "Åsa", birth_date=BORN, national_id=NUMBER)], ("", ""), "c1"),
        ([known("c1", "Exempel", "Åsa", birth_date=BORN)], ("1980-01-31", NUMBER), "c1"),
        ([known("c1", "Exempel", "Åsa", birth_date=dt.date(1990, 1, 1))], ("1980-01-31", ""), None),
        ([known("c1", "Exempel", "Åsa"), known("c2", "Exempel", "Åsa", birth_date=BORN)], ("1980-01-31", ""), "c2"),
    ],
)
def test_a_name_finds_the_only_client_it_can_mean(team: list[Known], line: tuple[str, str], found: str | None) -> None:
    (row,) = people(("Exempel, Åsa", *line, ""), header=NAMED, known=team).rows
    assert (row.client, row.problems) == (found, ())


@pytest.mark.parametrize(
    ("team", "born"),
    [
        ([known("c1", "Exempel", "Åsa"), known("c2", "Exempel", "Åsa")], ""),
        ([known("c1", "Exempel", "Åsa"), known("c2", "Exempel", "Åsa", birth_date=dt.date(1990, 1, 1))], "1980-01-31"),
        (
            [known("c1", "Exempel", "Åsa", birth_date=BORN), known("c2", "Exempel", "Åsa", birth_date=BORN)],
            "1980-01-31",
        ),
        ([known("c1", "Exempel", "Asa")], ""),
    ],
)
def test_a_name_that_could_mean_several_is_asked_about(team: list[Known], born: str) -> None:
    assert one(people(("Exempel, Åsa", born, "", ""), header=NAMED, known=team)).key == "several_clients_match"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Exempel, Åsa", "", NUMBER, ""), ("Prov, Åsa", "", NUMBER, "")),
        (("Exempel, Åsa", "1980-01-31", "", ""), ("EXEMPEL, Asa", "1980-01-31", "", "")),
        (("Exempel, Åsa", "", "", ""), ("Exempel, Åsa", "1980-01-31", "", "")),
        (("Exempel, Åsa", "1980-01-31", "", ""), ("Exempel, Åsa", "", "", "")),
        (("Exempel, Åsa", "", "", ""), ("Exempel, Åsa", "", "", "")),
    ],
)
def test_one_person_on_two_lines_is_told_with_both(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    plan = people(first, ("Prov, Örjan", "", "", ""), second, header=NAMED)
    told = one(plan)
    assert (told.line, told.key, told.params) == (4, "same_person_twice", {"first": 2, "second": 4})
    assert outcomes(plan) == ["new", "new", "problem"]


def test_two_lines_that_mean_one_known_client_are_told_with_both() -> None:
    team = [known("c1", "Exempel", "Åsa", birth_date=BORN, national_id=NUMBER)]
    told = one(people(("Prov, Åsa", "", NUMBER, ""), ("Exempel, Åsa", "", "", ""), header=NAMED, known=team))
    assert told.params == {"first": 2, "second": 3}


def test_two_people_of_one_name_are_two_people() -> None:
    plan = people(("Exempel, Åsa", "1980-01-31", "", ""), ("Exempel, Åsa", "1990-01-31", "", ""), header=NAMED)
    assert outcomes(plan) == ["new", "new"]
    twins = people(("Exempel, Åsa", "", NUMBER, ""), ("Exempel, Åsa", "", OTHER_NUMBER, ""), header=NAMED)
    assert outcomes(twins) == ["new", "new"]


def test_one_bad_line_keeps_the_whole_file_out_and_the_others_are_still_shown() -> None:
    plan = people(("Exempel, Åsa", "31 februari 1980", "", ""), ("Prov, Örjan", "", "", ""), header=NAMED)
    assert not plan.ok
    assert not plan.changes_nothing
    assert outcomes(plan) == ["problem", "new"]
    assert (one(plan).line, one(plan).column, one(plan).key) == (2, "Född", "no_such_date")


def test_a_line_has_all_its_problems_at_once() -> None:
    plan = people(("Exempel", "i går", "12", "=1"), header=NAMED)
    assert {(problem.column, problem.key) for problem in plan.problems} == {
        ("Namn", "name_one_part"),
        ("Född", "not_a_date"),
        ("Personnummer", "not_a_national_id"),
        ("Telefon", "formula"),
    }


def test_a_line_shows_the_birth_date_that_tells_people_apart_but_no_protected_ones() -> None:
    team = [known("c1", "Exempel", "Åsa", birth_date=BORN), known("c2", "Prov", "Bo", birth_date=BORN, protected=True)]
    plan = people(
        *(("Exempel, Åsa", "", "", ""), ("Prov, Bo", "", "", ""), ("Test, Zoë", "1990-12-24", "", "")),
        header=NAMED,
        known=team,
    )
    assert [row.born for row in plan.rows] == [BORN, None, dt.date(1990, 12, 24)]


LINE = ("Exempel, Åsa", "krisprevention", "orsak")
ENDED_STAY = (dt.date(2026, 3, 5), dt.date(2026, 4, 1))


@pytest.mark.parametrize(
    ("since", "on_board", "stays", "outcome"),
    [
        ("2026-03-05", False, (), OnBoardOutcome.PUT_ON),
        ("", False, (), OnBoardOutcome.PUT_ON),
        ("2026-03-05", True, ((dt.date(2026, 10, 1), None),), OnBoardOutcome.ALREADY_ON_BOARD),
        ("2026-03-05", False, (ENDED_STAY,), OnBoardOutcome.WAS_RETURNED),
        ("2026-02-01", False, (ENDED_STAY,), OnBoardOutcome.WAS_RETURNED),
        ("2026-03-20", False, (ENDED_STAY,), OnBoardOutcome.WAS_RETURNED),
        ("", False, (ENDED_STAY,), OnBoardOutcome.WAS_RETURNED),
        ("2026-04-01", False, (ENDED_STAY,), OnBoardOutcome.PUT_ON),
        ("2026-05-01", False, (ENDED_STAY,), OnBoardOutcome.PUT_ON),
    ],
)
def test_a_time_on_the_board_is_begun_once(
    since: str, on_board: bool, stays: tuple[tuple[dt.date, dt.date | None], ...], outcome: OnBoardOutcome
) -> None:
    team = [known("c1", "Exempel", "Åsa", on_board=on_board, stays=stays)]
    (row,) = people((*LINE, since), header=BOARD, known=team).rows
    assert row.board is outcome
    assert (row.put_on is not None) == (outcome is OnBoardOutcome.PUT_ON)


@pytest.mark.parametrize(
    ("line", "column", "key"),
    [
        (("Exempel, Åsa", "", "orsak", ""), "Kategori", "category_missing"),
        (("Exempel, Åsa", "krisprevention", "", ""), "Orsak", "reason_missing"),
        (("Exempel, Åsa", "krisprevention", "orsak", "2026-02-31"), "Sedan", "no_such_date"),
    ],
)
def test_half_a_time_on_the_board_is_told(line: tuple[str, ...], column: str, key: str) -> None:
    told = one(people(line, header=BOARD))
    assert (told.column, told.key) == (column, key)


def test_who_has_left_the_team_is_not_brought_back_by_an_old_file() -> None:
    team = [known("c1", "Exempel", "Åsa", ended=True)]
    plan = people((*LINE, "2026-03-05"), header=BOARD, known=team)
    assert (plan.rows[0].outcome, plan.rows[0].put_on, plan.changes_nothing) == (Outcome.ENDED, None, True)


def test_a_text_with_the_separator_in_it_does_not_slip_into_the_next_column() -> None:
    data = b'Namn,Telefon,Adress\n"Ek, Bo",070,Gatan 1\nProv, Al,071,Gatan 2\n'
    plan = make_plan(reading(data), [])
    told = one(plan)
    assert (told.line, told.key, told.params) == (3, "too_many_cells", {"cells": 4, "columns": 3})


NAME = st.text("abcåäö", min_size=1, max_size=3)
DAY = st.dates(dt.date(1950, 1, 1), dt.date(1952, 1, 1)).map(dt.date.isoformat)
PERSON = st.tuples(
    st.builds("{}, {}".format, NAME, NAME), st.one_of(st.just(""), DAY), st.just(""), st.text("07", max_size=2)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PERSON, min_size=1, max_size=12))
def test_whatever_comes_in_comes_in_once(lines: list[tuple[str, ...]]) -> None:
    first = people(*lines, header=NAMED)
    if first.ok:
        again = people(*lines, header=NAMED, known=carried_out(first))
        assert again.changes_nothing
        assert set(outcomes(again)) == {"unchanged"}


def test_ten_thousand_lines_report_how_far_they_are() -> None:
    from factboard.importing.rows import read_rows
    from tests.importing.files import TEAM, layout

    lines = [(f"Prov{n}, Test", "1980-01-31", "", "070") for n in range(10_000)]
    steps: list[tuple[int, int]] = []
    read = read_rows(layout(delimited([NAMED, *lines])), TEAM, lambda done, total: steps.append((done, total)))
    assert make_plan(read, []).counts == {Outcome.NEW: 10_000}
    assert steps[-1] == (10_000, 10_000)
    assert len(steps) == 100
    assert TEAM.today == TODAY

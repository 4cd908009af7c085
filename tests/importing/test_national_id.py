"""National ids in one form, checked, and held against the birth date."""

import datetime as dt

import pytest
from stdnum.no import fodselsnummer

from factboard.importing.national_id import national_id
from factboard.importing.problems import BadCell
from tests.importing.files import TODAY, one_problem, problems, reading, swedish, workbook

BORN = dt.date(1980, 1, 31)
NUMBER = swedish("19800131")
COORDINATION = swedish("19800191")


def norwegian(day: str, serial: str) -> str:
    start = day + serial
    start += fodselsnummer.calc_check_digit1(start)
    return start + fodselsnummer.calc_check_digit2(start)


@pytest.mark.parametrize(
    "written",
    [NUMBER, NUMBER.replace("-", ""), NUMBER[2:], NUMBER[2:].replace("-", ""), f" {NUMBER[:8]} {NUMBER[9:]}"],
)
def test_a_swedish_number_has_one_form_however_it_is_written(written: str) -> None:
    assert national_id(written, "SE", TODAY) == (NUMBER, BORN)


def test_a_coordination_number_holds_a_birth_date_too() -> None:
    assert national_id(COORDINATION[2:], "SE", TODAY) == (COORDINATION, BORN)


def test_the_century_is_told_by_the_sign_or_by_the_birth_date() -> None:
    old = swedish("19200131")
    assert national_id(old[2:].replace("-", "+"), "SE", TODAY) == (old, dt.date(1920, 1, 31))
    assert national_id(old[2:], "SE", TODAY)[1] == dt.date(2020, 1, 31)
    assert national_id(old[2:], "SE", TODAY, dt.date(1920, 1, 31)) == (old, dt.date(1920, 1, 31))


@pytest.mark.parametrize(
    "written",
    [
        NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10),
        swedish("19800231"),
        swedish("20300101"),
        "1980-01-31",
        "19800131",
        "800131-XXXX",
        "en två tre",
        "٠",
    ],
)
def test_a_wrong_number_is_told_at_its_cell(written: str) -> None:
    told = one_problem(written, "Personnummer")
    assert (told.line, told.column, told.key) == (2, "Personnummer", "not_a_national_id")


def test_numbers_of_the_neighbours() -> None:
    assert national_id(norwegian("010180", "239"), "NO", TODAY)[1] == dt.date(1980, 1, 1)
    assert national_id("0707614285", "DK", TODAY) == ("070761-4285", dt.date(1961, 7, 7))
    assert national_id("111222333", "NL", TODAY) == ("1112.22.333", None)
    assert national_id(" 943 476 5919 ", "GB", TODAY) == ("943 476 5919", None)
    with pytest.raises(BadCell):
        national_id("111222334", "NL", TODAY)


def test_a_number_that_a_spreadsheet_took_for_a_figure_gets_its_zero_back() -> None:
    number = swedish("20010203")
    rows = [("Namn", "Personnummer"), ("Ek, Bo", int(number[2:].replace("-", "")))]
    assert reading(workbook({"Lista": rows})).rows[0].national_id == number


def test_a_birth_date_comes_from_the_number_and_may_not_contradict_it() -> None:
    header = ("Namn", "Född", "Personnummer")
    (told,) = problems(("Ek, Bo", "1980-01-30", NUMBER), header=header)
    assert (told.column, told.key) == ("Personnummer", "birth_dates_differ")
    rows = [header, ("Ek, Bo", "", NUMBER)]
    assert reading(workbook({"Lista": rows})).rows[0].birth_date == BORN

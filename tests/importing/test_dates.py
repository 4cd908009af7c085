"""A day in every notation; where it could be two days, nobody guesses."""

import datetime as dt

import pytest

from factboard.importing.dates import DateReader, day_first
from factboard.importing.problems import BadCell
from tests.importing.files import TODAY, one_problem, problems, reading, table, workbook

MARCH_5 = dt.date(2026, 3, 5)
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  as openpyxl gives it
READER = DateReader(TODAY, day_first=True, epoch=EPOCH)


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-03-05", "2026/03/05", "2026.3.5", "20260305", "260305", "5.3.2026", "05. 03. 2026", "05/03/2026"),
        *("5-3-2026", "5 mars 2026", "den 5 mars 2026", "5:e mars 2026", "5 Mar. 2026", "5th of March 2026"),
        *("March 5, 2026", "5 MARS 2026", "5 maart 2026", " 2026-03-05  00:00:00", "2026-03-05T09:30:00Z"),
        *(dt.datetime(2026, 3, 5, 9, 30), MARCH_5, 46086, 46086.4, 20260305, 260305),  # noqa: DTZ001
    ],
)
def test_one_day_in_many_notations(cell: str | float | dt.date) -> None:
    assert READER.read(cell) == MARCH_5


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("31 februari 2026", "no_such_date"),
        ("2026-02-31", "no_such_date"),
        ("20260231", "no_such_date"),
        ("31/02/2026", "no_such_date"),
        ("2026-13-01", "no_such_date"),
        ("0000-01-01", "no_such_date"),
        ("i våras", "not_a_date"),
        ("5 smarch 2026", "not_a_date"),
        ("v. 12", "not_a_date"),
        (True, "not_a_date"),
        (-4, "not_a_date"),
        (dt.time(9, 30), "not_a_date"),
    ],
)
def test_what_is_no_day_says_so(cell: str | float | dt.time, key: str) -> None:
    with pytest.raises(BadCell) as bad:
        READER.read(cell)
    assert bad.value.key == key


def test_a_workbook_that_counts_from_1904_counts_from_1904() -> None:
    mac = DateReader(TODAY, epoch=dt.datetime(1904, 1, 1))  # noqa: DTZ001
    assert mac.read(46086 - 1462) == MARCH_5


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        (["05/03/2026", "13/03/2026"], True),
        (["05/03/2026", "03/13/2026"], False),
        (["05/03/2026", "05/04/2026"], None),
        (["13/03/2026", "03/13/2026"], None),
        (["2026-03-05", None, 46086], None),
    ],
)
def test_the_column_itself_tells_day_from_month(cells: list[str], verdict: bool | None) -> None:
    assert day_first(cells) is verdict


def test_day_or_month_is_settled_by_the_column_then_by_the_sheet_then_by_nobody() -> None:
    header = ("Namn", "Född", "Kategori", "Orsak", "Sedan")
    board = ("krisprevention", "orsak")
    rows = table(("Ek, Bo", "13/03/1980", *board, "05/03/2026"), header=header).rows
    assert rows[0].on_board is not None
    assert rows[0].on_board.since == MARCH_5
    (told,) = problems(("Ek, Bo", "1980-03-13", *board, "05/03/2026"), header=header)
    assert (told.column, told.key, told.params) == ("Sedan", "day_or_month", {"value": "05/03/2026"})
    own = table(
        ("Ek, Bo", "13/03/1980", *board, "05/03/2026"), ("Al, Cy", "", *board, "10/30/2026"), header=header
    ).rows
    assert own[0].on_board is not None
    assert own[0].on_board.since == dt.date(2026, 5, 3)
    assert own[0].birth_date == dt.date(1980, 3, 13)


@pytest.mark.parametrize(("cell", "year"), [("850312", 1985), ("050312", 2005), ("270312", 1927), ("261201", 1926)])
def test_a_short_birth_year_is_the_latest_that_is_past(cell: str, year: int) -> None:
    assert DateReader(TODAY, birth=True).read(cell).year == year


def test_a_short_birth_year_of_a_child_or_a_centenarian_is_asked_about() -> None:
    assert one_problem("180312", "Född").key == "year_in_full"


def test_days_that_cannot_be_are_told_with_their_limit() -> None:
    assert one_problem("2027-01-01", "Född").key == "date_too_late"
    assert one_problem("1850-01-01", "Född").key == "date_too_early"
    header = ("Namn", "Född", "Kategori", "Orsak", "Sedan", "Review by")
    line = ("Ek, Bo", "1980-01-01", "krisprevention", "orsak")
    told = [
        [(p.column, p.key, p.params["limit"]) for p in problems((*line, since, review), header=header)]
        for since, review in [("2026-11-24", ""), ("1979-01-01", ""), ("2026-11-01", "2026-10-01"), ("", "2031-01-01")]
    ]
    assert told == [
        [("Sedan", "date_too_late", "2026-11-23")],
        [("Sedan", "date_too_early", "2000-01-01")],
        [("Review by", "date_too_early", "2026-11-01")],
        [("Review by", "date_too_late", "2027-11-24")],
    ]


def test_real_excel_dates_and_bare_serial_numbers_are_days() -> None:
    rows = [("Namn", "Född"), ("Ek, Bo", dt.date(1980, 3, 5)), ("Al, Cy", 29285), ("Ro, Di", 19800305)]
    assert {row.birth_date for row in reading(workbook({"Lista": rows})).rows} == {dt.date(1980, 3, 5)}

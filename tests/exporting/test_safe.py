"""No cell of an export is a formula, in whichever program and however it is opened."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factboard.exporting.csv_lines import MARK, csv_text
from factboard.exporting.safe import FORMULA, MOST, safe

ATTACKS = (
    '=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", '"=1', "'=1", "\u200b=1",
    "\ufeff=1", "\u00a0=1", "\uff1d1", "Sov inte;=1", 'Sov inte,"=1', "x\n=1", "x\t=1", "x|@a", "=cmd|'/C calc'!A0",
)  # fmt: skip


def begins_like_a_formula(cell: str) -> bool:
    return cell.strip(' \t\r\n"\u200b\ufeff\u00a0')[:1] in tuple(FORMULA)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_cell_begins_like_a_formula_whatever_the_program_takes_for_a_separator(attack: str, language: str) -> None:
    text = csv_text([[7, attack, "slut"]], language)
    for separator in (";", ",", "\t", "|"):
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            assert [cell for cell in row if begins_like_a_formula(cell)] == []


@pytest.mark.parametrize(
    "text", ["Sover inte, ringer om nätterna", "A-B", "1 + 1 = 2", "ring 08-12; +46 8", "“hej”", ""]
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(st.text(st.characters(codec="utf-16", exclude_categories=[]), max_size=60))
def test_any_text_is_one_line_that_every_file_can_hold(text: str) -> None:
    cell = safe(text)
    assert not begins_like_a_formula(cell)
    assert cell.encode().decode() == cell
    assert len(cell.splitlines()) <= 1
    assert not any(ord(sign) < 32 for sign in cell)


def test_a_text_longer_than_a_cell_says_that_it_goes_on() -> None:
    assert safe("ä" * 40_000) == "ä" * (MOST - 1) + "…"


def test_a_spreadsheet_finds_what_was_written() -> None:
    rows = [[1, 'Hon sa "nej"; sedan, ja'], [2, "=2"]]
    for language, separator in (("sv", ";"), ("en", ",")):
        read = list(csv.reader(io.StringIO(csv_text(rows, language).removeprefix(MARK)), delimiter=separator))
        assert read == [["1", 'Hon sa "nej"; sedan, ja'], ["2", "'=2"]]

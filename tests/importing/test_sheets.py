"""Every kind of file that a team could hand over is read, or refused in one clear word."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from factboard.importing.layout import choose
from factboard.importing.messages import sentence
from factboard.importing.problems import BadCell, Unreadable
from factboard.importing.rows import read_rows
from factboard.importing.sheets import load, read_sheets
from factboard.importing.table import Limits
from tests.importing.files import HEADER, ROWS, TEAM, as_excel, delimited, saved, with_parts, workbook


def refused(data: bytes, name: str = "lista.xlsx", limits: Limits | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as no:
        read_sheets(data, name, limits or Limits())
    return no.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_in_every_encoding_gives_the_same_cells(delimiter: str, encoding: str) -> None:
    (sheet,) = read_sheets(delimited([HEADER, *ROWS], delimiter, encoding), "lista.csv")
    assert sheet.rows[0].cells == HEADER
    for row, written in zip(sheet.rows[1:], ROWS, strict=True):
        assert [row.cell(i) or "" for i in range(len(HEADER))] == list(written)
    assert [row.line for row in sheet.rows] == [1, 2, 3, 4]


def test_a_quoted_line_break_keeps_the_line_numbers_of_the_file() -> None:
    (sheet,) = read_sheets(b'Namn;Not\r\n"Ek, Bo";"ett\r\ntv\xe5"\r\n\r\nProv, Al;x\r\n', "lista.csv")
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (1, ("Namn", "Not")),
        (2, ("Ek, Bo", "ett\ntvå")),
        (5, ("Prov, Al", "x")),
    ]


def test_commas_inside_names_do_not_make_a_semicolon_file_a_comma_file() -> None:
    (sheet,) = read_sheets(b"Namn;Telefon\nEk, Bo;1\nProv, Al;2\n", "lista.csv")
    assert sheet.rows[1].cells == ("Ek, Bo", "1")


def test_a_line_for_excel_names_the_delimiter_and_is_no_row() -> None:
    (sheet,) = read_sheets(b"sep=;\nNamn;Telefon\nEk, Bo;1,2,3\n", "lista.csv")
    assert [(row.line, row.cells) for row in sheet.rows] == [(2, ("Namn", "Telefon")), (3, ("Ek, Bo", "1,2,3"))]


def test_a_quotation_mark_that_never_closes_is_told_with_its_line() -> None:
    no = refused(b'Namn;Not\nEk, Bo;a\nProv, Al;"b\nTest, Cy;c\n', "lista.csv")
    assert (no.key, no.params) == ("quotation_marks", {"line": 3})


@pytest.mark.parametrize(
    "start",
    [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\x00\x01\x02\x03" * 50, b"<html><table>"],
    ids=["pdf", "png", "jpeg", "binary", "html"],
)
def test_something_else_renamed_is_no_spreadsheet(start: bytes) -> None:
    assert refused(start + b"Namn;Telefon\nEk, Bo;1\n").key == "not_a_spreadsheet"


def test_an_empty_file_says_so() -> None:
    assert refused(b"").key == refused(b" \r\n\r\n").key == "empty"


def test_a_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as out:
        out.truncate(100 * 1024 * 1024)
    with pytest.raises(Unreadable) as no:
        load(huge)
    assert (no.value.key, no.value.params) == ("too_large", {"size": 100, "limit": 20})
    assert refused(bytes(100 * 1024 * 1024)).key == "too_large"


def test_a_zip_bomb_called_xlsx_is_not_opened() -> None:
    out = io.BytesIO(workbook({"Lista": [HEADER]}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    assert refused(out.getvalue()).key == "unpacks_too_large"


def test_a_bomb_of_many_small_parts_is_not_opened() -> None:
    out = io.BytesIO(workbook({"Lista": [HEADER]}))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(3_000):
            archive.writestr(f"xl/{number}.xml", "")
    assert refused(out.getvalue()).key == "unpacks_too_large"


@pytest.mark.parametrize("where", ["sharedStrings", "sheet1", "workbook.xml"])
def test_entities_that_would_grow_without_end_are_refused(where: str) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'

    def hostile(name: str, xml: str) -> str:
        return doctype + xml.replace("Namn", "&a11;") if where in name and "rels" not in name else xml

    assert refused(with_parts(as_excel(workbook({"Lista": [("Namn",)]})), hostile)).key == "damaged"


def test_a_cut_workbook_is_damaged() -> None:
    whole = workbook({"Lista": [HEADER, *ROWS]})
    assert refused(whole[: len(whole) // 2]).key == "damaged"


def test_old_excel_encrypted_files_and_other_office_files_are_told_apart() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refused(container, "lista.xls").key == "save_as_xlsx"
    assert refused(container + "EncryptedPackage".encode("utf-16-le")).key == "encrypted"
    for part, key in (("content.xml", "save_as_xlsx"), ("word/document.xml", "not_a_spreadsheet")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(part, "<x/>")
        assert refused(out.getvalue()).key == key


def test_too_many_lines_and_columns_are_refused_in_both_kinds() -> None:
    limits = Limits(rows=3, columns=5)
    long, wide = [("Namn",), *[(f"Ek, B{n}",) for n in range(3)]], [tuple("abcdef")]
    for make in (lambda rows: delimited(rows), lambda rows: workbook({"Lista": rows})):
        assert refused(make(long), limits=limits).key == "too_many_rows"
        assert refused(make(wide), limits=limits).key == "too_many_columns"


def test_every_sheet_is_read_with_its_own_line_numbers_and_dates() -> None:
    day = dt.datetime(2026, 3, 5)  # noqa: DTZ001  a spreadsheet knows no zone
    sheets = read_sheets(workbook({"Info": [("Hej",)], "Lista": [("Namn", "Född"), (), ("Ek, Bo", day)]}), "l.xlsx")
    assert [sheet.name for sheet in sheets] == ["Info", "Lista"]
    assert [(row.line, row.cells) for row in sheets[1].rows] == [(1, ("Namn", "Född")), (3, ("Ek, Bo", day))]


def test_a_formula_without_a_saved_result_is_a_bad_cell() -> None:
    (sheet,) = read_sheets(workbook({"Lista": [("Namn", "Telefon"), ("Ek, Bo", "=1+1")]}), "lista.xlsx")
    cell = sheet.rows[1].cells[1]
    assert isinstance(cell, BadCell)
    assert cell.key == "formula_without_result"


@pytest.mark.parametrize(("saved_result", "cell"), [("12345", "12345"), ("", None)])
def test_a_formula_with_a_saved_result_is_that_result(saved_result: str, cell: str | None) -> None:
    def calculated(name: str, xml: str) -> str:
        formula = f'<c r="B2" t="str"><f>A1&amp;""</f><v>{saved_result}</v></c>'
        return re.sub(r'<c r="B2".*?</c>', formula, xml) if "sheet1" in name else xml

    data = with_parts(workbook({"Lista": [("Namn", "Telefon"), ("Ek, Bo", "x")]}), calculated)
    assert read_sheets(data, "lista.xlsx")[0].rows[1].cell(1) == cell


def test_texts_in_a_shared_table_are_read_as_excel_writes_them() -> None:
    ours, excels = workbook({"Lista": [HEADER, *ROWS]}), as_excel(workbook({"Lista": [HEADER, *ROWS]}))
    assert read_sheets(excels, "l.xlsx") == read_sheets(ours, "l.xlsx")


def test_an_error_in_a_cell_is_a_bad_cell() -> None:
    (sheet,) = read_sheets(workbook({"Lista": [("Namn",), ("#REF!",)]}), "lista.xlsx")
    cell = sheet.rows[1].cells[0]
    assert isinstance(cell, BadCell)
    assert (cell.key, cell.params) == ("cell_error", {"value": "#REF!"})


def test_what_is_merged_downwards_holds_for_each_row_and_a_banner_is_no_row() -> None:
    rows = [
        ("FACT-tavla", None, None),
        ("Kategori", "Namn", "Orsak"),
        ("Krisprevention", "Ek, Bo", "a"),
        (None, "Prov, Al", "b"),
        (None, None, None),
        ("Vilande", None, None),
        (None, "Test, Cy", None),
    ]
    (sheet,) = read_sheets(workbook({"Tavla": rows}, merge=("A1:C1", "A3:A5", "A6:C6")), "tavla.xlsx")
    assert [(row.line, row.cells, row.banner) for row in sheet.rows] == [
        (1, ("FACT-tavla",), True),
        (2, ("Kategori", "Namn", "Orsak"), False),
        (3, ("Krisprevention", "Ek, Bo", "a"), False),
        (4, ("Krisprevention", "Prov, Al", "b"), False),
        (6, ("Vilande",), True),
        (7, (None, "Test, Cy"), False),
    ]


def test_a_stray_cell_at_the_bottom_of_the_sheet_costs_nothing() -> None:
    book = Workbook()
    book.active.append(["Namn"])
    book.active["A1048576"] = "Ek, Bo"
    assert [row.line for row in read_sheets(saved(book), "lista.xlsx")[0].rows] == [1, 1048576]


def read_or_told(data: bytes) -> list[str]:
    """Every word that reading this file gives, wherever it ends."""
    try:
        reading = read_rows(choose(read_sheets(data, "fuzz")), TEAM)
    except Unreadable as no:
        return [sentence(no, str)]
    return [sentence(problem, str) for row in reading.rows for problem in row.problems] + [
        row.name for row in reading.rows
    ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_unreadable(data: bytes) -> None:
    assert read_or_told(data)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.one_of(st.text(), st.sampled_from(HEADER)), max_size=6), max_size=8),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_is_read_or_unreadable(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    printable = [[cell.encode("utf-8", "ignore").decode() for cell in row] for row in rows]
    assert read_or_told(delimited([HEADER, *printable], delimiter, encoding))


WHOLE = as_excel(workbook({"Lista": [HEADER, *ROWS]}, merge=("A2:A3",)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_any_damage_to_a_workbook_is_read_or_unreadable(damage: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in damage:
        data[at] = byte
    assert read_or_told(bytes(data))


@st.composite
def damaged_xml(draw: st.DrawFn) -> bytes:
    """A workbook whose archive is whole, and whose XML is not what openpyxl expects."""
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        chosen = draw(st.sampled_from(archive.namelist()))
        size = len(archive.read(chosen).decode())
    start = draw(st.integers(0, size))
    end = draw(st.integers(start, min(size, start + 40)))
    put = draw(st.sampled_from(["", "9", "-1", '"', "A", "1e999", "x:"]))
    return with_parts(WHOLE, lambda name, xml: xml[:start] + put + xml[end:] if name == chosen else xml)


@settings(max_examples=200, deadline=None)
@given(damaged_xml())
def test_any_xml_in_a_workbook_is_read_or_unreadable(data: bytes) -> None:
    assert read_or_told(data)

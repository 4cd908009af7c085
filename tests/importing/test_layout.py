"""The right sheet, the right header and the right column, or a question to the person who knows."""

import pytest

from factboard.importing.headers import FIELDS, WORDS, field_of, plain
from factboard.importing.layout import choose, letter, mapping_from
from factboard.importing.problems import Unreadable
from factboard.importing.sheets import read_sheets
from tests.importing.files import HEADER, ROWS, delimited, layout, workbook


def refused(data: bytes, mapping: dict[str, str] | None = None, sheet: str | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as no:
        layout(data, mapping, sheet)
    return no.value


def test_every_field_has_its_words_and_no_word_means_two() -> None:
    assert set(WORDS) == set(FIELDS)
    words = [plain(word) for own in WORDS.values() for word in own.split(" | ")]
    meanings = {(plain(word), field) for field, own in WORDS.items() for word in own.split(" | ")}
    assert len(set(words)) == len(meanings)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Personnummer (ååååmmdd-nnnn)", "national_id"),
        ("  VÅRD- OCH STÖDSAMORDNARE ", "case_manager"),
        ("Födelse-\ndatum:", "birth_date"),
        ("Fodelsedatum", "birth_date"),
        ("Date of Birth", "birth_date"),
        ("Last name", "surname"),
        ("Tel. nr", "phone"),
        ("På tavlan sedan*", "since"),
        ("Review by", "review_by"),
        ("Anm.", "notes"),
        ("Anm", "notes"),
        ("Anmärkning", "notes"),
        ("Diagnos", None),
        ("", None),
    ],
)
def test_headers_are_recognised_whatever_their_case_accents_and_signs(title: str, field: str | None) -> None:
    assert field_of(title) == field


def test_the_header_is_found_under_title_rows_and_blank_ones() -> None:
    rows = [("FACT-team Kusten: klienter",), ("Uppdaterad", "2026-11-20"), (), HEADER, (), *ROWS]
    for data in (delimited(rows), workbook({"Lista": rows})):
        found = layout(data)
        assert found.header_line == 4
        assert found.rows[0].line == 6
        assert found.ignored == ()
        assert found.fields == frozenset(FIELDS) - {"surname", "first_name"}


def test_a_title_that_is_itself_a_header_word_does_not_win_over_the_header() -> None:
    found = layout(delimited([("Klienter",), ("Klient",), ("Namn", "Diagnos"), ("Ek, Bo", "x")]))
    assert found.header_line == 3


def test_banners_and_repeated_headers_below_the_header_are_no_clients() -> None:
    rows = [HEADER, ROWS[0], ("Sektor B",), HEADER, ROWS[1]]
    found = layout(workbook({"Lista": rows}, merge=("A3:E3",)))
    assert found.skipped == (3, 4)
    assert [row.line for row in found.rows] == [2, 5]


def test_a_header_in_two_storeys_is_read_at_the_lower_one() -> None:
    rows = [("Personnummer", "Namn", None), (None, "Efternamn", "Förnamn"), ("", "Ek", "Bo")]
    found = layout(workbook({"Lista": rows}, merge=("A1:A2", "B1:C1")))
    assert [(column.title, column.field) for column in found.columns] == [
        ("Personnummer", "national_id"),
        ("Efternamn", "surname"),
        ("Förnamn", "first_name"),
    ]


def test_what_is_not_recognised_is_listed_and_can_be_mapped_by_hand() -> None:
    data = delimited([("Vem", "Diagnos", "Ringa", "Namn"), ("Ek, Bo", "x", "070", "Bosse")])
    assert layout(data).ignored == ("Vem", "Diagnos", "Ringa")
    found = layout(data, {"vem": "full_name", "Ringa": "phone", "Namn": ""})
    assert [column.field for column in found.columns] == ["full_name", None, "phone", None]


def test_a_column_without_a_title_goes_by_its_letter() -> None:
    data = delimited([("Namn", ""), ("Ek, Bo", "070")])
    assert layout(data).ignored == ("B",)
    assert layout(data, {"B": "phone"}).fields == {"full_name", "phone"}
    assert [letter(index) for index in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]


def test_a_file_of_unknown_headers_keeps_them_for_the_mapping() -> None:
    found = layout(delimited([("Min lista",), ("Vem", "Vad"), ("Ek, Bo", "x")]))
    assert (found.has_name, found.header_line, found.ignored) == (False, 2, ("Vem", "Vad"))
    assert layout(delimited([("Vem", "Vad"), ("Ek, Bo", "x")]), {"Vem": "full_name"}).has_name


def test_two_columns_of_one_meaning_are_joined_or_only_the_first_is_read() -> None:
    data = delimited([("Namn", "Patient", "Adress", "Postnr", "Ort"), ("Ek, Bo", "B", "Gatan 1", "123 45", "Ort")])
    fields = [column.field for column in layout(data).columns]
    assert fields == ["full_name", None, "address", "address", "address"]
    assert refused(data, {"Namn": "full_name", "Patient": "full_name"}).key == "mapped_twice"


def test_a_mapping_that_does_not_fit_says_what_there_is() -> None:
    data = delimited([HEADER, *ROWS])
    no = refused(data, {"Nman": "full_name"})
    assert (no.key, no.params["column"]) == ("map_unknown_column", "Nman")
    assert "Namn, Kortnamn" in str(no.params["known"])
    assert refused(data, {"Namn": "name"}).key == "map_unknown_field"


def test_a_mapping_is_written_as_column_equals_field() -> None:
    assert mapping_from(["Namn = full_name", "a=b=notes", "Kod="]) == {"Namn": "full_name", "a=b": "notes", "Kod": ""}
    for wrong in ("Namn", "=full_name"):
        with pytest.raises(Unreadable) as no:
            mapping_from([wrong])
        assert no.value.key == "map_not_a_pair"


def test_of_several_sheets_the_one_with_most_known_columns_is_read() -> None:
    data = workbook({"Info": [("Hej",)], "Avslutade": [("Namn",), ("Ek, Bo",)], "Aktuella": [HEADER, *ROWS]})
    assert layout(data).sheet.name == "Aktuella"
    assert layout(data, sheet=" avslutade ").sheet.name == "Avslutade"


def test_sheets_that_look_alike_are_asked_about_and_hidden_ones_only_read_by_name() -> None:
    data = workbook({"Team A": [HEADER, *ROWS], "Team B": [HEADER, *ROWS]})
    no = refused(data)
    assert (no.key, no.params) == ("which_sheet", {"known": "Team A, Team B"})
    assert refused(data, sheet="Team C").key == "no_such_sheet"
    sheets = read_sheets(data, "lista.xlsx")
    hidden = [type(sheet)(sheet.name, sheet.rows, sheet.name == "Team B", sheet.epoch) for sheet in sheets]
    assert choose(hidden).sheet.name == "Team A"
    assert choose(hidden, name="Team B").sheet.name == "Team B"

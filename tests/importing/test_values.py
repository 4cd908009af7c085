"""Names, yes and no, the team's own people; and what may not stand in a cell at all."""

import pytest

from factboard.importing.problems import BadCell
from factboard.importing.values import full_name, text, yes_or_no
from tests.importing.files import one_problem, problems, table


@pytest.mark.parametrize(
    ("written", "surname_first", "parts"),
    [
        ("Exempel, Åsa", False, ("Exempel", "Åsa")),
        ("Exempel ,  Åsa Maria", False, ("Exempel", "Åsa Maria")),
        ("Åsa Exempel", False, ("Exempel", "Åsa")),
        ("Åsa Maria Exempel", False, ("Exempel", "Åsa Maria")),
        ("Åsa von der Prov", False, ("von der Prov", "Åsa")),
        ("Exempel Åsa Maria", True, ("Exempel", "Åsa Maria")),
        ("von der Prov Åsa", True, ("von der Prov", "Åsa")),
        ("De Geer", False, ("Geer", "De")),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(written: str, surname_first: bool, parts: tuple[str, str]) -> None:
    assert full_name(written, surname_first) == parts


@pytest.mark.parametrize(
    ("written", "key"), [("Exempel", "name_one_part"), ("Exempel,", "name_one_part"), ("a, b, c", "name_commas")]
)
def test_half_a_name_or_too_many_commas_is_told(written: str, key: str) -> None:
    assert problems((written,), header=("Namn",))[0].key == key


def test_the_title_says_which_name_comes_first() -> None:
    (row,) = table(("Exempel Åsa", "070"), header=("Efternamn förnamn", "Telefon")).rows
    assert (row.surname, row.first_name) == ("Exempel", "Åsa")


@pytest.mark.parametrize("title", ["Efternamn, förnamn", "Surname, first name"])
def test_a_title_that_promises_a_comma_is_taken_at_its_word(title: str) -> None:
    (row,) = table(("Exempel, Åsa", "070"), header=(title, "Telefon")).rows
    assert (row.surname, row.first_name, row.problems) == ("Exempel", "Åsa", ())
    (told,) = problems(("Bertil Utanfödelsedag", "070"), header=(title, "Telefon"))
    assert (told.column, told.key, told.params) == (title, "name_no_comma", {"value": "Bertil Utanfödelsedag"})
    assert problems(("Bertil", "070"), header=(title, "Telefon"))[0].key == "name_one_part"


def test_names_in_two_columns() -> None:
    (row,) = table(("Åsa", "Exempel"), header=("Förnamn", "Efternamn")).rows
    assert (row.surname, row.first_name) == ("Exempel", "Åsa")
    (told,) = problems(("", "Exempel"), header=("Förnamn", "Efternamn"))
    assert (told.line, told.column, told.key) == (2, "Förnamn", "name_missing")


@pytest.mark.parametrize("name", ["أحمد, محمد", "כהן, שרה", "🙂ek, Bo", "Nguyễn, Ánh", "山田, 花子", "O’Prov, Al"])
def test_names_of_any_script_are_kept(name: str) -> None:
    (row,) = table((name, "070"), header=("Namn", "Telefon")).rows
    assert f"{row.surname}, {row.first_name}" == name
    assert not row.problems


@pytest.mark.parametrize(
    "cell", ["Ek\x00, Bo", "Ek\x07, Bo", "Ek, \u202eoB", "Ek, Bo\u2066", "Ek\x1b[31m, Bo"], ids=ascii
)
def test_characters_that_cannot_be_seen_are_refused_and_not_repeated(cell: str) -> None:
    with pytest.raises(BadCell) as bad:
        text(cell, "full_name")
    assert bad.value.key == "control_characters"
    assert str(bad.value.params["value"]).isprintable()


def test_what_a_spreadsheet_adds_unseen_is_taken_away() -> None:
    assert text("\ufeffEk,\u00a0 Bo\u00ad \r\n", "full_name") == "Ek, Bo"


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "=1+1", "@SUM(1+1)", "+cmd|x", "-HYPERLINK(1)"])
def test_a_formula_in_a_text_is_refused(cell: str) -> None:
    assert one_problem(cell, "Anteckning").key == "formula"


@pytest.mark.parametrize("cell", ["+46 70 000 00 01", "- ringer först", "-5 kg", "@hem", "a=b"])
def test_what_only_begins_like_a_formula_is_kept(cell: str) -> None:
    assert text(cell, "notes") == cell


def test_lost_characters_and_too_much_text_are_told() -> None:
    assert one_problem("Gran\ufffdberg", "Adress").key == "lost_characters"
    told = one_problem("x" * 20_000, "Orsak")
    assert (told.key, told.params["limit"], told.params["length"]) == ("too_long", 500, 20_000)
    assert len(str(told.params["value"])) < 100


def test_a_dash_is_an_empty_cell() -> None:
    (row,) = table(("Ek, Bo", "-", "–", "--"), header=("Namn", "Telefon", "Case manager", "Kategori")).rows
    assert (row.phone, row.case_manager, row.on_board, row.problems) == ("", None, None, ())


def test_numbers_and_signs_are_no_name() -> None:
    assert problems(("12, 34",), header=("Namn",))[0].key == "not_a_name"


@pytest.mark.parametrize("answer", ["Ja", "JA", "yes", "x", "X", "1", "Skyddad identitet", "sekretessmarkering", "✓"])
def test_protected(answer: str) -> None:
    assert yes_or_no(answer) is True


@pytest.mark.parametrize("answer", ["nej", "No", "0", "ej skyddad"])
def test_not_protected(answer: str) -> None:
    assert yes_or_no(answer) is False


def test_a_protected_identity_is_never_guessed() -> None:
    assert one_problem("kanske", "Skyddad").key == "not_yes_or_no"


@pytest.mark.parametrize("name", ["Anna Ek", "ANNA  ek", "Ek, Anna", "anna"])
def test_a_case_manager_goes_by_name_or_username(name: str) -> None:
    (row,) = table(("Exempel, Åsa", name), header=("Namn", "CM")).rows
    assert row.case_manager == "u1"


def test_a_case_manager_nobody_knows_is_told_with_those_there_are() -> None:
    told = one_problem("Karin Påhitt", "Case manager")
    assert (told.line, told.column, told.key) == (2, "Case manager", "unknown_case_manager")
    assert told.params["known"] == "Anna Ek, Bo Lund, Bo Lund"
    assert one_problem("Bo Lund", "Case manager").key == "several_have_this_name"


@pytest.mark.parametrize("name", ["krisprevention", "Crisis Prevention", "crisis_prevention"])
def test_a_category_goes_by_its_code_or_its_name_in_any_language(name: str) -> None:
    (row,) = table(("Ek, Bo", name, "orsak"), header=("Namn", "Kategori", "Orsak")).rows
    assert row.on_board is not None
    assert row.on_board.category == "crisis_prevention"


def test_an_unknown_category_is_told_with_those_there_are() -> None:
    told = problems(("Ek, Bo", "röd", "orsak"), header=("Namn", "Färg", "Orsak"))
    assert [(p.column, p.key, p.params["known"]) for p in told] == [
        ("Färg", "unknown_category", "Kort intensiv, Krisprevention")
    ]

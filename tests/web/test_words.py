"""Every term, every "no" and every sign on the board has its word, in each language and each team's own words."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from factboard.assets import asset_dir
from factboard.domain.events import KINDS, Category, Member, Role, Settings, Source
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Team
from factboard.domain.team import CASE_MANAGER_WORDS, CLIENT_WORDS, COLOURS, SHAPES, STANDARD_CATEGORIES
from factboard.web.language import LANGUAGES
from factboard.web.words import terms, words_for
from factboard.web.words.done import DONE
from factboard.web.words.refusals import REFUSALS

PACKAGE = Path(__file__).parents[2] / "factboard"
REFUSING = {"Refused", "Invalid", "Conflict", "Unknown", "Forbidden"}
TEAM_WORDS = {"client", "the_client", "The_client", "clients", "case_manager", "the_case_manager"}


def refusals(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """(key, parameters) of every refusal that the code raises."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSING):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, {keyword.arg for keyword in node.keywords if keyword.arg}


def team(*members: Member, **settings: object) -> Team:
    known = {member.user: member for member in members}
    return Team("kusten", 1, Settings(name="Kusten", **settings), {}, known)  # type: ignore[arg-type]


def test_every_refusal_of_the_rules_has_a_sentence() -> None:
    keys = {key for key, _ in refusals(PACKAGE / "domain")}
    assert len(keys) > 20
    assert keys - set(REFUSALS) == set()


def test_every_refusal_anywhere_has_a_sentence_that_its_parameters_fill() -> None:
    wrong = [
        (key, params)
        for key, params in refusals(PACKAGE)
        if not set(re.findall(r"%\((\w+)\)s", REFUSALS.get(key, "%(no sentence)s"))) <= params | TEAM_WORDS
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("terms_of", terms.TERMS)
def test_every_term_has_a_word_of_its_own(terms_of: type[StrEnum], language: str) -> None:
    words = words_for(Settings(name="Kusten"), language)
    found = [words.term(term) for term in terms_of]
    assert all(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_colours_shapes_and_kinds_are_those_of_the_rules(language: str) -> None:
    words = words_for(Settings(name="Kusten"), language)
    assert [words.colour(code) for code in COLOURS]
    assert [words.shape(code) for code in SHAPES]
    assert set(terms.COLOURS) == set(COLOURS)
    assert set(terms.SHAPES) == set(SHAPES)
    assert set(DONE) == set(KINDS)


def test_every_shape_is_drawn_and_every_colour_mixed() -> None:
    sprite = (asset_dir("templates") / "macros" / "sprite.html").read_text()
    tokens = (asset_dir("static") / "tokens.css").read_text()
    assert [shape for shape in SHAPES if f'id="s-{shape}"' not in sprite] == []
    assert [colour for colour in COLOURS if f'[data-colour="{colour}"]' not in tokens] == []


def test_a_team_chooses_its_own_words_for_client_and_case_manager() -> None:
    assert set(terms.CLIENT) == set(CLIENT_WORDS)
    assert set(terms.CASE_MANAGER) == set(CASE_MANAGER_WORDS)
    swedish = words_for(Settings("Kusten", client_word="brukare", case_manager_word="fast_vardkontakt"), "sv")
    english = words_for(Settings("Kusten", client_word="brukare", case_manager_word="fast_vardkontakt"), "en")
    assert (swedish.client.the, swedish.case_manager.the) == ("brukaren", "den fasta vårdkontakten")
    assert (english.client.possessive, english.case_manager.one) == ("the service user's", "named care contact")
    assert swedish.term(Source.CLIENT) == "brukaren"
    assert swedish.refusal(Conflict("not_on_board")) == "Brukaren finns inte längre på tavlan."


def test_a_category_bears_the_teams_name_or_the_standard_one() -> None:
    words = words_for(Settings(name="Kusten", client_word="klient"), "sv")
    assert [words.category(category) for category in STANDARD_CATEGORIES] == [
        "krisförebyggande",
        "kortvarigt intensiv",
        "långvarigt intensiv",
        "svår att nå",
        "inlagd",
        "ny klient",
        "tvångsvård",
    ]
    assert words.category(Category("short_intensive", name="Röd")) == "Röd"
    assert words.category(Category("our_own")) == "our_own"


def test_a_refusal_names_whoever_was_first() -> None:
    here = team(Member("u1", "lars", "Lars Provberg", Role.LEAD))
    words = words_for(here.settings, "en")
    assert words.refusal(Conflict("already_taken", by="u1"), here) == "Lars Provberg has already taken this."
    assert words.refusal(Conflict("already_taken", by="factboard"), here) == "factboard has already taken this."


def test_a_forms_mistakes_become_sentences_with_their_numbers() -> None:
    words = words_for(Settings(name="Kusten"), "en")
    mistake = Invalid("too_long", "reason", limit=500, length=20_000)
    errors = words.errors({mistake.field: (mistake.key, mistake.params)})
    assert errors == {"reason": "At most 500 characters fit here; this is 20000. Nothing was cut away."}


def test_a_key_without_a_sentence_is_still_a_calm_no() -> None:
    words = words_for(Settings(name="Kusten"), "en")
    assert words.problem("from_the_future") == "This could not be done. Nothing was changed."
    assert words.problem("already_taken") == "This could not be done. Nothing was changed."


def test_colleagues_go_by_first_name_unless_two_share_it() -> None:
    here = team(
        Member("u1", "lars", "Lars Provberg", Role.LEAD),
        Member("u2", "eva", "Eva Testmark", Role.CLINICIAN),
        Member("u3", "eva2", "Eva Övning", Role.CLINICIAN, left=True),
    )
    words = words_for(here.settings, "sv")
    assert [words.colleague(here, user) for user in ("u1", "u2", "u3")] == ["Lars", "Eva Testmark", "Eva Övning"]


def test_ready_reasons_are_the_teams_own_or_else_the_standard_ones() -> None:
    words = words_for(Settings(name="Kusten"), "sv")
    assert "Närstående är oroliga" in words.phrases(Settings(name="Kusten"))
    assert words.phrases(Settings(name="Kusten", phrases=("Ringde i natt",))) == ("Ringde i natt",)


def test_warning_signs_are_the_teams_own_or_else_the_standard_ones() -> None:
    words = words_for(Settings(name="Kusten"), "sv")
    assert "Sover dåligt" in words.warning_signs(Settings(name="Kusten"))
    assert words.warning_signs(Settings(name="Kusten", warning_signs=("Ringer ofta",))) == ("Ringer ofta",)

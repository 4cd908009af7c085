"""Which language a reader gets, and that each sentence exists in it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from factboard.assets import asset_dir
from factboard.web.language import LANGUAGES, NAMES, catalogue, choose, in_order, other

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.mark.parametrize(
    ("query", "cookie", "person", "team", "browser", "expected"),
    [
        ("en", "sv", "sv", "sv", "sv", "en"),
        (None, "en", "sv", "sv", "sv", "en"),
        (None, None, "en", "sv", "sv", "en"),
        (None, None, None, "sv", "en", "sv"),
        (None, None, None, None, "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        (None, None, None, None, "en-GB, sv;q=0.1", "en"),
        (None, None, None, None, "sv;q=0.2, en; q=0.7", "en"),
        (None, None, None, None, "sv;q=0, en;q=0.1", "en"),
        (None, None, None, None, "de, fr;q=x, *", "en"),
        (None, None, None, None, ";q=1,,=", "en"),
        (None, None, None, None, None, "en"),
        ("klingon", "", None, "xx", "sv", "sv"),
    ],
)
def test_what_was_touched_goes_before_what_was_saved_before_the_team_before_the_browser(
    query: str | None, cookie: str | None, person: str | None, team: str | None, browser: str | None, expected: str
) -> None:
    assert choose(query, cookie, person, team, browser) == expected


def test_one_touch_leads_to_the_other_language_and_back() -> None:
    assert {other(language) for language in LANGUAGES} == set(LANGUAGES) == set(NAMES)


def test_a_plural_follows_its_number() -> None:
    counted = catalogue("sv").ngettext
    assert [counted("%(num)s day", "%(num)s days", days) for days in (1, 2)] == ["%(num)s dag", "%(num)s dagar"]


def test_a_language_that_is_not_spoken_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="does not speak 'de'; it speaks sv and en"):
        catalogue("de")


@pytest.fixture(scope="module")
def said() -> Catalog:
    """Every sentence in the code and the templates."""
    found = Catalog()
    with (asset_dir("locale") / "babel.cfg").open() as rules:
        methods, options = parse_mapping_cfg(rules)
    for folder in ("factboard", "templates"):
        part = [(pattern.removeprefix(f"{folder}/"), how) for pattern, how in methods if pattern.startswith(folder)]
        named = {pattern.removeprefix(f"{folder}/"): what for pattern, what in options.items()}
        for name, line, message, _, context in extract_from_dir(str(ROOT / folder), part, named, DEFAULT_KEYWORDS):
            found.add(message, locations=[(f"{folder}/{name}", line)], context=context)
    return found


@pytest.fixture(scope="module")
def swedish() -> Catalog:
    with (asset_dir("locale") / "sv" / "LC_MESSAGES" / "factboard.po").open("rb") as source:
        return read_po(source, locale="sv")


def texts(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_every_sentence_has_its_swedish(said: Catalog, swedish: Catalog) -> None:
    missing = [
        (message.id, message.locations[:1])
        for message in said
        if message.id and not ((known := swedish.get(message.id)) and all(texts(known.string)) and not known.fuzzy)
    ]
    assert missing == []


def test_every_translation_fills_in_only_what_the_sentence_has(swedish: Catalog) -> None:
    wrong = [
        (message.id, text)
        for message in swedish
        if message.id
        for text in texts(message.string)
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(" ".join(texts(message.id))))
    ]
    assert wrong == []


def test_the_catalogue_compiles_and_keeps_nothing_that_is_said_no_more(said: Catalog, swedish: Catalog) -> None:
    write_mo(BytesIO(), swedish)
    assert [message.id for message in swedish if message.id and message.id not in said] == []


def test_swedish_names_end_with_their_own_letters_and_others_do_not() -> None:
    names = ["Örjan", "Åsa", "Zahra", "Adam", "Ärla", "Olle"]
    assert sorted(names, key=lambda name: in_order(name, "sv")) == ["Adam", "Olle", "Zahra", "Åsa", "Ärla", "Örjan"]
    assert sorted(names, key=lambda name: in_order(name, "en")) == ["Adam", "Ärla", "Åsa", "Olle", "Örjan", "Zahra"]

"""What free text and names may hold, and how eyes compare them."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factboard.domain.refusal import Invalid
from factboard.domain.text import LINE, NOTE, REASON, clean, folded


@pytest.mark.parametrize(
    "text",
    [
        "Åsa Öberg-Ärlig",
        "محمد العربي",
        "דוד כהן",
        "می‌خواهم",  # Persian, with the joiner it is written with
        "क्षत्रिय",
        "Nguyễn Thị Minh",
        "👩‍⚕️ ringde 👍🏽",
        "\U0001fae8 skakar",  # an emoji newer than Python 3.11's tables
        "=1+1 & <b>'\"\\",
        "rad ett\nrad två\tindrag",
    ],
)
def test_any_language_and_emoji_are_welcome_and_kept(text: str) -> None:
    assert clean(text, "reason") == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  mellan  rum  ", "mellan  rum"),
        ("rad 1\r\nrad 2\rrad 3", "rad 1\nrad 2\nrad 3"),
        ("stycke\u2029rad\u2028", "stycke\nrad"),
        ("A\u030asa", "Åsa"),  # composed
        ("A\u200b\u030asa", "Åsa"),
        ("\ufeffStina\u200b Ex\u00adempel\u2060", "Stina Exempel"),  # as copied from a document
        (None, ""),
        ("", ""),
        ("\u00a0", ""),
    ],
)
def test_is_kept_composed_and_trimmed(typed: str | None, kept: str) -> None:
    assert clean(typed, "reason") == kept


UNSEEN = [chr(code) for code in (0, 7, 8, 11, 12, 27, 0x7F, 0x85, 0x9B)]
OVERRIDES = list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
STRANGE = ["\ue000", "\ufffe", "\U0010ffff", "\ufdd0", "\ud800", "\u2061", "\U000e0041", "\ufff9", "\u3164", "\u2800"]


@pytest.mark.parametrize("character", [*UNSEEN, *OVERRIDES, *STRANGE], ids=lambda one: f"U+{ord(one):04X}")
def test_what_cannot_be_seen_or_turns_its_line_around_is_refused(character: str) -> None:
    with pytest.raises(Invalid) as caught:
        clean(f"Stina{character}Exempel", "surname")
    assert (caught.value.key, caught.value.field) == ("control_characters", "surname")


@pytest.mark.parametrize("limit", [40, LINE, REASON, NOTE])
def test_the_limit_is_exact_and_the_refusal_says_how_long_it_was(limit: int) -> None:
    assert len(clean("å" * limit, "reason", limit=limit)) == limit
    with pytest.raises(Invalid) as caught:
        clean("å" * (limit + 1), "reason", limit=limit)
    assert (caught.value.key, caught.value.params) == ("too_long", {"limit": limit, "length": limit + 1})


def test_the_limit_counts_what_is_kept() -> None:
    assert clean(" " * 500 + "A\u030a" * LINE, "surname") == "Å" * LINE


@pytest.mark.parametrize(
    "nothing", [None, "", " \t\r\n ", "\u00a0", "\u200b\u200b", "\u200d", "\u200e\u200f", "\ufe0f"]
)
def test_what_nobody_can_see_does_not_fill_a_required_field(nothing: str | None) -> None:
    with pytest.raises(Invalid, match="required"):
        clean(nothing, "surname", required=True)


@given(st.text())
def test_cleaning_either_refuses_or_gives_what_cleaning_leaves_alone(text: str) -> None:
    try:
        kept = clean(text, "note", limit=NOTE)
    except Invalid as refusal:
        if refusal.key not in ("too_long", "control_characters"):
            raise
        return
    assert clean(kept, "note", limit=NOTE) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode().decode() == kept  # it can be stored
    assert not set(kept) & {"\0", "\r", *OVERRIDES}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åsa  ÖBERG", "asa oberg"),
        ("A\u030asa", "Åsa"),
        ("José", "JOSE"),
        ("Straße", "STRASSE"),
        ("Søren Kjær", "Sören Kjär"),
        ("Łukasz", "lukasz"),
        ("Đorđe", "Dorde"),
        ("Işık", "ISIK"),
        ("Ａｎｎａ", "Anna"),
        ("An\u200bna", "Anna"),
        ("An\u00adna", "Anna"),
        ("\u200eAnna\u200f", "Anna"),
        ("Anna\ufe0f", "Anna"),
        ("А" + "nna", "Anna"),  # a Cyrillic A
        ("Ann" + "а", "Anna"),
        ("ΟLA", "Ola"),  # a Greek O
        ("Anna\u00a0Berg", "Anna Berg"),
        ("محمّد", "محمد"),
    ],
)
def test_eyes_do_not_tell_these_apart(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Anne"), ("Berg", "Bergh"), ("李", "王"), ("👍", "👎"), ("a b", "ab")]
)
def test_eyes_tell_these_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text(alphabet=st.characters(min_codepoint=0, max_codepoint=sys.maxunicode, exclude_categories=[])))
def test_folding_takes_any_text_and_can_be_stored(text: str) -> None:
    found = folded(text)
    assert found.encode().decode() == found
    assert not set(found) & {"\0", "\u200b", *OVERRIDES}

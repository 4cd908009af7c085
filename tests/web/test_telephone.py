"""Numbers in what people have written become links; nothing else does."""

from __future__ import annotations

import re

import pytest

from factboard.web.telephone import numbers

TEXTS = {
    "Psykiatriska jouren, dygnet runt: 070-174 06 28. Vid livsfara: 112.": ["0701740628", "112"],
    "08-123 45 67": ["081234567"],
    "+46 70 174 06 28 (mamma), 0701740629": ["+46701740628", "0701740629"],
    "1177 svarar alltid": ["1177"],
    "Öppet 08:00-16:30, från 2026-11-24, på våning 4": [],
    "Jouren nås via växeln": [],
    "Port 1120": [],
    "(08) 123 45 67": ["081234567"],
    "+46 (0)70-174 06 28": ["+46701740628"],
    "+46(0)8 123 45 67, (0)8 123 45 67": ["+4681234567", "081234567"],
}


@pytest.mark.parametrize("text", TEXTS)
def test_each_number_can_be_called(text: str) -> None:
    html = numbers(text)
    assert re.findall(r'href="tel:([^"]*)"', html) == TEXTS[text]
    assert html.striptags() == text


def test_what_was_written_is_text_and_never_markup() -> None:
    assert "<script>" not in numbers("<script>070-174 06 28</script>")

"""Numbers in what people have written, to be called by a touch."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_DAY = r"(?!\d{4}-\d\d-\d\d\b)"
_NUMBER = re.compile(rf"(?<![\w.,:/+-])(?:{_DAY}\+?\d(?:[ \u00a0()/-]?[ (]?\d){{6,14}}|112|1177)(?![\w:/-]|[.,]\d)")


def numbers(text: str) -> Markup:
    """The text with each telephone number in it as a link; days and times of day are none."""
    made, last = Markup(), 0
    for found in _NUMBER.finditer(text):
        made += escape(text[last : found.start()]) + _link(found.group())
        last = found.end()
    return made + escape(text[last:])


def _link(number: str) -> Markup:
    abroad = number.replace("(0)", "") if number.startswith("+") else number  # that 0 is for calls from inside only
    digits = re.sub(r"[^\d+]", "", abroad)
    return Markup('<a class="tel" href="tel:{}">{}</a>').format(digits, number)

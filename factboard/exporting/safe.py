"""Texts that a spreadsheet takes for what they are: never for a formula, never for the end of a cell or of the file.

The rule is OWASP's on CSV injection: what begins like a formula gets an apostrophe before it, and so does what follows
a character that another program may take for the end of a cell. Both kinds of file are written by it, so that one saved
as the other is as safe.
"""

from __future__ import annotations

import re

MOST = 32_767  # characters in a cell: Excel's limit
FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20"  # and as East Asian keyboards write them
_UNSEEN = "\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"  # a program may pass over these
_BEGINS = re.compile(rf"[\s'\"{_UNSEEN}]*[{re.escape(FORMULA)}]")
_IN_MIDDLE = re.compile(rf"([;,\t|])(\"*[{re.escape(FORMULA)}])")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # in XML, or in UTF-8
_ODD = re.compile(  # anything that `safe` would change: most texts have nothing of it, and are looked at once
    rf"^[\s'\"{_UNSEEN}{re.escape(FORMULA)}]|{_IN_MIDDLE.pattern}|{_UNWRITABLE.pattern}|[^\S ]|\s\s|\s$"
)


def safe(text: str) -> str:
    """The text on one line, as a cell that is no formula; what is too long ends with an ellipsis."""
    if not _ODD.search(text) and len(text) <= MOST:
        return text
    line = " ".join(_UNWRITABLE.sub("\ufffd", text).split())
    if _BEGINS.match(line):
        line = f"'{line}"
    line = _IN_MIDDLE.sub(r"\1'\2", line)
    return line if len(line) <= MOST else f"{line[: MOST - 1]}…"

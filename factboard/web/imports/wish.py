"""What somebody chose on the preview: the sheet, what each column holds, which page of it, and whether to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from factboard.importing.layout import letter
from factboard.importing.table import DEFAULT

COLUMN = "column-"  # the form's field for what the column of this number holds


@dataclass(frozen=True, slots=True)
class Wish:
    """`mapping`: a column's letter to a field ("" leaves it out); None where nobody has chosen yet."""

    sheet: str | None
    mapping: Mapping[str, str] | None
    page: int
    go: bool


def wish_in(data: FormData) -> Wish:
    """The choices in the form. Those about the columns of another sheet than the chosen one are left out."""
    sheet = _text(data, "sheet") or None
    by_hand = {name.removeprefix(COLUMN): value for name, value in data.items() if name.startswith(COLUMN)}
    columns = {int(n): str(v) for n, v in by_hand.items() if n.isascii() and n.isdigit() and int(n) < DEFAULT.columns}
    about_this = _text(data, "columns_of") == (sheet or "")
    mapping = {letter(index): field for index, field in columns.items()} if columns and about_this else None
    page = _text(data, "page")
    return Wish(
        sheet=sheet,
        mapping=mapping,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        go=_text(data, "go") == "import",
    )


def _text(data: FormData, name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""

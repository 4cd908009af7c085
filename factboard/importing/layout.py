"""Which sheet, which line is the header, and what each column holds: recognised, or mapped by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factboard.importing.headers import FIELDS, JOINED, field_of, plain
from factboard.importing.problems import Unreadable, listed, shown
from factboard.importing.table import Cell, Row, Sheet

HEADER_WITHIN = 40  # lines that hold something, from the top


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title as the file has it (its letter where it has none) and its field, if any."""

    index: int
    title: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is read. `skipped` are lines below the header that are no clients (banners, repeats)."""

    sheet: Sheet
    header_line: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[int, ...]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Titles of the columns that are not read: for the preview, and to be mapped by hand."""
        return tuple(column.title for column in self.columns if not column.field)

    @property
    def has_name(self) -> bool:
        return "full_name" in self.fields or {"surname", "first_name"} <= self.fields


def mapping_from(pairs: Iterable[str]) -> dict[str, str]:
    """`["Namn=full_name", "Kod="]` -> title to field code; an empty code leaves the column out.

    Raises `Unreadable` for a pair without "=" and for a field that does not exist.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        title, equals, field = pair.rpartition("=")
        if not equals or not title.strip():
            raise Unreadable("map_not_a_pair", pair=shown(pair))
        mapping[title.strip()] = field.strip()
    return mapping


def lay_out(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> Layout:
    """Find the header of a sheet and name its columns; `mapping` (title or letter to field) goes first.

    A sheet where nothing is recognised gets the header it most likely has, for the mapping by hand.
    Raises `Unreadable` for an empty sheet and for a mapping that does not fit it.
    """
    if not sheet.rows:
        raise Unreadable("empty")
    by_hand = {plain(title): field for title, field in (mapping or {}).items()}
    for field in by_hand.values():
        if field and field not in FIELDS:
            raise Unreadable("map_unknown_field", field=shown(field), known=", ".join(FIELDS))
    top = [row for row in sheet.rows[:HEADER_WITHIN] if not row.banner] or list(sheet.rows[:1])
    header = _header(top, by_hand)
    below = [row for row in sheet.rows if row.line > header.line]
    columns = _columns(header, below, by_hand)
    if unknown := [title for title in mapping or {} if not _is_there(title, columns)]:
        known = listed(column.title for column in columns)
        raise Unreadable("map_unknown_column", column=shown(unknown[0]), known=known)
    titles = _filled(header)
    no_client = {row.line for row in below if row.banner or _filled(row) == titles}
    rows = tuple(row for row in below if row.line not in no_client)
    return Layout(sheet, header.line, columns, rows, tuple(sorted(no_client)))


def choose(sheets: Sequence[Sheet], mapping: Mapping[str, str] | None = None, name: str | None = None) -> Layout:
    """The sheet called `name`, else the visible one that looks most like a list of clients.

    Raises `Unreadable("which_sheet")` when two look alike, `Unreadable("no_such_sheet")`, and what `lay_out`
    raises. The answer may still lack a name column (`has_name`): then somebody has to map it.
    """
    if name is not None:
        for sheet in sheets:
            if sheet.name.strip().casefold() == name.strip().casefold():
                return lay_out(sheet, mapping)
        raise Unreadable("no_such_sheet", sheet=shown(name), known=listed(sheet.name for sheet in sheets))
    open_sheets = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
    if not open_sheets:
        raise Unreadable("empty")
    if len(open_sheets) == 1:
        return lay_out(open_sheets[0], mapping)
    layouts, refused = [], None
    for sheet in open_sheets:
        try:
            layouts.append(lay_out(sheet, mapping))
        except Unreadable as no:  # a column mapped by hand may stand in another sheet
            refused = no
    if refused and not layouts:
        raise refused
    usable = [layout for layout in layouts if layout.has_name and layout.rows]
    best = max((len(layout.fields) for layout in usable), default=0)
    first = [layout for layout in usable if len(layout.fields) == best]
    if len(first) != 1:
        raise Unreadable("which_sheet", known=listed(sheet.name for sheet in open_sheets))
    return first[0]


def letter(index: int) -> str:
    """The name a spreadsheet gives a column: 0 is A, 26 is AA."""
    first, last = divmod(index, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def _header(top: Sequence[Row], by_hand: Mapping[str, str]) -> Row:
    best = max(top, key=lambda row: _as_header(row, by_hand))
    known, width = _as_header(best, by_hand)
    if known:
        return best
    return next(row for row in top if 2 * _as_header(row, by_hand)[1] > width)  # titles stand over their rows


def _as_header(row: Row, by_hand: Mapping[str, str]) -> tuple[int, int]:
    titles = [cell for cell in row.cells if isinstance(cell, str)]
    known = {by_hand.get(plain(title)) or field_of(title) for title in titles}
    mapped = sum(plain(title) in by_hand for title in titles)
    return (len(known - {None}) + mapped, len(titles))


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell is not None]


def _columns(header: Row, below: Sequence[Row], by_hand: Mapping[str, str]) -> tuple[Column, ...]:
    used = {index for row in below if not row.banner for index, cell in enumerate(row.cells) if cell is not None}
    titles = {index: _title(header.cell(index), index) for index in used | set(range(len(header.cells)))}
    spelled = {plain(title) for title in titles.values()}
    fields: dict[int, str | None] = {}
    for index in sorted(titles):
        named = by_hand.get(plain(titles[index]))
        if named is None and (key := letter(index).lower()) not in spelled:
            named = by_hand.get(key)
        if named and named not in JOINED and named in fields.values():
            raise Unreadable("mapped_twice", field=named)
        if named is not None:
            fields[index] = named or None
    for index in sorted(titles):
        field = field_of(titles[index])
        if index not in fields and field and (field in JOINED or field not in fields.values()):
            fields[index] = field
    wanted = [index for index in sorted(titles) if index in used or header.cell(index) is not None]
    return tuple(Column(index, titles[index], fields.get(index)) for index in wanted)


def _title(cell: Cell, index: int) -> str:
    return " ".join(cell.split())[:100] if isinstance(cell, str) else letter(index)


def _is_there(title: str, columns: Sequence[Column]) -> bool:
    return any(plain(title) in (plain(column.title), letter(column.index).lower()) for column in columns)

"""What a file would do, line by line, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factboard.domain.state import Client, Team
from factboard.importing.layout import Layout
from factboard.importing.messages import FIELDS, OUTCOMES, counted, sentence
from factboard.importing.messages import place as place_of
from factboard.importing.plan import Change, Outcome, Plan, Planned
from factboard.web.imports.uploads import Upload
from factboard.web.imports.wish import COLUMN, Wish
from factboard.web.language import catalogue
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.times import Times
from factboard.web.words import words_for

__all__ = ["place_of", "preview"]

LINES = 200  # on one page
PROBLEMS = 100  # told at once; more than anybody mends in one go
SAMPLES = 3  # of what stands in a column


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the preview shows it: `born` tells people of one name apart, `does` are whole phrases."""

    number: int
    name: str
    born: date | None
    does: tuple[str, ...]
    outcome: Outcome


def preview(
    request: Request, key: str, upload: Upload, layout: Layout | None, wish: Wish, error: str, status: int
) -> Response:
    """The page between choosing and bringing in; says what is wrong, and where."""
    plan = upload.prepared.plan if upload.prepared else None
    if wants_json(request):
        return JSONResponse(_as_json(plan, error), status)
    gettext, ngettext = catalogue(request.state.language).gettext, catalogue(request.state.language).ngettext
    rows = plan.rows[(wish.page - 1) * LINES :][:LINES] if plan else ()
    request.app.state.access.saw(request.state.who, "import", {row.client for row in rows if row.client})
    clients = upload.prepared.clients if upload.prepared else {}
    teller = _Lines(request.state.language, request.state.who.here, clients, request.app.state.clock())
    told = [(place_of(wrong, gettext), sentence(wrong, gettext)) for wrong in plan.problems[:PROBLEMS]] if plan else []
    return page(
        request,
        "import/preview.html",
        status=status,
        key=key,
        file=upload.file.name,
        error=error,
        sheets=[(sheet.name, sheet.name) for sheet in upload.sheets if sheet.rows],
        read_as=layout,
        columns=_columns(layout),
        fields=[(code, gettext(name)) for code, name in FIELDS.items()],
        plan=plan,
        counts=[(counted(outcome, count, ngettext), count) for outcome, count in plan.counts.items()] if plan else [],
        told=told,
        more_problems=len(plan.problems) - len(told) if plan else 0,
        lines=[teller.line(row) for row in rows],
        at=wish.page,
        pages=-(-len(plan.rows) // LINES) if plan else 0,
    )


class _Lines:
    """Puts a planned line into words."""

    def __init__(self, language: str, team: Team, clients: Mapping[str, Client], now: datetime) -> None:
        self._team, self._clients, self._now = team, clients, now
        self._words, self._times = words_for(team.settings, language), Times(language, team.settings.time_zone)
        self._gettext: Callable[[str], str] = catalogue(language).gettext

    def line(self, row: Planned) -> Line:
        does = [self._gettext(OUTCOMES[outcome]) for outcome in (row.outcome, row.board) if outcome is not None]
        if row.put_on:
            does.append(f"{self._words.category(self._team.categories[row.put_on.category])}: {row.put_on.reason}")
        if since := self._since(row):
            does.append(f"{self._gettext(FIELDS['since'])} {self._times.full_day(since)}")
        return Line(row.row.line, row.row.name, row.born, (*does, *map(self._change, row.changes)), row.outcome)

    def _since(self, row: Planned) -> date | datetime | None:
        """From when on the board: what the file says, or what the board says that is kept."""
        known = self._clients.get(row.client or "")
        if row.put_on:
            return row.put_on.since or self._now
        return known.stay.since if known and known.stay else None

    def _change(self, change: Change) -> str:
        old, new = self._value(change.field, change.old), self._value(change.field, change.new)
        return f"{self._gettext(FIELDS[change.field])}: {old or '–'} → {new}"

    def _value(self, field: str, value: Any) -> str:
        if isinstance(value, bool):
            return self._gettext("yes") if value else self._gettext("no")
        if isinstance(value, date):
            return self._times.full_day(value)
        if field == "case_manager" and value:
            return self._words.person(self._team, value)
        return " ".join(str(value or "").split())


def _columns(layout: Layout | None) -> list[tuple[str, str, str, str]]:
    """For each column: its field in the form, its title, what it holds, and some of what stands in it."""
    if layout is None:
        return []
    return [
        (f"{COLUMN}{column.index}", column.title, column.field or "", _sample(layout, column.index))
        for column in layout.columns
    ]


def _sample(layout: Layout, index: int) -> str:
    cells = (row.cell(index) for row in layout.rows[:50])
    texts = dict.fromkeys(
        " ".join(str(cell).split())[:40] for cell in cells if isinstance(cell, str | int | float | date)
    )
    return ", ".join(list(texts)[:SAMPLES])


def _as_json(plan: Plan | None, error: str) -> dict[str, Any]:
    problems = [{"line": one.line, "column": one.column, "key": one.key} for one in plan.problems] if plan else []
    counts = {outcome.value: count for outcome, count in plan.counts.items()} if plan else {}
    return {"saved": False, "ok": plan is not None and plan.ok, "error": error, "counts": counts, "problems": problems}

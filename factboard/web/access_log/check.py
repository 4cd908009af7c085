"""The routine check: looks of some days, drawn by rule and by chance, each judged, and written as one fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.access.drawing import LONGEST, Drawn, Judged, check_access, days, draw, judge
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.recorder import new_id
from factboard.storage import checking, history
from factboard.storage.codec import recorded
from factboard.web.access_log.look import Told, told
from factboard.web.access_log.naming import teller_of
from factboard.web.access_log.said import Said
from factboard.web.answers import blank, not_saved, seq_in
from factboard.web.forms import MOST_BYTES, MOST_FIELDS, Day, Form, RequestId, Typed, parse
from factboard.web.pages import page

VIEW = "access_check"
PAGE = "access/check.html"
SHOWN = 20  # checks that were done, the newest


class Check(Form):
    """Local days, both in it; `outcome-<look>` and `note-<look>` stand beside these for each look that was drawn."""

    first: Day | None = None
    last: Day | None = None
    seed: str = ""
    note: str = ""
    request_id: RequestId | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, from how many looks of which days."""

    first: date
    last: date
    seed: str
    looks: int
    drawn: list[Drawn]


async def check_form(request: Request) -> Response:
    """The days to choose, and the checks that were done; with days in the address, what is drawn from them."""
    typed = parse(FormData([*request.query_params.multi_items()]), Check)
    try:
        sample = await _sample(request, typed) if "first" in request.query_params else None
    except Invalid as wrong:
        return not_saved(request, PAGE, typed, refusal=wrong, **await _context(request, None))
    if sample is None:
        first, last, _ = days(None, None, "", _today(request))
        return blank(
            request, PAGE, {"first": first, "last": last, "seed": new_id()[:8]}, **await _context(request, None)
        )
    return blank(request, PAGE, _asked(sample) | {"request_id": new_id()}, **await _context(request, sample))


async def check(request: Request) -> Response:
    """What was found is written down as a whole; each look without an outcome is told beside it."""
    who, typed = request.state.who, await _read(request)
    try:
        sample = await _sample(request, typed)
    except Invalid as wrong:
        return not_saved(request, PAGE, typed, refusal=wrong, **await _context(request, None))
    judged = _judged(typed, sample)
    if set(typed.values["drawn"]) != {str(one.look.id) for one in sample.drawn}:
        typed.errors[""] = "drawn_anew", {}
    refusal: Refused | None = None
    if typed.form and not typed.errors:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                check_access,
                request_id=typed.form.request_id,
                first=sample.first,
                last=sample.last,
                seed=sample.seed,
                looks=sample.looks,
                drawn=sample.drawn,
                judged=judged,
                note=typed.form.note,
            )
            return RedirectResponse(f"/access-log/checks/{receipt.seq}?saved={receipt.seq}", 303)
        except Refused as refused:
            refusal = refused
    typed.values |= _asked(sample)
    return not_saved(request, PAGE, typed, refusal=refusal, **await _context(request, sample))


async def one_check(request: Request) -> Response:
    """A check that was done: every look that was judged, whom it was at, and how. Raises `Unknown`."""
    who, seq = request.state.who, seq_in(request)
    async with request.app.state.store.reading() as connection:
        row = await history.row(connection, who.team, seq)
        fact = recorded(row) if row and row.payload is not None else None
        if fact is None or not isinstance(fact.fact, e.AccessChecked):
            raise Unknown("unknown_page")
        about = await checking.whom(connection, who.team, fact.fact.drawn)
        shown = {client for clients in about.values() for client in clients}
        teller = await teller_of(request, connection, shown)
    request.app.state.access.saw(who, VIEW, shown)
    said = Said(request.state.language, who.here)
    whom = {look: [(client, teller.client(client)) for client in clients] for look, clients in about.items()}
    saved = request.query_params.get("saved") == str(seq)
    return page(request, "access/one_check.html", fact=fact, check=fact.fact, said=said, whom=whom, saved=saved)


async def _read(request: Request) -> Typed[Check]:
    """The form as it came, `drawn` the looks that it showed."""
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES) as data:
        typed = parse(data, Check)
        texts = {name: text for name, text in data.multi_items() if isinstance(text, str)}
        typed.values |= {name: text for name, text in texts.items() if name.startswith(("outcome-", "note-"))}
        typed.values["drawn"] = [one for one in data.getlist("drawn") if isinstance(one, str)]
    return typed


async def _sample(request: Request, typed: Typed[Check]) -> Sample:
    """Drawn anew from what was typed: the same days and the same seed draw the same looks. Raises `Invalid`."""
    who = request.state.who
    if typed.form is None:
        raise Invalid(typed.errors[next(iter(typed.errors))][0], next(iter(typed.errors)))
    first, last, seed = days(typed.form.first, typed.form.last, typed.form.seed, _today(request))
    settings = who.here.settings
    since, until = calendar.instant(first, time(0), settings), calendar.midnight_after(last, settings)
    async with request.app.state.store.reading() as connection:
        looks = await checking.looks(connection, who.team, since, until)
        known = await checking.known(connection, who.here, looks, until)
    return Sample(first, last, seed, len(looks), draw(looks, known, seed))


def _judged(typed: Typed[Check], sample: Sample) -> dict[int, Judged]:
    found: dict[int, Judged] = {}
    for id in (one.look.id for one in sample.drawn):
        outcome = typed.values.get(f"outcome-{id}", "")
        known = e.Outcome(outcome) if outcome in [*e.Outcome] else None
        try:
            found[id] = judge(id, known, typed.values.get(f"note-{id}", ""))
        except Invalid as wrong:
            typed.refuse(wrong)
    return found


def _asked(sample: Sample) -> dict[str, Any]:
    return {"first": sample.first.isoformat(), "last": sample.last.isoformat(), "seed": sample.seed}


def _today(request: Request) -> date:
    return calendar.local_day(request.app.state.clock(), request.state.who.here.settings)


async def _context(request: Request, sample: Sample | None) -> dict[str, Any]:
    who, said = request.state.who, Said(request.state.language, request.state.who.here)
    drawn = sample.drawn if sample else []
    shown = {client for one in drawn for client in one.look.clients}
    async with request.app.state.store.reading() as connection:
        done = await history.of_kind(connection, who.team, e.AccessChecked.kind, limit=SHOWN)
        teller = await teller_of(request, connection, shown)
    request.app.state.access.saw(who, VIEW, shown)
    rows: list[tuple[Told, tuple[e.Because, ...]]] = [(told(one.look, said, teller), one.because) for one in drawn]
    around = {"done": done, "said": said, "outcomes": [*e.Outcome], "longest": LONGEST.days}
    return {"sample": sample, "rows": rows, **around}

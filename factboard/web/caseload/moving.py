"""Handing clients over: chosen on one caseload, seen first with both loads as they would be, then all at once."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import caseload, mandate
from factboard.domain.refusal import Conflict, Refused
from factboard.recorder import Receipt, new_id
from factboard.recorder.answers import answered, remember
from factboard.web.answers import not_saved, saved
from factboard.web.caseload.look import NOBODY, Loaded, Row, chosen, in_care, loaded, one_caseload
from factboard.web.forms import Form, RequestId, Ticked, Typed, read
from factboard.web.pages import page


class MoveForm(Form):
    """`user`: on whose caseload they were chosen. `sure`: it was seen what it comes to."""

    user: str
    client: tuple[str, ...] = ()
    to: str = ""
    reason: str = ""
    sure: Ticked = False
    request_id: RequestId | None = None


async def move(request: Request) -> Response:
    """First what it would come to; sent again as it is shown, it is done: all of them, or none."""
    typed, refusal = await read(request, MoveForm), None
    user = _known(typed.values.get("user"), request.state.who.here.members)
    context = await one_caseload(request, user)
    request.app.state.access.saw(request.state.who, "caseload", [row.client.id for row in context["rows"]])
    rows = chosen(context["rows"], typed.values.get("client", ()))
    form = typed.form
    if form and form.sure and (done := await _done_before(request, form, user)):
        return saved(request, done, f"/caseload/{form.to}")
    if form is None or not rows or form.to not in {one.user for one in context["takers"]}:
        return _choose_again(request, typed, context, rows)
    if form.sure:
        try:
            return saved(request, await _hand_over(request, form, user, rows), f"/caseload/{form.to}")
        except Refused as refused:
            refusal = refused
            rows = chosen((await one_caseload(request, user))["rows"], form.client)
    typed.values["request_id"] = new_id()
    preview = await _preview(request, user, form.to, rows)
    if refusal:
        return not_saved(request, "caseload/move.html", typed, refusal=refusal, **preview)
    return page(request, "caseload/move.html", typed=typed, refusal=None, meanwhile=(), **preview)


def _choose_again(request: Request, typed: Typed[MoveForm], context: dict[str, Any], rows: list[Row]) -> Response:
    """The caseload again: nobody was chosen, or nobody to hand them to; or they have been handed over meanwhile."""
    meanwhile = "case_manager_changed_meanwhile" if typed.values.get("sure") else "nobody_chosen"
    errors: dict[str, tuple[str, dict[str, Any]]] = {} if rows else {"client": (meanwhile, {})}
    to = typed.values.get("to") or ""
    if to not in {one.user for one in context["takers"]}:
        errors["to"] = ("choose_one", {})
    ticked = [row.client.id for row in rows]
    return page(request, "caseload/one.html", status=422, errors=errors, ticked=ticked, to=to, **context)


async def _done_before(request: Request, form: MoveForm, user: str | None) -> Receipt | None:
    """What this very request was answered before: those it is about are on this caseload no more."""
    who, what = request.state.who, _asked(form, user) | {"clients": form.client}
    found: Receipt | None = await request.app.state.recorder.answered(
        who.team, who.user, form.request_id, caseload.hand_over, **what
    )
    return found


def _asked(form: MoveForm, user: str | None) -> dict[str, Any]:
    return {"to": form.to, "before": user, "reason": form.reason}


async def _hand_over(request: Request, form: MoveForm, user: str | None, rows: list[Row]) -> Receipt:
    """One transaction. Raises `Refused`, and nothing is written then: also where one of those chosen is no longer among
    the `rows` that the reader sees on this caseload.
    """
    who = request.state.who
    if len(rows) < len(set(form.client)):
        raise Conflict("case_manager_changed_meanwhile")
    asked = _asked(form, user)
    what = asked | {"clients": form.client}
    async with request.app.state.recorder.together(who.team, who.user) as desk:
        known = await answered(desk, form.request_id, caseload.hand_over, None, what)
        if known:
            return known
        first: Receipt | None = None
        for client in form.client:
            said = request.state.mandate
            receipt: Receipt = await desk.decide(caseload.hand_over, client=client, mandate=said, **asked)
            first = first or receipt
        if first is None:
            raise Conflict("case_manager_changed_meanwhile")
        await remember(desk, form.request_id, caseload.hand_over, None, what, first)
    return first


async def _preview(request: Request, user: str | None, to: str, rows: list[Row]) -> dict[str, Any]:
    """Both caseloads as they are and as they would be."""
    here, now, everybody = request.state.who.here, request.app.state.clock(), await in_care(request)
    moved = {row.client.id for row in rows}

    def carried(who: str | None, *, after: bool) -> Loaded:
        own = [one for one in everybody if one.details.case_manager == who and not (after and one.id in moved)]
        more = [row.client for row in rows] if after and who == to else []
        return loaded(here, caseload.load(here, who, [*own, *more], now), now)

    return {
        "user": user,
        "to": to,
        "rows": rows,
        "sides": [(who, carried(who, after=False), carried(who, after=True)) for who in (user, to)],
        "asks_mandate": any(mandate.asked(here, row.client) for row in rows),
        "back": f"/caseload/{user or NOBODY}",
    }


def _known(user: object, members: dict[str, Any]) -> str | None:
    """Whose caseload the form was; nobody's for what makes no sense."""
    return str(user) if user in members else None

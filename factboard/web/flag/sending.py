"""Put a client on the board: say why, send, and know that it arrived. No approval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain import calendar, roster, tips
from factboard.domain.events import (
    ActionAdded,
    FlaggedAgain,
    Informed,
    PutOnBoard,
    Recategorised,
    Recorded,
    ReviewSet,
    Source,
    Undone,
)
from factboard.domain.out_of_hours import out_of_hours
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.domain.state import Client
from factboard.domain.text import REASON
from factboard.recorder import Receipt, new_id
from factboard.storage import history, projections
from factboard.storage.codec import instant_to_text, recorded
from factboard.web.answers import as_json, blank, calls_off, not_saved, seq_in, still_undoable
from factboard.web.flag.beside import known_of
from factboard.web.flag.choosing import FOUND, Row, chosen, find, log, near
from factboard.web.forms import Choice, Day, Form, Missing, RequestId, Seq, Ticked, Typed, read
from factboard.web.labels import client_of, label_of
from factboard.web.pages import page
from factboard.web.queued import circumstances
from factboard.web.security import is_fragment, wants_json
from factboard.web.sentences import Teller
from factboard.web.sight import CARE, about_this, eyes, require, sees
from factboard.web.words import words_for


class Flag(Form):
    client: Annotated[str, Missing("choose_client")]
    category: Choice
    reason: str
    request_id: RequestId
    warning_signs: tuple[str, ...] = ()
    needed: str = ""
    informed: Informed = Informed.UNKNOWN
    source: Source = Source.TEAM
    review_by: Day | None = None
    tip: str = ""  # that it comes from, by its id
    seen: Seq | None = None
    q: str = ""
    find: Ticked = False  # its button finds clients where no script does while one types


async def form(request: Request) -> Response:
    """The form; with `client`, that client is chosen already."""
    row = await chosen(request, request.query_params.get("client"))
    values: dict[str, Any] = {"request_id": new_id()}
    if row:
        values |= {"client": row.client.id, "seen": row.client.seq, "category": row.category}
        values |= _from_tip(row.client, request.query_params.get("tip", ""))
    return blank(request, "flag/form.html", values, **await _context(request, row))


def _from_tip(client: Client, id: str) -> dict[str, Any]:
    """What a tip lets the form begin with, while nobody has answered it."""
    tip = next((one for one in client.tips if one.id == id), None)
    return {"tip": tip.id, "reason": tip.text[:REASON], "source": tip.relation} if tip else {}


async def submit(request: Request) -> Response:
    typed, who = await read(request, Flag), request.state.who
    flag = typed.form
    if typed.values.get("find"):
        text = typed.values.get("q", "")
        row, found = await chosen(request, typed.values.get("client")), await find(request, text)
        return blank(request, "flag/form.html", typed.values, **await _context(request, row, found, text))
    if flag is None:
        return await _again(request, typed)
    whom = await client_of(request, flag.client)
    if whom and not sees(request, whom, *CARE):
        return await _again(request, typed, Invalid("unknown_client", "client"))
    if whom:
        about_this(request, whom)
    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            tips.put_on_board,
            request_id=flag.request_id,
            **circumstances(request),
            **flag.model_dump(exclude={"request_id", "q", "find"}, exclude_unset=True),
        )
    except Unknown:
        return await _again(request, typed, Invalid("unknown_client", "client"))
    except Refused as refusal:
        return await _again(request, typed, refusal)
    if wants_json(request):
        return JSONResponse(as_json(receipt) | {"taken_by": await _taken_by(request, receipt)})
    target = f"/flag/{receipt.seq}?screens={receipt.screens}"
    if is_fragment(request):
        return Response(headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


async def receipt(request: Request) -> Response:
    """The receipt of a flag: when, by whom, which number, to how many screens; then who has taken it."""
    screens = request.query_params.get("screens", "")
    flagged = await _flagged(request)
    client, fact, story = flagged["client"], flagged["fact"], flagged["story"]
    log(request, [client], "read")
    label = await label_of(request, client)
    teller = Teller(request.state.language, request.state.who.here, {client.id: label})
    return page(
        request,
        "flag/receipt.html",
        screens=int(screens) if screens.isdecimal() and screens.isascii() and len(screens) < 6 else None,
        label=label,
        told=teller.tell(fact),
        nobody_here=out_of_hours(request.state.who.here.settings, request.app.state.clock()),
        called_off=any(calls_off(row, fact) for row in story),
        others=[(row.at, teller.tell(row)) for row in story if _belongs(row, fact)],
        undoable=not flagged["over"] and still_undoable(request, fact),
        near=(await known_of(request, client))["near"],
        **flagged,
    )


async def taken(request: Request) -> Response:
    """Has somebody taken it? Asked by the open receipt until there is an answer; names no client."""
    flagged = await _flagged(request)
    if wants_json(request):
        stay, over = flagged["stay"], flagged["over"]
        taken_by, at = (stay.taken_by, stay.taken_at) if stay and not over else (None, None)
        name = _name(request, taken_by) if taken_by else None
        return JSONResponse({"taken_by": name, "at": instant_to_text(at) if at else None, "over": over})
    return page(request, "flag/taken.html", **flagged)


async def _taken_by(request: Request, receipt: Receipt) -> str | None:
    """The name of who has taken this flag: of one that came before, whose answer was lost, somebody may have."""
    if not receipt.repeated or receipt.client is None:
        return None
    client = await client_of(request, receipt.client)
    stay = client.stay if client else None
    mine = stay is not None and stay.placement == receipt.placement and stay.flagged_seq == receipt.seq
    return _name(request, stay.taken_by) if stay and mine and stay.taken_by else None


def _name(request: Request, user: str) -> str:
    here = request.state.who.here
    return words_for(here.settings, request.state.language).person(here, user)


async def _flagged(request: Request) -> dict[str, Any]:
    """The flag in the address, and what has become of it. Raises `Unknown` when the team has no such flag."""
    who, seq = request.state.who, seq_in(request)
    async with request.app.state.store.reading() as connection:
        row = await history.row(connection, who.team, seq)
        fact = recorded(row) if row and row.payload is not None else None
        if fact is None or fact.client is None or not isinstance(fact.fact, PutOnBoard | FlaggedAgain):
            raise Unknown("unknown_page")
        client = await projections.person(connection, who.team, fact.client)
        story = await history.story(connection, who.team, *(client.records if client else ()))
    if client is None:
        raise Unknown("unknown_page")
    require(request, client, *CARE)
    client = eyes(request).see(client)
    stay = client.stay if client.stay and client.stay.placement == fact.placement else None
    undone = any(isinstance(one.fact, Undone) and one.fact.seq == seq for one in story)
    over = "undone" if undone else "ended" if stay is None else "newer" if stay.flagged_seq > seq else ""
    return {"fact": fact, "client": client, "stay": stay, "over": over, "story": story}


def _belongs(row: Recorded, flag: Recorded) -> bool:
    """Is it an earlier flag on the same time on the board, or what came with this one: category, review day,
    the task to write a crisis plan?
    """
    earlier = row.seq < flag.seq and isinstance(row.fact, PutOnBoard | FlaggedAgain)
    with_it = (
        flag.seq < row.seq <= flag.seq + 2 and row.at == flag.at and isinstance(row.fact, Recategorised | ReviewSet)
    )
    task = row.at == flag.at and isinstance(row.fact, ActionAdded) and row.fact.task is not None
    return row.placement == flag.placement and (earlier or with_it or task)


async def _again(request: Request, typed: Typed[Flag], refusal: Refused | None = None) -> Response:
    row = await chosen(request, typed.values.get("client"))
    typed.values.setdefault("request_id", new_id())
    if row and not typed.values.get("category"):
        typed.values["category"] = row.category  # without a script it is preset here
    labels = {row.client.id: row.label} if row else {}
    if row and wants_json(request):
        log(request, [row.client], "read")  # a program is told what others did with them
    shown = {} if wants_json(request) else await _context(request, row)
    return not_saved(request, "flag/form.html", typed, refusal=refusal, labels=labels, **shown)


async def _context(request: Request, row: Row | None, found: Iterable[Row] = (), q: str = "") -> dict[str, Any]:
    """What the form shows around its fields; whom it shows stands in the access log."""
    settings, now = request.state.who.here.settings, request.app.state.clock()
    turns, (at_once, folded) = calendar.hours_turn(now, settings), await near(request)
    if row:
        log(request, [row.client], "read")
    return {
        "chosen": row,
        "known": await known_of(request, row.client) if row else None,
        "found": list(found),
        "q": q,
        "most": FOUND,
        "near": at_once,
        "more": folded,
        "duty": roster.on_duty(request.state.who.here, calendar.local_day(now, settings)),
        "nobody_here": out_of_hours(settings, now),
        "later": out_of_hours(settings, turns),  # so it is once a form that stays open reaches into the evening
        "turns": turns - now,
    }

"""How a change is answered: to a page, to a fragment and to a program, the same facts.

A change that was made: 303 to a page, for htmx a toast with undo, for a program JSON. One that was not: 422
beside the field, 409 with what somebody else did, and what was typed kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain.events import KINDS, AnnouncementWithdrawn, Recorded
from factboard.domain.people import Label
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Overtaken, Refused, Unknown
from factboard.domain.undo import RESTS_ON, WINDOW
from factboard.recorder import Receipt, new_id
from factboard.storage.codec import instant_to_text
from factboard.web.forms import LAST_SEQ, Typed
from factboard.web.pages import NOBODYS, page
from factboard.web.security import is_fragment, wants_json
from factboard.web.sentences import Teller
from factboard.web.sight import meanwhile_seen
from factboard.web.words import initial, words_for

STATUS = {Invalid: 422, Conflict: 409, Overtaken: 409, Unknown: 404, Forbidden: 403}
TOLD = "Factboard-Saved"  # the number of the fact, or "no": what a page may believe, as no other network says it
SAVED = '{"saved": {"target": "body"}}'  # parts of a page that show what was changed are fetched anew


def status_of(refusal: Refused) -> int:
    return next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 422)


def seq_in(request: Request) -> int:
    """The number of a fact in the address. Raises `Unknown` for one that no history reaches."""
    seq: int = request.path_params["seq"]
    if seq > LAST_SEQ:
        raise Unknown("unknown_page")
    return seq


def saved(request: Request, receipt: Receipt, then: str, label: Label | None = None) -> Response:
    """The change is committed: say so, about whom (`label`), with its number, and offer to undo it while one can."""
    if wants_json(request):
        return JSONResponse(as_json(receipt))
    if is_fragment(request):
        can_undo = bool(receipt.kinds) and undoable(receipt.kinds[0])
        labels = {receipt.client: label} if receipt.client and label else {}
        whom = initial(Teller(request.state.language, labels=labels).client(receipt.client)) if labels else ""
        request.app.state.access.saw(request.state.who, "card", labels)
        headers = {"HX-Trigger": SAVED, TOLD: str(receipt.seq)}
        return page(request, "toast.html", receipt=receipt, whom=whom, undoable=can_undo, headers=headers)
    return RedirectResponse(f"{then}?{urlencode({'saved': receipt.seq})}", 303)


def undoable(kind: str) -> bool:
    """Is this a kind that whoever did it may take back?"""
    return KINDS[kind] in RESTS_ON


def still_undoable(request: Request, fact: Recorded) -> bool:
    """May the reader take this back now? What rests on it is for the rule to see."""
    age: timedelta = request.app.state.clock() - fact.at
    return undoable(fact.fact.kind) and fact.actor == request.state.who.user and age <= WINDOW


def calls_off(later: Recorded, row: Recorded) -> bool:
    """Did `row` bring it with it, in its own transaction, that the planned return is called off?"""
    return isinstance(later.fact, AnnouncementWithdrawn) and later.at == row.at and later.seq > row.seq


def as_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "seq": receipt.seq,
        "at": instant_to_text(receipt.at),
        "client": receipt.client,
        "placement": receipt.placement,
        "kinds": list(receipt.kinds),
        "screens": receipt.screens,
        "repeated": receipt.repeated,
        "request_id": receipt.request_id,
    }


def refused_as_json(
    request: Request,
    status: int,
    said: Iterable[str],
    *,
    refusal: Refused | None = None,
    errors: Mapping[str, str] | None = None,
    labels: Mapping[str, Label] | None = None,
) -> JSONResponse:
    """Not saved, to a program: the keys for itself, and for its reader the sentences in `said`.

    `anyway`: sent again with `Factboard-Anyway: yes`, it is written all the same.
    """
    teller = Teller(request.state.language, request.state.who.team_state if request.state.who else None, labels or {})
    meanwhile = meanwhile_seen(request, refusal.meanwhile) if isinstance(refusal, Conflict) else ()
    problem = {
        "saved": False,
        "request_id": getattr(request.state, "request_id", None),
        "said": list(dict.fromkeys(said)),
        "errors": dict(errors or {}),
        "refused": refusal.key if refusal else None,
        "anyway": isinstance(refusal, Overtaken),
        "meanwhile": [_as_json(fact) | {"told": teller.tell(fact)} for fact in meanwhile],
    }
    return JSONResponse(problem, status)


def _as_json(fact: Recorded) -> dict[str, Any]:
    return {"seq": fact.seq, "at": instant_to_text(fact.at), "actor": fact.actor, "kind": fact.fact.kind}


def not_saved(
    request: Request,
    template: str,
    typed: Typed[Any],
    *,
    refusal: Refused | None = None,
    labels: Mapping[str, Label] | None = None,
    **context: Any,
) -> Response:
    """The form again, with what was typed, each mistake beside its field, and what others did meanwhile.

    `labels` name the clients in what happened meanwhile.
    """
    if isinstance(refusal, Invalid):
        typed.refuse(refusal)
        if refusal.field == "request_id":  # it was saved as it was then; what is typed now is another request
            typed.values["request_id"] = new_id()
        refusal = None
    status = status_of(refusal) if refusal else 422
    if wants_json(request):
        team = request.state.who.team_state
        words = words_for(team.settings if team else NOBODYS, request.state.language)
        said = [*([words.refusal(refusal, team)] if refusal else []), *words.errors(typed.errors).values()]
        keys = {field: key for field, (key, _) in typed.errors.items()}
        return refused_as_json(request, status, said, refusal=refusal, errors=keys, labels=labels)
    teller = Teller(request.state.language, request.state.who.team_state, labels or {})
    meanwhile = meanwhile_seen(request, refusal.meanwhile) if isinstance(refusal, Conflict) else ()
    told = [(fact.at, teller.tell(fact)) for fact in meanwhile]
    headers = {TOLD: "no"}
    return page(
        request, template, status=status, headers=headers, typed=typed, refusal=refusal, meanwhile=told, **context
    )


def next_try(typed: Typed[Any], conflict: Conflict) -> None:
    """Make the form's next try one on what this answer tells its reader, and on nothing that came in after it."""
    seen = conflict.meanwhile[-1].seq if conflict.meanwhile else typed.values.get("seen")
    typed.values |= {"seen": seen, "request_id": new_id()}


def blank(request: Request, template: str, values: Mapping[str, Any], **context: Any) -> Response:
    """The form before anything was sent; `values` are what stands in it already."""
    return page(request, template, typed=Typed[Any](dict(values)), refusal=None, meanwhile=(), **context)

"""How a change is answered: to a page, to a fragment and to a program, the same facts.

A change that was made: 303 to a page, for htmx a toast with undo, for a program JSON. One that was not: 422
beside the field, 409 with what somebody else did, and what was typed kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.domain.events import KINDS, Recorded
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Refused, Unknown
from factboard.domain.undo import RESTS_ON
from factboard.recorder import Receipt
from factboard.storage.codec import instant_to_text
from factboard.web.forms import Typed
from factboard.web.pages import page
from factboard.web.security import is_fragment, wants_json

STATUS = {Invalid: 422, Conflict: 409, Unknown: 404, Forbidden: 403}


def status_of(refusal: Refused) -> int:
    return STATUS.get(type(refusal), 422)


def saved(request: Request, receipt: Receipt, then: str, **query: object) -> Response:
    """The change is committed: say so, with its number, and offer to undo it while that can be done."""
    if wants_json(request):
        return JSONResponse(as_json(receipt))
    if is_fragment(request):
        return page(
            request,
            "toast.html",
            receipt=receipt,
            undoable=undoable(receipt),
            headers={"HX-Trigger": "saved"},
        )
    extra = urlencode({"saved": receipt.seq, **query})
    return RedirectResponse(f"{then}{'&' if '?' in then else '?'}{extra}", 303)


def undoable(receipt: Receipt) -> bool:
    """May whoever made this change take it back for a minute?"""
    return bool(receipt.kinds) and KINDS[receipt.kinds[0]] in RESTS_ON and len(receipt.kinds) == 1


def as_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "seq": receipt.seq,
        "at": instant_to_text(receipt.at),
        "client": receipt.client,
        "placement": receipt.placement,
        "kinds": list(receipt.kinds),
        "screens": receipt.screens,
        "repeated": receipt.repeated,
    }


def not_saved(
    request: Request,
    template: str,
    typed: Typed[Any],
    *,
    refusal: Refused | None = None,
    meanwhile: Sequence[Recorded] = (),
    **context: object,
) -> Response:
    """The form again, with what was typed, each mistake beside its field, and what happened meanwhile."""
    if isinstance(refusal, Invalid):
        typed.refuse(refusal)
    status = status_of(refusal) if refusal else 422
    if wants_json(request):
        problem: dict[str, object] = {"saved": False, "errors": {f: key for f, (key, _) in typed.errors.items()}}
        if refusal and not isinstance(refusal, Invalid):
            problem["refused"] = refusal.key
        return JSONResponse(problem, status)
    return page(
        request,
        template,
        status=status,
        typed=typed,
        refusal=None if isinstance(refusal, Invalid) else refusal,
        meanwhile=meanwhile or getattr(refusal, "meanwhile", ()),
        **context,
    )

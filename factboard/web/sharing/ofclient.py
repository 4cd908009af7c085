"""A client's consents and locks: what stands, to give and to take back, to lock and to lift; and the form on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, consent
from factboard.domain.consent import PARTS
from factboard.domain.events import Agreed, LockedFor, Part
from factboard.domain.people import Right, may
from factboard.domain.refusal import Refused
from factboard.domain.state import Client
from factboard.domain.text import folded
from factboard.recorder import Rule, new_id
from factboard.web.answers import not_saved, saved
from factboard.web.forms import Day, Form, RequestId, Typed, read
from factboard.web.labels import label_of, this_client
from factboard.web.pages import page
from factboard.web.words import initial, words_for

PAGE = "sharing/client.html"


class Change(Form):
    request_id: RequestId | None = None


class Giving(Change):
    employer: str = ""
    parts: tuple[str, ...] = ()
    agreed: Agreed = Agreed.SPOKEN
    until: Day | None = None
    note: str = ""


class Revoking(Change):
    employer: str
    note: str = ""


class Placing(Change):
    locked: tuple[str, ...] = ()
    locked_for: LockedFor = LockedFor.ALL_BUT
    named: tuple[str, ...] = ()
    why: str = ""


class Lifting(Change):
    reason: str = ""


F = TypeVar("F", bound=Change)


async def page_of_consent(request: Request) -> Response:
    """What the client has agreed to and had locked, and the forms for more."""
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "consent", [client.id])
    context = await _context(request, client)
    return page(request, PAGE, typed=Typed[Change](_fresh(request, client)), refusal=None, meanwhile=(), **context)


async def paper(request: Request) -> Response:
    """The form for the client to sign: for one employer, with what they may choose."""
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "consent", [client.id], action="export", detail="paper")
    return page(request, "sharing/paper.html", **await _context(request, client))


async def give(request: Request) -> Response:
    return await _change(
        request, await read(request, Giving), consent.give, ("employer", "parts", "agreed", "until", "note")
    )


async def revoke(request: Request) -> Response:
    return await _change(request, await read(request, Revoking), consent.revoke, ("employer", "note"))


async def place(request: Request) -> Response:
    typed = await read(request, Placing)
    given = {"parts": "locked", "locked_for": "locked_for", "named": "named", "note": "why"}
    return await _change(request, typed, consent.place, given)


async def lift(request: Request) -> Response:
    lock = request.path_params["lock"]
    return await _change(request, await read(request, Lifting), consent.lift, ("reason",), lock=lock)


async def _change(
    request: Request, typed: Typed[F], rule: Rule, given: Sequence[str] | dict[str, str], **more: Any
) -> Response:
    """`given` are what the rule is given of the form, by its own names for them."""
    client, who, refusal = await this_client(request), request.state.who, None
    named = given if isinstance(given, dict) else {name: name for name in given}
    if typed.form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                rule,
                client=client.id,
                request_id=typed.form.request_id,
                **{name: getattr(typed.form, field) for name, field in named.items()},
                **more,
            )
            return saved(request, receipt, f"/clients/{client.id}/consent", await label_of(request, client))
        except Refused as refused:
            refusal = refused
            if refusal.field in named:
                refusal.field = named[refusal.field]
            client = await this_client(request)
    typed.values = _fresh(request, client) | typed.values | {"request_id": new_id()}
    request.app.state.access.saw(who, "consent", [client.id])
    return not_saved(request, PAGE, typed, refusal=refusal, **await _context(request, client))


def _fresh(request: Request, client: Client) -> dict[str, Any]:
    """What stands in the forms at first: in a lock, those who have the client in their care; in a consent, where there
    is one other employer, what was agreed with it, so that whoever adds a part takes away none.
    """
    details, own = client.details, request.state.who.user
    near = dict.fromkeys(user for user in (details.case_manager, details.substitute, own) if user)
    others = consent.employers(request.state.who.here)
    only = others[0] if len(others) == 1 else ""
    stands = client.shared.consents.get(folded(only))
    return {
        "request_id": new_id(),
        "employer": only,
        "parts": list(stands.parts) if stands else [Part.IDENTITY.value, Part.BOARD.value],
        "until": stands.until.isoformat() if stands and stands.until else "",
        "agreed": Agreed.SPOKEN.value,
        "locked_for": LockedFor.ALL_BUT.value,
        "named": list(near),
    }


async def _context(request: Request, client: Client) -> dict[str, Any]:
    here, words = request.state.who.here, words_for(request.state.who.here.settings, request.state.language)
    label = await label_of(request, client)
    members = sorted(
        (one for one in here.members.values() if not one.left and may(one.role, Right.CARE)), key=lambda one: one.name
    )
    today = calendar.local_day(request.app.state.clock(), here.settings)
    return {
        "client": client,
        "label": label,
        "labels": {client.id: label},
        "employers": consent.employers(here),
        "offered": [(name, name) for name in consent.employers(here)],
        "in_force": {
            one.employer for one in client.shared.consents.values() if consent.in_force(client, one.employer, today)
        },
        "parts": [(part, initial(words.part(part))) for part in PARTS],
        "ways": [(one.value, initial(words.term(one))) for one in Agreed],
        "whom_for": [(one.value, initial(words.term(one))) for one in LockedFor],
        "people": sorted(((one.user, f"{one.name} ({one.employer})") for one in members), key=lambda one: one[1]),
        "saved": request.query_params.get("saved"),
    }

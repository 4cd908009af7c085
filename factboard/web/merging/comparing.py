"""Both records side by side, and the merging of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, merging
from factboard.domain.events import Details
from factboard.domain.refusal import Conflict, Refused, Unknown
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.web.answers import blank, next_try, not_saved, saved
from factboard.web.forms import Form, RequestId, Seq, Ticked, read
from factboard.web.labels import client_of, label_of, this_client

BY_HAND = tuple(name for name in merging.FIELDS if name not in (*merging.WORDS, "protected"))  # one of two is chosen


class MergeForm(Form):
    """`seen` and `looked` are the newest facts of both, as they were compared; `take` what is right in the other."""

    seen: Seq
    looked: Seq
    request_id: RequestId | None = None
    reason: str = ""
    take: list[str] = []  # noqa: RUF012  (pydantic copies it)
    same: Ticked = False


@dataclass(frozen=True, slots=True)
class Row:
    """A detail in both records; `differs`: both say something, and not the same."""

    name: str
    here: Any
    there: Any

    @property
    def differs(self) -> bool:
        return bool(self.here and self.there and self.here != self.there)


async def compare(request: Request) -> Response:
    client, other = await _both(request)
    values = {"seen": client.seq, "looked": other.seq, "request_id": new_id(), "take": []}
    return blank(request, "merging/compare.html", values, **await _context(request, client, other))


async def merge(request: Request) -> Response:
    """The other record goes on in the client's."""
    client, other = await this_client(request), await _the_other(request)
    who, typed, refusal = request.state.who, await read(request, MergeForm), None
    if form := typed.form:
        try:
            receipt = await request.app.state.recorder.change(
                who.team,
                who.user,
                merging.merge,
                client=client.id,
                beside=other,
                request_id=form.request_id,
                seen=form.seen,
                looked=form.looked,
                reason=form.reason,
                take=sorted({*form.take} & {*BY_HAND}),
                same=form.same,
            )
            return saved(request, receipt, f"/clients/{client.id}")
        except Refused as refused:
            refusal = refused
    client, theirs = await _both(request)
    if isinstance(refusal, Conflict):
        next_try(typed, refusal)
        typed.values |= {"seen": client.seq, "looked": theirs.seq}
    return not_saved(request, "merging/compare.html", typed, refusal=refusal, **await _context(request, client, theirs))


async def _the_other(request: Request) -> str:
    """The id of the other record. One that goes on in the client's by now is named as the address names it: then this
    very request may be what has merged them.
    """
    client, other = await this_client(request), await client_of(request, request.path_params["other"])
    if other is None:
        raise Unknown("unknown_client")
    return other.id if other.id != client.id else str(request.path_params["other"])


async def _both(request: Request) -> tuple[Client, Client]:
    """Raises `Unknown` also where both are the same record."""
    client, other = await this_client(request), await client_of(request, request.path_params["other"])
    if other is None or other.id == client.id:
        raise Unknown("unknown_client")
    return client, other


async def _context(request: Request, client: Client, other: Client) -> dict[str, Any]:
    action = "revealed" if client.details.protected or other.details.protected else "read"
    request.app.state.access.saw(request.state.who, "merge", [client.id, other.id], action=action)
    rows = [Row(name, getattr(client.details, name), getattr(other.details, name)) for name in Details.__slots__]
    label = await label_of(request, client)
    return {
        "client": client,
        "label": label,
        "other": other,
        "theirs": await label_of(request, other),
        "labels": {client.id: label},
        "rows": [row for row in rows if row.here or row.there],
        "by_hand": BY_HAND,
        "hindered": merging.hindered(client, other),
        "today": calendar.local_day(request.app.state.clock(), request.state.who.here.settings),
    }

"""One fact opened: what it says, what it changed, on what it rests, when, and its place in the chain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import changes, in_chain, masking
from factboard.domain import events as e
from factboard.domain.chain import Row
from factboard.domain.checkpoint import Checkpoint
from factboard.domain.consent import EVERYTHING
from factboard.domain.people import SYSTEM
from factboard.domain.refusal import Unknown
from factboard.domain.state import Client
from factboard.signing import fingerprint, signed
from factboard.storage import accounts, checkpoints, history, past, projections
from factboard.storage.codec import instant_from_text, recorded
from factboard.storage.verifying import leads_to
from factboard.web.answers import seq_in
from factboard.web.labels import labels_for
from factboard.web.language import N_
from factboard.web.pages import page
from factboard.web.sentences import Teller, clients_in
from factboard.web.sight import eyes, require
from factboard.web.story.naming import Namer, Side

FARTHEST = 5_000  # facts from one to its checkpoint that are verified while somebody waits; a day has some hundreds
WHEN = {  # what a fact says of its own times, in the order in which they come
    "happened_at": N_("It happened"),
    "due": N_("It was due"),
    "made": N_("It was written on a phone without a connection"),
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what a fact rests; a number of 0 or None says nothing."""

    ratings: tuple[e.Evidence, ...] = ()
    contacts: tuple[int, ...] = ()
    lost: tuple[e.Need, ...] = ()
    rule: int = 0
    policy: int = 0
    software: str = ""
    cause: int | None = None

    @property
    def says_something(self) -> bool:
        return self != Grounds()


@dataclass(frozen=True, slots=True)
class Signed:
    """The first checkpoint that holds the fact: is its signature right, and do the facts in between lead to it?

    `leads` None: they are too many to look at meanwhile. `ours`: signed with the key of this service.
    """

    checkpoint: Checkpoint
    at: datetime
    key: str
    signature: bool
    leads: bool | None
    ours: bool


async def of_fact(request: Request) -> Response:
    who, seq = request.state.who, seq_in(request)
    async with request.app.state.store.reading() as connection:
        row = await history.row(connection, who.team, seq)
        if row is None:
            raise Unknown("unknown_fact")
        before = await history.row(connection, who.team, seq - 1)
        after = await history.row(connection, who.team, seq + 1)
        clients = await projections.clients(connection, who.team, clients_in([row]))
        if row.client and (whose := await projections.person(connection, who.team, row.client)):
            require(request, whose, *EVERYTHING)
        clients = eyes(request).of(clients)
        labels = await labels_for(who, connection, clients)
        names = await accounts.names(connection, {row.actor} - who.here.members.keys())
        teller = Teller(request.state.language, who.here, labels, names)
        client = next((one for one in clients if one.id == row.client), None)
        hides = who.masked or not teller.names_client(row.client)
        sides = await _sides(connection, row, Namer(teller, instant_from_text(row.at), hides)) if row.payload else []
        undone = await history.undoing(connection, who.team, row)
        chained = await _signed(request, connection, row)
    request.app.state.access.saw(who, "fact", clients_in([row]))
    fact = recorded(row).fact if row.payload is not None else None
    return page(
        request,
        "story/fact.html",
        row=row,
        at=instant_from_text(row.at),
        sentence=teller.tell_row(row),
        fact=fact,
        client=client,
        name=teller.client(row.client),
        label=labels.get(row.client or ""),
        teller=teller,
        by_itself=row.actor == SYSTEM,
        times=[(label, getattr(fact, name)) for name, label in WHEN.items() if _instant(fact, name)],
        sides=sides,
        grounds=_grounds(fact),
        undone=undone,
        place=in_chain.place(row, before, after),
        following=after,
        chained=chained,
        payload=_payload(row, hides),
        masked=who.masked,
        hides=hides,
    )


def _instant(fact: e.Fact | None, name: str) -> bool:
    return isinstance(getattr(fact, name, None), datetime)


async def _sides(connection: AsyncConnection, row: Row, namer: Namer) -> list[Side]:
    """What is otherwise since this fact."""
    if row.client:
        was: Client | None = await past.client_then(connection, row.team, row.client, row.seq - 1)
        now = await past.client_then(connection, row.team, row.client, row.seq)
        return namer.sides(changes.of_client(was, now), of_team=False)
    one = await past.team_then(connection, row.team, row.seq - 1)
    other = await past.team_then(connection, row.team, row.seq)
    return namer.sides(changes.of_team(one, other), of_team=True)


def _grounds(fact: e.Fact | None) -> Grounds:
    """What the fact says of it, wherever it says it: in `grounds`, in `versions`, or in fields of its own."""
    found: dict[str, Any] = {}
    for thing in (fact, getattr(fact, "versions", None), getattr(fact, "grounds", None)):
        found |= {name: value for name in Grounds.__slots__ if (value := getattr(thing, name, None)) is not None}
    return Grounds(**found)


async def _signed(request: Request, connection: AsyncConnection, row: Row) -> Signed | None:
    one = await checkpoints.covering(connection, row.team, row.seq)
    if one is None:
        return None
    near = one.seq - row.seq <= FARTHEST
    leads = await leads_to(connection, row.team, (row.seq, row.hash), one) if near else None
    own = request.app.state.checkpoints
    return Signed(
        one,
        instant_from_text(one.at),
        fingerprint(one.key),
        signed(one.key, one.text, one.signature),
        leads,
        own.ours(one),
    )


def _payload(row: Row, hides: bool) -> str:
    """What is stored, for whoever wants to see it as it is."""
    if row.payload is None:
        return ""
    stored = json.loads(row.payload)
    return json.dumps(masking.masked(stored) if hides else stored, ensure_ascii=False, indent=2)

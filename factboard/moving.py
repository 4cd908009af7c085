"""A client's move to another team, carried out: both teams' facts in one transaction, each naming the other's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from factboard.domain import events as e
from factboard.domain import moving as rule
from factboard.domain.events.contents import Kind
from factboard.domain.refusal import Conflict, Unknown
from factboard.domain.state import Client, Offer, Team
from factboard.recorder import Desk, Receipt, Recorder, answered, remember
from factboard.storage import documents, projections
from factboard.storage.engine import Store


@dataclass(frozen=True, slots=True)
class Offered:
    """What a team is asked: the sending team, and the client as it has them. `client` None: it is asked no more."""

    offer: Offer
    team: Team
    client: Client | None
    kinds: tuple[Kind, ...] = ()  # what is written about them


async def ask(recorder: Recorder, team: str, actor: str, client: str, to: str, **what: Any) -> Receipt:
    """Ask the team `to`. `what`: the note, what history is given, `seen`, and the request's id."""
    async with recorder.both(team, to, actor) as (here, there):
        other, request_id = await there.state(), what.pop("request_id", None)
        asked = what | {"to": to}
        if known := await answered(here, request_id, rule.ask, client, asked):
            return known
        move, name = recorder.ids(), other.settings.name
        receipt = await here.decide(rule.ask, client=client, move=move, team=to, name=name, **what)
        linked: dict[str, Any] = {"seq": receipt.seq, "hash": await here.hash_of(receipt.seq)}
        own = (await here.state()).settings.name
        await there.decide(rule.offered, move=move, team=team, name=own, theirs=receipt.client, **linked)
        await remember(here, request_id, rule.ask, client, asked, receipt)
    return replace(receipt, screens=here.screens, request_id=request_id)


async def withdraw(
    recorder: Recorder, team: str, actor: str, client: str, reason: str, request_id: str | None = None
) -> Receipt:
    """The sending team asks no more. Raises `Conflict` where nothing is asked."""
    said: dict[str, Any] = {"reason": reason}
    if before := await recorder.answered(team, actor, request_id, rule.withdraw, client=client, **said):
        return before
    async with recorder.store.reading() as connection:
        known = await projections.person(connection, team, client)
    if known is None or known.moves.asked is None:
        raise Conflict("move_is_over")
    asked = known.moves.asked
    async with recorder.both(team, asked.team, actor) as (here, there):
        receipt = await here.decide(rule.withdraw, client=client, reason=reason)
        await there.decide(rule.over, move=asked.move)
        await remember(here, request_id, rule.withdraw, client, said, receipt)
    return receipt


async def decline(
    recorder: Recorder, team: str, actor: str, move: str, reason: str, request_id: str | None = None
) -> Receipt:
    """The receiving team says no."""
    said: dict[str, Any] = {"move": move, "reason": reason}
    if before := await recorder.answered(team, actor, request_id, rule.decline, **said):
        return before
    known = await offered(recorder.store, team, move)
    async with recorder.both(team, known.offer.team, actor) as (here, there):
        name = (await here.state()).settings.name
        if known.client:
            await there.decide(rule.decline, client=known.client.id, team=team, name=name, **said)
        receipt = await here.decide(rule.over, move=move, declined=True)
        await remember(here, request_id, rule.decline, None, said, receipt)
    return receipt


async def accept(
    recorder: Recorder, team: str, actor: str, move: str, *, into: str | None = None, **what: Any
) -> Receipt:
    """The receiving team takes the client over, into its own record `into`, or as a new client."""
    request_id = what.pop("request_id", None)
    asked = what | {"move": move}
    if before := await recorder.answered(team, actor, request_id, rule.accept, client=into, **asked):
        return before
    known = await offered(recorder.store, team, move)
    async with recorder.both(team, known.offer.team, actor) as (here, there):
        if before := await answered(here, request_id, rule.accept, into, asked):
            return before
        theirs = await there.person(known.offer.theirs)
        if theirs is None or theirs.moves.asked is None or theirs.moves.asked.move != move:
            raise Conflict("move_is_over")
        elsewhere = rule.Elsewhere(theirs, await _written(there, theirs), _names(await there.state()))
        receipt = await here.decide(rule.accept, client=into, move=move, elsewhere=elsewhere, **what)
        seq = receipt.seq + receipt.kinds.index(e.MovedHere.kind)
        gone: dict[str, Any] = {"move": move, "team": team, "name": (await here.state()).settings.name}
        gone |= {"theirs": receipt.client, "seq": seq, "hash": await here.hash_of(seq)}
        await there.decide(rule.gone, client=theirs.id, **gone)
        await remember(here, request_id, rule.accept, into, asked, receipt)
    return replace(receipt, screens=here.screens, request_id=request_id)


async def offered(store: Store, team: str, move: str) -> Offered:
    """What the team is asked by this move. Raises `Unknown` for none of its own."""
    async with store.reading() as connection:
        here = await projections.team(connection, team)
        offer = here.offers.get(move) if here else None
        there = await projections.team(connection, offer.team) if offer else None
        if offer is None or there is None:
            raise Unknown("unknown_move")
        client = await projections.person(connection, offer.team, offer.theirs)
        if client is None or client.moves.asked is None or client.moves.asked.move != move:
            return Offered(offer, there, None)
        written = await documents.of_client(connection, offer.team, client.id)
    return Offered(offer, there, client, tuple(dict.fromkeys(one.kind for one in written)))


async def _written(desk: Desk, client: Client) -> list[Any]:
    return await documents.of_client(desk.connection, desk.team, client.id)


def _names(team: Team) -> dict[str, str]:
    return {member.user: member.name for member in team.members.values()}

"""A client asked for, and taken over, as tests make it."""

from __future__ import annotations

from typing import Any

from factboard import moving
from factboard.domain import enrolment
from factboard.domain.events import Details, Given, HandoverNote
from factboard.recorder import Receipt, Recorder
from factboard.storage import projections

NOTE = HandoverNote("Öppnar inte för okända", "Ring apoteket", "Besök varje tisdag", "Vill byta team, sa det den 20")


async def somebody(recorder: Recorder, team: str, actor: str, **known: Any) -> str:
    """A new client of the team."""
    details = Details(**({"surname": "Flyttberg", "first_name": "Maj"} | known))
    receipt = await recorder.change(team, actor, enrolment.enrol, details=details)
    assert receipt.client
    return receipt.client


async def asked(
    recorder: Recorder, team: str, actor: str, client: str, to: str, history: Given = Given.ALL, **more: Any
) -> str:
    """The move by which `to` is asked."""
    await moving.ask(recorder, team, actor, client, to, note=NOTE, history=history, **more)
    async with recorder.store.reading() as connection:
        known = await projections.client(connection, team, client)
    assert known
    assert known.moves.asked
    return known.moves.asked.move


async def taken_over(recorder: Recorder, team: str, actor: str, client: str, to: str, by: str, **what: Any) -> Receipt:
    """Asked and taken over: the client of this team is `to`'s, by `by`."""
    move = await asked(recorder, team, actor, client, to)
    return await moving.accept(recorder, to, by, move, **what)

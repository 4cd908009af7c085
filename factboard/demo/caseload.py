"""Models of case management in the demo, and planned contacts that are thinned out and stepped up as people go.

It draws from chance of its own, so that nothing else of the demo is moved by it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from random import Random

from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.domain import caseload, planned_care
from factboard.domain.state import Client

SHARES = {"act": 0.05, "strengths": 0.06, "personligt_ombud": 0.015}  # of the caseload; all others are met by F-ACT
THINNED, STEPPED = {14: 21, 21: 28, 28: 42, 7: 14}, {42: 28, 28: 14, 21: 14, 14: 7}  # days between contacts
A_DAY = 0.004  # of those in planned care whose pace is changed
FARTHER = 0.55  # of the changes thin out


async def begin(day: Day, lead: str) -> None:
    """The team says by which models it works, and by which of them some are met."""
    chance = Random(f"{day.seed} {day.team.id} models")
    for code in SHARES:
        await day.do(lead, caseload.set_model, model=replace(caseload.STANDARD[code], used=True))
    for id in day.clients:
        if own := next((code for code, share in SHARES.items() if chance.random() < share), None):
            await day.do(lead, caseload.set_client_model, id, model=own)


def fill(day: Day, clients: list[Client]) -> None:
    """Whose contacts are thinned out or stepped up today."""
    chance = Random(f"{day.seed} {day.team.id} {day.day} pace")
    for client in clients:
        if client.stay is None and chance.random() < A_DAY:
            at = day.instant(day.team.settings.day_begins)
            day.put(at.replace(hour=chance.randint(8, 14)), partial(_change, day, client.id, chance))


async def _change(day: Day, id: str, chance: Random) -> None:
    client = await day.state(id)
    short = planned_care.in_short(planned_care.next_contact(client, day.team.settings)) if client else None
    if client is None or short is None or client.stay or short.who not in day.here():
        return
    thinner = chance.random() < FARTHER
    every = (THINNED if thinner else STEPPED).get(short.every_days)
    if every:
        reason = pick(chance, "pace", "thinned" if thinner else "stepped")
        await day.do(short.who, caseload.change_pace, id, every_days=every, reason=reason)

"""Clients on their way back to planned care, brought there by the recorder, for the pages that show them.

Two categories whose policy is soon met, two ratings on two days and nothing else: in `easy` the meeting announces by
itself, in `asked` a named person does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from factboard.domain import events as e
from factboard.domain import meeting, placement, team
from factboard.domain.state import Client, Team
from factboard.storage import projections
from tests.conftest import Clock
from tests.service import OWN, Service

SOON = e.Policy(stable_ratings=2, raters=1, stable_days=1, blockers=())
EASY = e.Category("easy", "Lätt", "blue", "circle", 9, 60, False, 0, 90, SOON)
ASKED = replace(EASY, code="asked", name="Frågad", policy=replace(SOON, mode=e.Mode.CONFIRM))


async def categories(service: Service) -> None:
    for one in (EASY, ASKED):
        await service.recorder.change(OWN, "command_line", team.set_category, category=one)


async def ready(service: Service, clock: Clock, *names: str, category: str = "easy") -> list[str]:
    """These are on the board, taken, and rated on each of the last two days: their policy is met."""
    await categories(service)
    now, ids = clock.now, [service.clients[name] for name in names]
    clock.now = now - timedelta(days=3)
    for name, id in zip(names, ids, strict=True):
        await service.put_on(name, category=category)
        await service.recorder.change(OWN, "lars", placement.take, client=id)
    for days in (2, 1):
        clock.now = now - timedelta(days=days)
        await rated(service, *ids)
    clock.now = now
    return ids


async def rated(service: Service, *ids: str, rating: e.Rating = e.Rating.USUAL) -> None:
    for id in ids:
        await service.recorder.change(OWN, "anna", placement.rate, client=id, rating=rating, basis=e.Basis.SEEN)


async def meets(service: Service, present: Sequence[str] = ("anna", "lars"), **closing: Any) -> str:
    """A meeting led by anna that thinks of everybody, now: its id."""
    id = await begun(service, present)
    while (focus := (await the_meeting(service, id)).focus) is not None:
        await service.recorder.change(OWN, "anna", meeting.no_change, of_meeting=id, with_all=True, of=focus)
    how: dict[str, Any] = {"of_meeting": id, "with_all": True}
    await service.recorder.change(OWN, "anna", meeting.close, **(how | {"reason": "Ingen har tid"} | closing))
    return id


async def begun(service: Service, present: Sequence[str] = ("anna", "lars")) -> str:
    await service.recorder.change(OWN, "anna", meeting.open_meeting, with_all=True, present=present)
    return (await the_team(service)).meeting or ""


async def discussed(service: Service, id: str, *clients: str) -> None:
    """The meeting has gone through these, and nothing changes."""
    how: dict[str, Any] = {"of_meeting": id, "with_all": True}
    for client in clients:
        await service.recorder.change(OWN, "anna", meeting.move_focus, to=client, **how)
        await service.recorder.change(OWN, "anna", meeting.no_change, of=client, **how)


async def announced(service: Service, clock: Clock, *names: str) -> list[str]:
    """Announced by a meeting of yesterday; the clock is where it was, or, from a Monday, a day later."""
    morning = clock.now
    clock.now -= timedelta(days=1)
    ids = await ready(service, clock, *names)
    await meets(service)
    clock.now = morning
    return ids


async def the_team(service: Service) -> Team:
    async with service.app.state.store.reading() as connection:
        found = await projections.team(connection, OWN)
    assert found
    return found


async def the_meeting(service: Service, id: str) -> Any:
    async with service.app.state.store.reading() as connection:
        return await projections.meeting(connection, OWN, id)


async def the_client(service: Service, id: str) -> Client:
    async with service.app.state.store.reading() as connection:
        found = await projections.client(connection, OWN, id)
    assert found
    return found

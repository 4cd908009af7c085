"""Region and municipality at one board: most clients of the demo have agreed to what the municipality's staff see."""

from __future__ import annotations

from factboard.demo.day import Day
from factboard.demo.staff import MUNICIPALITY, REGION
from factboard.domain import consent
from factboard.domain import events as e
from factboard.domain.consent import PARTS

NOT_ASKED_YET = 25  # one in so many
LITTLE = (e.Part.IDENTITY, e.Part.BOARD)  # what one in eight shows; the others show all


async def begin(day: Day, lead: str) -> None:
    """Whose records these are, and what each has agreed to when the board began here."""
    await day.desk.decide(consent.set_sharing, actor=lead, employer=REGION, sharing=e.Sharing.EMERGENCY)
    for place, id in enumerate(day.clients, start=1):
        await ask(day, id, lead, place)


async def ask(day: Day, id: str, lead: str, place: int) -> None:
    """What this one has agreed to, by their place among all whom the team has known."""
    if not (await day.desk.state()).employer or place % NOT_ASKED_YET == 0:
        return  # a demo that began before there was consent has none
    parts = LITTLE if place % 8 == 0 else PARTS
    agreed = e.Agreed.WRITTEN if place % 3 else e.Agreed.SPOKEN
    await day.desk.decide(
        consent.give, client=id, actor=lead, employer=MUNICIPALITY, parts=tuple(map(str, parts)), agreed=agreed
    )

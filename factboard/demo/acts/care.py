"""What goes on beside the board: the crisis plan, an enrolment that ends, a notice read."""

from __future__ import annotations

from factboard.demo.day import Day
from factboard.demo.phrases import bank, pick
from factboard.domain import enrolment, placement
from factboard.domain import events as e
from factboard.domain.notices import Notice


async def review_crisis_plan(day: Day, client: str) -> None:
    known = await day.state(client)
    who = day.who(known, 0.8) if known else None
    if who is None:
        return
    together = day.share(0.85)
    note = pick(day.chance, "crisis_plans", "notes" if together else "declined")
    await day.do(who, placement.review_crisis_plan, client, with_client=together, note=note)


async def end(day: Day, client: str) -> None:
    """Moved, completed, or another team's from now on."""
    known = await day.state(client)
    who = day.who(known, 0.9) if known else None
    if known is None or known.stay or who is None:
        return
    reason = day.chance.choice((e.EndReason.MOVED, e.EndReason.COMPLETED, e.EndReason.OTHER_TEAM))
    note = bank()["enrolment_ends"][reason.value]
    await day.do(who, enrolment.end_enrolment, client, reason=reason, note=note)


async def read(day: Day, notice: Notice) -> None:
    if await day.desk.client(notice.client):
        await day.do(notice.user, placement.read_notice, notice.client, notice=notice.seq)

"""What is to be done for somebody on the board, and what is done."""

from __future__ import annotations

from factboard.demo.acts.anchoring import plan
from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.domain import placement


async def add_action(day: Day, client: str, by: str, *, sure: bool = False) -> None:
    """Something is to be done; `sure`: by somebody, by a day, whatever else there is to do."""
    known = await day.state(client)
    owner = day.who(known, 0.4) if known else None
    if known is None or known.stay is None:
        return
    texts = {action.text for action in known.stay.actions}
    text = pick(day.chance, "actions", "texts")
    if text in texts and not sure:
        return
    due = day.working_day(day.chance.randint(1, 6)) if sure or day.share(0.7) else None
    urgent = not sure and day.share(0.12)
    await plan(day, by, placement.add_action, client, text=text, owner=owner, due=due, urgent=urgent)


async def tick(day: Day, client: str, action: str) -> None:
    known = await day.state(client)
    one = next((a for a in known.stay.actions if a.id == action), None) if known and known.stay else None
    if known is None or one is None or one.done_by:
        return
    who = one.owner if one.owner and day.can_go(one.owner) else day.who(known)
    if who:
        await day.do(who, placement.tick_action, client, action=action)

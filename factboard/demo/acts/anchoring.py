"""The case manager in the middle: what is planned for another's client, with a word of it, and what they answer.

Only of the last weeks before playing stops: so much of it is enough to see how it is.
"""

from __future__ import annotations

from datetime import time, timedelta
from random import Random
from typing import Any

from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.domain import anchoring, placement
from factboard.domain.events import Anchored, Answer
from factboard.domain.state import Anchoring
from factboard.recorder import Receipt, Rule

RECENT = timedelta(days=10)
SAID = {Anchored.YES: 13, Anchored.ASKED: 5, Anchored.URGENT: 2}
ANSWERS = {Answer.AGREES: 16, Answer.OBJECTS: 2, Answer.TALK: 2}


async def plan(day: Day, by: str, rule: Rule, client: str, /, **what: Any) -> Receipt:
    """Something is planned, by whoever it is."""
    if day.until - day.hands.now > RECENT:
        return await day.do(by, rule, client, **what)
    said = _own(day, client).choices(list(SAID), list(SAID.values()))[0]
    return await day.do(by, anchoring.asking(rule), client, anchored=said, **what)


async def ask(day: Day, manager: str) -> None:
    """A colleague plans something for one of this case manager's clients on the board, and asks."""
    known = [await day.state(id) for id in day.clients]
    theirs = [one for one in known if one and one.stay and one.details.case_manager == manager]
    others = [user for user in day.here() if user != manager]
    if theirs and others:
        own = _own(day, manager)
        client, by = own.choice(theirs), own.choice(others)
        text = pick(own, "actions", "texts")
        rule = anchoring.asking(placement.add_action)
        await day.do(by, rule, client.id, anchored=Anchored.ASKED, text=text, owner=by, due=day.working_day(2))


async def answer(day: Day, client: str, of: Anchoring, by: str) -> None:
    """The case manager says what they think of it, where it still waits."""
    known = await day.state(client)
    now = next((one for one in known.anchorings if one.seq == of.seq), None) if known else None
    if known is None or now is None or not now.waits or not anchoring.answers(known, by):
        return
    own = _own(day, client)
    said = own.choices(list(ANSWERS), list(ANSWERS.values()))[0] if now.answer is None else Answer.AGREES
    what: dict[str, Any] = {"note": "" if said is Answer.AGREES else pick(own, "anchoring", said.value)}
    if said is Answer.TALK:
        what |= {"talk_day": day.working_day(1), "talk_at": time(own.choice((9, 13, 15)), 15)}
    await day.do(by, anchoring.answer, client, of=now.seq, answer=said, **what)


def _own(day: Day, client: str) -> Random:
    """Chance of its own: that a team asks its case managers moves nothing else of its days."""
    return Random(f"{day.seed} {client} {day.hands.now} anchoring")

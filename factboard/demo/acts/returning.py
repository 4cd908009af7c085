"""The way back to planned care, as people have a part in it: told, kept on, back up again; seldom by hand."""

from __future__ import annotations

from datetime import timedelta

from factboard.demo.acts.board import somebody_takes
from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.demo.staff import VISITORS
from factboard.domain import back_up, placement, signs, stepdown
from factboard.domain import events as e
from factboard.domain.state import Client

KEPT_FOR = (3, 5, 7, 7, 10)  # days
TOLD = ((e.Informed.YES, 12), (e.Informed.NOT_POSSIBLE, 1))
AT_CLOSING = ((e.Informed.NO, 9), (e.Informed.YES, 9), (e.Informed.NOT_POSSIBLE, 2))


def told(day: Day, often: tuple[tuple[e.Informed, int], ...] = AT_CLOSING) -> stepdown.Told:
    """Was the client told, and what did they say?"""
    informed = day.chance.choices([one for one, _ in often], [share for _, share in often])[0]
    view = pick(day.chance, "returning", "views") if informed is e.Informed.YES and day.share(0.7) else ""
    return stepdown.Told(informed, view)


def keeping(day: Day, why: str = "kept") -> stepdown.Keeping:
    """Why somebody is kept on, and for how long."""
    until = day.day + timedelta(days=day.chance.choice(KEPT_FOR))
    return stepdown.Keeping(pick(day.chance, "returning", why), until)


async def tell(day: Day, client: str) -> None:
    """Somebody speaks with the client about the return that is planned."""
    known = await _announced(day, client)
    if known is None or client in day.touched or said_by_a_visitor(known):
        return
    staff = [user for user in day.here() if user not in VISITORS]
    manager = known.details.case_manager
    who = manager if manager in staff and day.share(0.7) else day.chance.choice(staff) if staff else None
    if who:
        said = told(day, TOLD)
        await day.do(who, stepdown.tell, client, informed=said.informed, view=said.view)


def said_by_a_visitor(client: Client) -> bool:
    """Has somebody who tries the demo written down what the client was told? The staff never say so in their names."""
    announced = client.stay.announced if client.stay else None
    if announced is None or announced.informed is e.Informed.NO:
        return False
    return (announced.told_by or announced.by) in VISITORS


async def keep_on(day: Day, client: str) -> None:
    """Not yet: whoever knows the client sees it otherwise than the numbers."""
    known = await _announced(day, client)
    who = day.who(known, 0.7) if known and client not in day.touched else None
    if who:
        why = keeping(day)
        await day.do(who, stepdown.keep_on, client, reason=why.reason, until=why.until)


async def put_back(day: Day, client: str) -> None:
    """Back up by one touch, not long after the return."""
    known = await day.state(client)
    who = day.who(known, 0.6) if known else None
    if known and who and known.stay is None and signs.in_sight_after_return(known, day.hands.now):
        await day.do(who, back_up.put_back, client)
        somebody_takes(day, client)


async def give_back(day: Day, client: str, *, declined: bool = False) -> None:
    """Off the board by hand, which is rare: they want no more of it, and two people agree; or they move on."""
    known = await day.state(client)
    who = day.who(known, 0.75) if known else None
    if known is None or known.stay is None or who is None or client in day.touched:
        return
    second = day.who(known, 0, unlike=who) if declined else None
    if declined and second in (None, who):
        return
    reason = pick(day.chance, "returned", "declined" if declined else "moves_on")
    what = {"reason": reason, "declined": declined, "agreed_with": second}
    await day.do(who, placement.return_to_planned_care, client, **what)


async def release(day: Day) -> None:
    """Returns were paused; the lead has looked. What a visitor has paused stays so."""
    paused = day.team.paused
    if paused and paused.why is not e.Pause.PEOPLE and day.lead in day.here():
        await day.do(day.lead or "", stepdown.release, reason=pick(day.chance, "returning", "released"))


async def _announced(day: Day, client: str) -> Client | None:
    known = await day.state(client)
    return known if known and known.stay and known.stay.announced else None

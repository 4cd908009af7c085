"""How the demo's meeting ends: who has the chair says why something stays open, who is kept on, who was told what."""

from __future__ import annotations

from factboard.demo import acts
from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.demo.staff import VISITORS
from factboard.domain import events as e
from factboard.domain import meeting as rules
from factboard.domain import stepdown
from factboard.domain.meeting import Open
from factboard.domain.state import Meeting

KEPT_ON, LATER_KEPT_ON = 0.10, 0.05  # of those who would be announced, and of those who would return today
FEW = 10  # of a board, one is on the way home at a time: more than that nobody has the time to follow


async def led(day: Day, id: str) -> Meeting | None:
    """The meeting, while it is open and somebody who is here has the chair; where nobody has, somebody takes it."""
    meeting = await day.desk.meeting(id)
    if meeting is None or meeting.closed or not day.here():
        return None
    if meeting.chair not in day.here():
        await day.do(day.here()[0], rules.change_chair, of_meeting=id, chair=day.here()[0])
    return await day.desk.meeting(id)


async def close(day: Day, id: str) -> None:
    meeting = await led(day, id)
    if meeting is None:
        return
    if day.share(0.15):
        text = pick(day.chance, "meeting", "general")
        await day.do(meeting.chair, rules.note, of_meeting=id, part=e.NotePart.SITUATION, text=text)
        meeting = await day.desk.meeting(id) or meeting
    there = await day.desk.everyone(meeting)
    reason = _why(day, rules.left_open(day.team, meeting, there, day.hands.now))
    board = sum(one.stay is not None for one in there)
    wishes = _wishes(day, stepdown.at_closing(day.team, meeting, there, day.hands.now), board, meeting.chair)
    await day.do(meeting.chair, rules.close, of_meeting=id, with_all=True, reason=reason, wishes=wishes)


def _why(day: Day, left: Open) -> str:
    if not left.needs_reason:
        return ""
    open_ = {
        "out_of_time": left.not_discussed,
        "untaken": left.untaken,
        "uncovered": left.uncovered,
        "undecided": left.undecided,
    }
    return pick(day.chance, "meeting", next(key for key, found in open_.items() if found))


def _wishes(day: Day, found: stepdown.AtClosing, board: int, chair: str) -> stepdown.Wishes:
    """Most who are ready are announced; somebody may see it otherwise. Many have been told already, and that is not
    said in the name of anybody whom a visitor may be.
    """
    alone = day.left_alone | day.touched
    own = [one.id for one in found.announces if one.id not in alone]
    leave = [one.id for one in found.returning if one.id not in alone]
    keep = {id: acts.keeping(day) for id in own if day.share(KEPT_ON)}
    keep |= {id: acts.keeping(day) for id in leave if day.share(LATER_KEPT_ON)}
    on_their_way = len({*own, *(one.id for one in found.waiting)} - keep.keys())
    surplus = max(0, on_their_way - max(2, board // FEW))
    keep |= {id: acts.keeping(day, "one_by_one") for id in [id for id in own if id not in keep][:surplus]}
    return stepdown.Wishes(
        keep=keep,
        announce=[one.id for one in found.asks if one.id not in keep and day.share(0.8)],
        told={}
        if chair in VISITORS
        else {one.id: acts.told(day) for one in (*found.announces, *found.asks) if one.id not in keep},
    )

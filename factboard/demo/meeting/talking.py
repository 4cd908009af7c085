"""What the demo's meeting says of one client, and does about it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from factboard.demo import acts
from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.domain import events as e
from factboard.domain import meeting as rules
from factboard.domain import planned_care, visits
from factboard.domain.meeting.leading import must_decide
from factboard.domain.state import Client, Meeting

RINGS_TODAY = (9.2, 15.0)  # whoever has said that they do


async def talk(day: Day, meeting: Meeting, client: Client) -> bool:
    """True where something changes: a flag is taken, a visit planned, something is to be done, there is a note."""
    before = day.desk.written
    if client.stay is None:
        await _follow_up(day, meeting, client)
    elif must_decide(day.team, client, day.hands.now):
        await acts.decide(day, client.id, meeting.chair)
    elif client.id not in day.left_alone:
        await _look_at(day, meeting, client)
    if day.share(0.12):
        await _note(day, meeting, client.id)
    return day.desk.written > before


async def _look_at(day: Day, meeting: Meeting, client: Client) -> None:
    if client.stay and client.stay.taken_by is None:
        await acts.take(day, client.id)
    elif visits.uncovered(day.team, [client], day.hands.now) and day.share(0.35):
        await acts.cover(day, client.id, meeting.chair)
    elif not acts.someone_goes(day, client) and day.share(0.8):
        await acts.plan_visit(day, client.id, meeting.chair, day.chance.choice((0, 1, 1)))
    elif day.share(0.03):
        await acts.add_action(day, client.id, meeting.chair)


async def _follow_up(day: Day, meeting: Meeting, client: Client) -> None:
    """Nobody has met them since they returned: it is said who does, today."""
    if planned_care.waits_for_follow_up(client) is None:
        return
    goes = planned_care.coordinator(day.team, client, day.day) or meeting.chair
    every = client.planned.every_days if client.planned else 14
    what = {"who": goes, "every_days": every, "next": day.day}
    await day.do(meeting.chair, planned_care.set_planned_contact, client.id, **what)
    if client.id not in day.left_alone:
        at = max(day.between(*RINGS_TODAY), day.hands.now + timedelta(minutes=30))
        day.put(at, partial(acts.contact, day, client.id, goes))


async def _note(day: Day, meeting: Meeting, client: str) -> None:
    """A line or more of the notes, by who writes or who knows."""
    writes = [user for user in (meeting.recorder, *meeting.present) if user in day.here()] or [meeting.chair]
    for part, often in ((e.NotePart.SITUATION, 0.8), (e.NotePart.ASSESSMENT, 0.6), (e.NotePart.DECISION, 0.7)):
        if day.share(often):
            by = writes[0] if day.share(0.7) else day.chance.choice(writes)
            text = pick(day.chance, "meeting", part.value)
            await day.do(by or "", rules.note, client, of_meeting=meeting.id, part=part, text=text)

"""The people around a client: what somebody near tells the team, a meeting of the resource group, education.

Each has chance of its own, so that it moves nothing else of the team's days.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from factboard.demo.day import Day
from factboard.demo.phrases import bank, pick
from factboard.domain import documents, tips
from factboard.domain.events import Source
from factboard.domain.events.contents import (
    Attendance,
    Content,
    Education,
    FollowedUp,
    GroupMeeting,
    Kind,
    Together,
)
from factboard.domain.events.contents.words import GoalState, Taught, Topic
from factboard.domain.state import Client

A_FORM = timedelta(seconds=40)  # to fill in
NEXT = timedelta(weeks=5)  # from one meeting of a group to the next


async def hear(day: Day, manager: str) -> None:
    """Somebody near a client of this case manager's, in planned care, rings a colleague."""
    theirs = [one for one in await _of(day, manager) if not one.stay]
    others = [user for user in day.here() if user != manager]
    if theirs and others:
        own = Random(f"{day.seed} {manager} tip")
        client, by = own.choice(theirs), own.choice(others)
        text, name = pick(own, "around", "tips"), own.choice(bank()["clients"]["first_names"])
        await day.do(by, tips.note, client.id, text=text, relation=Source.RELATIVE, said_by=name)


async def meet_group(day: Day, manager: str, follow_up: date) -> None:
    """A meeting of a client's resource group, and a session with them that is followed up on that day."""
    groups = [one for one in await _of(day, manager) if Kind.RESOURCE_GROUP in one.documents]
    if not groups:
        return
    own = Random(f"{day.seed} {manager} group")
    client = own.choice(groups)
    there = (
        Attendance(name=client.details.first_name, came=True),
        Attendance(name=day.team.members[manager].name, came=True),
    )
    goals = (FollowedUp(goal=pick(own, "around", "goals"), state=GoalState.NEARER, note=pick(own, "around", "said")),)
    met = GroupMeeting(
        on=day.day, place=pick(own, "around", "places"), agenda=tuple(bank()["around"]["agenda"]), people=there,
        goals=goals, decided=pick(own, "around", "decided"), next=day.day + NEXT,
    )  # fmt: skip
    session = Education(
        on=day.day, topic=Topic.COMMUNICATION, about=pick(own, "around", "taught"), taught=Taught.BOTH, led_by=manager,
        practised=pick(own, "around", "practised"), home_task=pick(own, "around", "tasks"), follow_up=follow_up,
    )  # fmt: skip
    await _write(day, manager, client, met)
    await day.reach(min(day.hands.now + A_FORM, day.until))
    await _write(day, manager, client, session)


async def _write(day: Day, by: str, client: Client, content: Content) -> None:
    ref = f"{content.document.value}.{Random(f'{day.seed} {client.id} {content.document}').getrandbits(48):012x}"
    what = {"ref": ref, "content": content, "together": Together.TOGETHER, "based_on": 0}
    await day.do(by, documents.write, client.id, of_document=ref, **what)


async def _of(day: Day, manager: str) -> list[Client]:
    known = [await day.state(id) for id in day.clients if id not in day.left_alone]
    return [one for one in known if one and one.enrolled and one.details.case_manager == manager]

"""With what a meeting of the group begins, and that it plans the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events.contents import Attendance, FollowedUp, GroupMeeting, Kind, ResourceGroup, Together
from factboard.domain.events.contents.words import GoalState
from factboard.domain.resource_group.members import near
from factboard.domain.versions import Ref, Version

OVER = (GoalState.REACHED, GoalState.GIVEN_UP)


def begun(group: ResourceGroup | None, meetings: Sequence[GroupMeeting], day: date) -> GroupMeeting:
    """A new meeting's form: who is invited, which goals are still to be followed up. Nobody has come yet.

    `meetings` are the earlier ones, the newest first.
    """
    last = meetings[0] if meetings else None
    invited = tuple(Attendance(one.member.id, one.member.name) for one in near(group, day)) if group else ()
    left = [one.goal for one in last.goals if one.state not in OVER] if last else []
    over = {one.goal for meeting in meetings for one in meeting.goals if one.state in OVER}
    own = [goal for goal in group.works_for if goal not in over] if group else []
    goals = tuple(FollowedUp(goal=goal) for goal in dict.fromkeys([*left, *own]))
    return GroupMeeting(people=invited, goals=goals)


def next_one(case: Case, before: Version | None, fact: e.DocumentWritten) -> list[e.Entry]:
    """A meeting that names the day of the next one plans it: with the same people, and the goals that are left."""
    held, known = fact.content, before.content if before else None
    named = isinstance(known, GroupMeeting) and known.next is not None
    if not isinstance(held, GroupMeeting) or held.next is None or named:
        return []
    people = tuple(replace(one, came=False) for one in held.people)
    goals = tuple(FollowedUp(case.new_id(), one.goal) for one in held.goals if one.state not in OVER)
    planned = GroupMeeting(on=held.next, at=held.at, place=held.place, people=people, goals=goals)
    ref = Ref(Kind.GROUP_MEETING, case.new_id())
    return [case.about(e.DocumentWritten(Kind.GROUP_MEETING, str(ref), 1, planned, Together.WITHOUT))]

"""The resource group: who is in it on a day, what each may be told now, who was there when, and its meetings.

Consent is the client's: nobody is told anything without a day on which it was given, nor after it has ended. What is
written here never opens anything by itself; it says to whoever calls what they may say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events.contents import (
    Attendance,
    Education,
    FollowedUp,
    GroupMeeting,
    GroupMember,
    Kind,
    ResourceGroup,
    Together,
)
from factboard.domain.events.contents.words import GoalState, PersonKind, Told
from factboard.domain.refusal import Invalid
from factboard.domain.versions import Ref, Version

LONGEST_CONSENT = timedelta(days=366 * 2)  # as of any consent: one that nobody goes through again is nobody's any more
FAR = timedelta(days=366)  # a meeting is planned no further ahead
OVER = (GoalState.REACHED, GoalState.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody's time in the group: `last` None while it goes on."""

    member: GroupMember
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody who is in the group now, and what they may be told today; `ended`: a consent that is over."""

    member: GroupMember
    told: Told
    ended: date | None = None

    @property
    def in_crisis(self) -> bool:
        """May they be told that there is a crisis?"""
        return self.told is not Told.NOTHING


def is_in(member: GroupMember, day: date) -> bool:
    return (member.first is None or member.first <= day) and (member.last is None or day <= member.last)


def told_now(member: GroupMember, day: date) -> Told:
    """What they may be told on this local day; without a consent in force, nothing."""
    given = member.consent_on is not None and member.consent_on <= day
    over = member.consent_until is not None and member.consent_until < day
    return member.told or Told.NOTHING if given and not over and is_in(member, day) else Told.NOTHING


def near(group: ResourceGroup, day: date) -> list[Near]:
    """Who is in the group on this day: those who may be told something first, private persons before professionals."""

    def ended(one: GroupMember) -> date | None:
        return one.consent_until if one.consent_until and one.consent_until < day else None

    found = [Near(one, told_now(one, day), ended(one)) for one in group.members if is_in(one, day)]
    return sorted(found, key=lambda one: (not one.in_crisis, one.member.kind is not PersonKind.PRIVATE))


def over_time(versions: Iterable[Version], today: date) -> list[Membership]:
    """Who was in the group from when to when, by all versions (in any order); the newest to come first.

    Somebody whose row was taken away left on the day of the version that no longer has it; somebody of whom no first
    day is known came with the version that named them first.
    """
    ordered = sorted(versions, key=lambda one: one.number)
    found: dict[str, Membership] = {}
    for version in ordered:
        day, members = version.at.date(), _members(version)
        for id in found.keys() - members.keys():
            gone = found[id]
            found[id] = Membership(gone.member, gone.first, gone.last or max(day, gone.first))
        for id, one in members.items():
            first = one.first or (found[id].first if id in found else day)
            found[id] = Membership(one, first, one.last)
    return sorted(found.values(), key=lambda one: (one.last is not None and one.last < today, -one.first.toordinal()))


def _members(version: Version) -> dict[str, GroupMember]:
    content = version.content
    return {one.id: one for one in content.members} if isinstance(content, ResourceGroup) else {}


# --- what may be written ------------------------------------------------------------------------------------------


def check_group(case: Case, group: ResourceGroup) -> None:
    """Raises `Invalid` beside the field: a consent without its day, an end before a beginning."""
    for place, one in enumerate(group.members):
        at = f"members-{place}-"
        if not one.name:
            raise Invalid("required", f"{at}name")
        if one.first and one.last and one.last < one.first:
            raise Invalid("ends_before_it_begins", f"{at}last")
        if one.told not in (None, Told.NOTHING) and one.consent_on is None:
            raise Invalid("consent_has_a_day", f"{at}consent_on")
        if one.consent_on and one.consent_on > case.today:
            raise Invalid("in_the_future", f"{at}consent_on")
        if one.consent_on and one.consent_until:
            if one.consent_until < one.consent_on:
                raise Invalid("ends_before_it_begins", f"{at}consent_until")
            if one.consent_until - one.consent_on > LONGEST_CONSENT:
                raise Invalid("period_too_long", f"{at}consent_until", years=2)


def check_meeting(case: Case, meeting: GroupMeeting) -> None:
    """Raises `Invalid`: a meeting has a day, and nobody has come to one that is still to be."""
    if meeting.on is None:
        raise Invalid("required", "on")
    if meeting.on > case.today + FAR:
        raise Invalid("day_out_of_range", "on")
    if meeting.on > case.today and any(one.came for one in meeting.people):
        raise Invalid("not_come_yet", "on")
    if meeting.next and not meeting.on < meeting.next <= case.today + FAR:
        raise Invalid("day_out_of_range", "next")


def check_education(case: Case, session: Education) -> None:
    """Raises `Invalid`: a session has a day, and what was practised there was practised by then."""
    if session.on is None:
        raise Invalid("required", "on")
    if session.on > case.today + FAR:
        raise Invalid("day_out_of_range", "on")
    if session.follow_up and session.follow_up < session.on:
        raise Invalid("ends_before_it_begins", "follow_up")


# --- what a meeting begins with -----------------------------------------------------------------------------------


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

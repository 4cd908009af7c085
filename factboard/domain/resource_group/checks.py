"""What may be written of the group, its meetings and education."""

from __future__ import annotations

from datetime import date, timedelta

from factboard.domain.case import Case
from factboard.domain.events.contents import Education, GroupMeeting, ResourceGroup
from factboard.domain.events.contents.words import Told
from factboard.domain.refusal import Invalid
from factboard.domain.state import Coming

LONGEST_CONSENT = timedelta(days=366 * 2)  # as of any consent: one that nobody goes through again is nobody's any more
FAR = timedelta(days=366)  # a meeting is planned no further ahead


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
    """Raises `Invalid`: a meeting has a day, nobody has come to one that is still to be, and the next one, where this
    one has planned it, is moved on its own page.
    """
    if meeting.on is None:
        raise Invalid("required", "on")
    if meeting.on > case.today + FAR:
        raise Invalid("day_out_of_range", "on")
    if meeting.on > case.today and any(one.came for one in meeting.people):
        raise Invalid("not_come_yet", "on")
    for place, person in enumerate(meeting.people):
        if not person.name:
            raise Invalid("required", f"people-{place}-name")
    for place, goal in enumerate(meeting.goals):
        if not goal.goal:
            raise Invalid("required", f"goals-{place}-goal")
    if meeting.next and not meeting.on < meeting.next <= case.today + FAR:
        raise Invalid("day_out_of_range", "next")
    before = case.document.content if case.document else None
    if isinstance(before, GroupMeeting) and before.next != meeting.next and _is_planned(case, before.next):
        raise Invalid("next_is_planned", "next")


def _is_planned(case: Case, day: date | None) -> bool:
    """Is a meeting of the group still to come on this day?"""
    coming = case.enrolled().coming
    return day is not None and any(one.what is Coming.GROUP_MEETING and one.day == day for one in coming)


def check_education(case: Case, session: Education) -> None:
    """Raises `Invalid`: a session has a day, and what was practised there was practised by then."""
    if session.on is None:
        raise Invalid("required", "on")
    if session.on > case.today + FAR:
        raise Invalid("day_out_of_range", "on")
    if session.follow_up and session.follow_up < session.on:
        raise Invalid("ends_before_it_begins", "follow_up")

"""What may be written of the group, its meetings and education."""

from __future__ import annotations

from datetime import timedelta

from factboard.domain.case import Case
from factboard.domain.events.contents import Education, GroupMeeting, ResourceGroup
from factboard.domain.events.contents.words import Told
from factboard.domain.refusal import Invalid

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

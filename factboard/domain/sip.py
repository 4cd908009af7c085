"""SIP: nothing is written before the client has consented; what the law wants in it is missed until it stands there.

Health and Medical Services Act 16:4 and the social services act: which interventions are needed, which of them the
region, the municipality and others answer for, who has the overall responsibility; practice adds goals, the day and the
person of the follow-up, and a copy to everybody (domain page, section 7).
"""

from __future__ import annotations

from enum import StrEnum

from factboard.domain.case import Case
from factboard.domain.events.contents import Sip
from factboard.domain.refusal import Invalid


class Lacks(StrEnum):
    """What a SIP still has to have."""

    INVITATION = "invitation"
    MEETING = "meeting"
    GOALS = "goals"
    INTERVENTIONS = "interventions"
    RESPONSIBLE = "responsible"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_WHO = "follow_up_who"
    COPIES = "copies"


def check(case: Case, sip: Sip) -> None:
    """Raises `Invalid` beside the field: no consent, or a day that cannot be."""
    if sip.consent_on is None:
        raise Invalid("consent_first", "consent_on")
    if not sip.consent_to:
        raise Invalid("required", "consent_to")
    for name in ("consent_on", "needed_since", "ended_on"):
        if (day := getattr(sip, name)) and day > case.today:
            raise Invalid("in_the_future", name)
    for place, party in enumerate(sip.parties):
        if not party.name and not party.organisation:
            raise Invalid("required", f"parties-{place}-name")
        if party.came and (sip.meeting_on is None or sip.meeting_on > case.today):
            raise Invalid("not_come_yet", f"parties-{place}-came")
        for name in ("invited", "copy_on"):
            if (day := getattr(party, name)) and day > case.today:
                raise Invalid("in_the_future", f"parties-{place}-{name}")
    for place, one in enumerate(sip.interventions):
        if not one.what:
            raise Invalid("required", f"interventions-{place}-what")
        if one.principal is None:
            raise Invalid("choose_one", f"interventions-{place}-principal")
    if sip.follow_up_on and sip.meeting_on and sip.follow_up_on < sip.meeting_on:
        raise Invalid("ends_before_it_begins", "follow_up_on")


def held(sip: Sip) -> bool:
    """Has the meeting been held? Somebody came to it."""
    return any(one.came for one in sip.parties)


def lacks(sip: Sip) -> list[Lacks]:
    """What is to be written still, in the order in which it comes about; before the meeting only what leads to it."""
    if sip.ended_on:
        return []
    if not held(sip):
        invited = any(one.invited for one in sip.parties)
        return [*([] if sip.meeting_on else [Lacks.MEETING]), *([] if invited else [Lacks.INVITATION])]
    there = {
        Lacks.GOALS: sip.goals,
        Lacks.INTERVENTIONS: sip.interventions,
        Lacks.RESPONSIBLE: sip.responsible,
        Lacks.FOLLOW_UP: sip.follow_up_on,
        Lacks.FOLLOW_UP_WHO: sip.follow_up_who,
        Lacks.COPIES: all(one.copy_on for one in sip.parties),
    }
    return [what for what, is_there in there.items() if not is_there]

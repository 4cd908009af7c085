"""What the fields of the documents are called: a label, and a hint where one helps. Each kind has its own part."""

from __future__ import annotations

from collections.abc import Mapping

from factboard.domain.events.contents import (
    About,
    Advocacy,
    Attendance,
    Content,
    Education,
    FollowedUp,
    GoalEvaluated,
    GroupMeeting,
    GroupMember,
    Kind,
    Sip,
    SipIntervention,
    StandingContact,
    Supervision,
    Wish,
)
from factboard.web.documents import labels_crisis as crisis
from factboard.web.documents import labels_group as group
from factboard.web.documents import labels_plans as plans
from factboard.web.documents import labels_sip as sip
from factboard.web.language import N_

Label = tuple[str, str]  # the name of a field, and a hint ("" for none)

LABELS: Mapping[type, Mapping[str, Label]] = {
    **crisis.LABELS,
    **group.LABELS,
    **plans.LABELS,
    **sip.LABELS,
    About: {
        "who_i_am": (N_("Who I am"), N_("In my own words.")),
        "matters": (N_("What matters to me"), N_("One thing a line.")),
        "good_at": (N_("What I am good at"), N_("One thing a line.")),
        "helps": (N_("What helps me"), N_("One thing a line.")),
        "hinders": (N_("What makes things harder"), N_("One thing a line.")),
        "meet_me": (N_("How I want to be met"), ""),
    },
    Wish: {
        "ask": (N_("How I ask to be put on the board"), N_("Whom I call, what I say, who may ask for me.")),
        "think": (N_("What I think of being on the board"), ""),
        "visits": (N_("Who may come, when and how"), ""),
        "ends": (N_("What should be so before I am off it again"), ""),
    },
    Advocacy: {
        "on": (N_("Day"), ""),
        "spoke": (N_("Who spoke for %(the_client)s"), ""),
        "actor": (N_("Towards what kind of party"), ""),
        "towards": (N_("Towards whom"), N_("The authority or firm, and the person there.")),
        "about": (N_("What about"), N_("What %(the_client)s needs, and what was asked for.")),
        "mandate_of": (N_("On whose mandate"), N_("Nobody speaks for %(the_client)s without one.")),
        "mandate_said": (N_("When and how it was given"), N_("For example: said on the phone on 12 November.")),
        "came_of_it": (N_("What came of it"), N_("Empty while nothing has: it stands as open until then.")),
    },
}

ONE_ROW: Mapping[type, tuple[str, str]] = {**crisis.ONE_ROW, **group.ONE_ROW, **plans.ONE_ROW, **sip.ONE_ROW}
"""What one row of a table is called, and the button that adds one: `Goal: (N_("Goal"), N_("Add a goal"))`."""

REQUIRED: Mapping[type, frozenset[str]] = {
    Advocacy: frozenset({"on", "about", "mandate_of"}),
    Attendance: frozenset({"name"}),
    Education: frozenset({"on"}),
    FollowedUp: frozenset({"goal"}),
    GoalEvaluated: frozenset({"words"}),
    GroupMeeting: frozenset({"on"}),
    GroupMember: frozenset({"name"}),
    Sip: frozenset({"consent_on", "consent_to"}),
    SipIntervention: frozenset({"what", "principal"}),
    StandingContact: frozenset({"who"}),
    Supervision: frozenset({"on", "led_by", "asked"}),
}
"""What must be written in a document, or in a row of it: the form says so, and calls nothing else optional."""

REVIEWED = frozenset(
    {Kind.ABOUT, Kind.WISH, Kind.CARE_PLAN, Kind.SOCIAL_PLAN, Kind.CRISIS_PLAN, Kind.STRENGTHS, Kind.RESOURCE_GROUP}
    | {Kind.ADVOCACY}
)
"""The documents that are looked at again by a day."""

ALONE = frozenset({Kind.SUPERVISION})
"""The documents that are never written with the client: nothing is asked about it."""


def label_of(shape: type[Content] | type, name: str) -> Label:
    """A field's label; a field that nobody has named yet goes by its own name."""
    return LABELS.get(shape, {}).get(name, (name.replace("_", " ").capitalize(), ""))

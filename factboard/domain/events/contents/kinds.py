"""What can be written about a client's planned care, and how a document is told from the others."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of document. Of those in `MANY` a client may have several; of the others, one, in versions."""

    ABOUT = "about"  # who I am, in my own words
    WISH = "wish"  # what the client wishes of the board: how they ask to be put up, what they think of it
    CARE_PLAN = "care_plan"  # vårdplan
    SOCIAL_PLAN = "social_plan"  # genomförandeplan
    EVALUATION = "evaluation"  # of the goals, at a moment
    CRISIS_PLAN = "crisis_plan"
    RESOURCE_GROUP = "resource_group"
    GROUP_MEETING = "group_meeting"  # of the resource group
    EDUCATION = "education"  # a session with the client or the network
    NETWORK = "network"  # of actors beyond the group
    SIP = "sip"  # coordinated individual plan
    STRENGTHS = "strengths"  # strengths assessment
    SUPERVISION = "supervision"  # group supervision: the case brought to colleagues
    ADVOCACY = "advocacy"  # speaking for the client towards others


MANY = frozenset({Kind.EVALUATION, Kind.GROUP_MEETING, Kind.EDUCATION, Kind.SUPERVISION, Kind.ADVOCACY})


class Together(StrEnum):
    """How the client took part when it was written."""

    TOGETHER = "together"  # written with the client
    READ = "read"  # written by staff, read and agreed to by the client
    DECLINED = "declined"  # the client did not want to take part
    WITHOUT = "without"  # the client was not there

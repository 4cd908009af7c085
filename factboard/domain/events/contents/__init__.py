"""What stands in the documents about a client's planned care: one frozen dataclass for each kind.

A document has the same content in the history, on the screen and in its form: the form is made from its fields.
"""

from __future__ import annotations

from factboard.domain.events.contents.about import About, Wish
from factboard.domain.events.contents.advocacy import Advocacy
from factboard.domain.events.contents.crisis import CrisisPlan as WrittenCrisisPlan
from factboard.domain.events.contents.crisis import ToCall
from factboard.domain.events.contents.group import (
    Attendance,
    Education,
    FollowedUp,
    GroupMeeting,
    GroupMember,
    Network,
    NetworkActor,
    ResourceGroup,
)
from factboard.domain.events.contents.kinds import MANY, Kind, Together
from factboard.domain.events.contents.plans import (
    CarePlan,
    Evaluation,
    Goal,
    GoalEvaluated,
    Intervention,
    MappedNeed,
    SharedDecision,
    SocialPlan,
    StandingContact,
)
from factboard.domain.events.contents.sip import Sip, SipIntervention, SipParty
from factboard.domain.events.contents.strengths import LifeDomain, Strengths, Supervision

Content = (
    About
    | Wish
    | CarePlan
    | SocialPlan
    | Evaluation
    | WrittenCrisisPlan
    | ResourceGroup
    | GroupMeeting
    | Education
    | Network
    | Sip
    | Strengths
    | Supervision
    | Advocacy
)

CONTENTS: dict[Kind, type[Content]] = {
    Kind.ABOUT: About,
    Kind.WISH: Wish,
    Kind.CARE_PLAN: CarePlan,
    Kind.SOCIAL_PLAN: SocialPlan,
    Kind.EVALUATION: Evaluation,
    Kind.CRISIS_PLAN: WrittenCrisisPlan,
    Kind.RESOURCE_GROUP: ResourceGroup,
    Kind.GROUP_MEETING: GroupMeeting,
    Kind.EDUCATION: Education,
    Kind.NETWORK: Network,
    Kind.SIP: Sip,
    Kind.STRENGTHS: Strengths,
    Kind.SUPERVISION: Supervision,
    Kind.ADVOCACY: Advocacy,
}

__all__ = [
    "CONTENTS", "MANY", "About", "Advocacy", "Attendance", "CarePlan", "Content", "Education", "Evaluation",
    "FollowedUp", "Goal", "GoalEvaluated", "GroupMeeting", "GroupMember", "Intervention", "Kind", "LifeDomain",
    "MappedNeed", "Network", "NetworkActor", "ResourceGroup", "SharedDecision", "Sip", "SipIntervention", "SipParty",
    "SocialPlan", "StandingContact", "Strengths", "Supervision", "ToCall", "Together", "Wish", "WrittenCrisisPlan",
]  # fmt: skip

"""What writing a document asks for, and what it brings with it in the same transaction, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from factboard.domain import advocacy, crisis_plan, planned_care, resource_group, sip, strengths
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events.contents import Kind
from factboard.domain.versions import Version

Check = Callable[[Case, Any], None]  # raises `Refused` where this content may not be written
Brings = Callable[[Case, Version | None, e.DocumentWritten], list[e.Entry]]  # given the version before

CHECKS: Mapping[Kind, Sequence[Check]] = {
    Kind.CARE_PLAN: (planned_care.may_stand,),
    Kind.SOCIAL_PLAN: (planned_care.may_stand,),
    Kind.ADVOCACY: (advocacy.check,),
    Kind.EVALUATION: (planned_care.says_something,),
    Kind.RESOURCE_GROUP: (resource_group.check_group,),
    Kind.GROUP_MEETING: (resource_group.check_meeting,),
    Kind.EDUCATION: (resource_group.check_education,),
    Kind.SIP: (sip.check,),
    Kind.SUPERVISION: (strengths.check,),
}
BRINGS: Mapping[Kind, Sequence[Brings]] = {
    Kind.CRISIS_PLAN: (crisis_plan.brought,),
    Kind.GROUP_MEETING: (resource_group.next_one,),
}

"""What one member of the group takes home on paper: no more than they may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from factboard.domain.events.contents import GroupMember, ResourceGroup, WrittenCrisisPlan
from factboard.domain.events.contents.words import Told
from factboard.domain.resource_group.members import near
from factboard.domain.state import Client, Coming


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one member takes home. Empty is what they may not be told; `beside` are the others in the group."""

    member: GroupMember
    told: Told
    beside: tuple[GroupMember, ...]
    meets: date | None
    agreed: str = ""
    works_for: tuple[str, ...] = ()
    in_crisis: str = ""
    signs: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()


def sheet(group: ResourceGroup, plan: WrittenCrisisPlan | None, client: Client, member: str, day: date) -> Sheet | None:
    """The sheet of this member (by id) on this day, no more in it than the client has agreed to; None for nobody who
    is in the group then.
    """
    found = next((one for one in near(group, day) if one.member.id == member), None)
    if found is None:
        return None
    meets = [one.day for one in client.coming if one.what is Coming.GROUP_MEETING and one.day >= day]
    others = tuple(one.member for one in near(group, day) if one.member.id != member)
    bare = Sheet(found.member, found.told, others, min(meets, default=None))
    if not found.in_crisis:
        return bare
    in_crisis = replace(bare, agreed=group.agreed, in_crisis=group.in_crisis)
    if found.told is Told.IN_CRISIS:
        return in_crisis
    whole = replace(in_crisis, works_for=group.works_for)
    return replace(whole, signs=plan.signs, do=plan.others_do, do_not=plan.others_do_not) if plan else whole

"""Who is in the group on a day, what each may be told then, and who was there when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from factboard.domain import calendar
from factboard.domain.events import Settings
from factboard.domain.events.contents import GroupMember, ResourceGroup
from factboard.domain.events.contents.words import PersonKind, Told
from factboard.domain.versions import Version


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


def over_time(versions: Iterable[Version], today: date, settings: Settings) -> list[Membership]:
    """Who was in the group from when to when, by all versions (in any order); the newest to come first.

    Somebody whose row was taken away left on the day of the version that no longer has it; somebody of whom no first
    day is known came with the version that named them first.
    """
    ordered = sorted(versions, key=lambda one: one.number)
    found: dict[str, Membership] = {}
    for version in ordered:
        day, members = calendar.local_day(version.at, settings), _members(version)
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


def of(version: Version | None, day: date) -> list[Near]:
    """`near`, of a group as it is written down; of none, nobody."""
    content = version.content if version else None
    return near(content, day) if isinstance(content, ResourceGroup) else []

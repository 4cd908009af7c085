"""Who looks, and for whom they work."""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain.events import Role
from factboard.domain.roster import CLINICAL
from factboard.domain.state import Team
from factboard.domain.text import folded


@dataclass(frozen=True, slots=True)
class Reader:
    """`opened` are the clients whom they have opened in an emergency, in this session and still. A reader without
    `user` is anybody of this employer: named by no lock.
    """

    user: str
    employer: str
    role: Role | None = None
    opened: frozenset[str] = frozenset()


def reader_of(team: Team, user: str, opened: frozenset[str] = frozenset()) -> Reader:
    """A person as they are in the team now. Nobody's employer is the team's own unless it says so."""
    member = team.members.get(user)
    if member is None or member.left:
        return Reader("", "", None)
    return Reader(user, member.employer, member.role, opened)


def of_others(employer: str, team: Team) -> bool:
    """Is this another employer than the one whose records the team's are?"""
    return bool(team.employer) and folded(employer) != folded(team.employer)


def employers(team: Team) -> tuple[str, ...]:
    """The other employers that somebody in the team works for now, by name, each once."""
    known = {
        folded(one.employer): one.employer
        for one in sorted(team.members.values(), key=lambda one: one.user)
        if not one.left and one.employer and of_others(one.employer, team) and one.role in (*CLINICAL, Role.MANAGER)
    }
    return tuple(known[name] for name in sorted(known))

"""In which teams a person works, as what."""

from __future__ import annotations

from collections.abc import Iterable

from factboard.domain.events import Member
from factboard.domain.state import Team

Place = tuple[Team, Member]


def places(teams: Iterable[Team], user: str) -> list[Place]:
    """A person's teams, and what they are in each."""
    return [(team, member) for team in teams if (member := team.members.get(user)) and not member.left]

"""Which live frame is a reader's: staff of the team's own employer share one; a person who sees more, because a lock
names them, or less, because they work for somebody else, has their own.

A frame is made from the newest facts whoever it is for, so that what is revoked is gone from it at once. Who has
come to see otherwise than their frame shows is moved to their own by the hub's sweep (`app`).
"""

from __future__ import annotations

from collections.abc import Iterable

from factboard.domain.consent.readers import of_others
from factboard.domain.state import Client, Team

PERSONAL = "\x1f"  # stands before the person in an audience's name: no name of ours has it in it


def lens(team: Team, user: str, locked: Iterable[Client]) -> str:
    """The person, where they see otherwise than the team's own employer's staff do; `locked` are all under a lock."""
    if not team.employer:
        return ""
    member = team.members.get(user)
    if member is None or of_others(member.employer, team):
        return user
    return user if any(user in lock.named for client in locked for lock in client.shared.locks) else ""


def with_lens(audience: str, lens: str) -> str:
    return f"{audience}{PERSONAL}{lens}" if lens else audience


def lens_of(audience: str) -> tuple[str, str]:
    """(the view's own audience, the lens)."""
    own, _, lens = audience.partition(PERSONAL)
    return own, lens

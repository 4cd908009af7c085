"""What an account and a team may be called, and what a password must be: one rule for every page and command."""

from __future__ import annotations

import re

from factboard.domain.refusal import Invalid

SHORTEST_PASSWORD = 12  # characters; OWASP ASVS 5.0, 6.2.1 asks for 8 at the least and prefers longer
LONGEST_PASSWORD = 200
RESERVED = frozenset({"system", "factboard", "command_line"})  # these name what acts by itself

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,59}")
_TEAM = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


def username(text: str) -> str:
    """The name to sign in with, as it is kept: lower case. Raises `Invalid`."""
    kept = text.strip().lower()
    if not _USERNAME.fullmatch(kept) or kept in RESERVED:
        raise Invalid("not_a_username", "username")
    return kept


def team_id(text: str) -> str:
    """A team's id, as commands and addresses carry it. Raises `Invalid`."""
    kept = text.strip().lower()
    if not _TEAM.fullmatch(kept) or kept in RESERVED:
        raise Invalid("not_a_team_id", "team")
    return kept


def password(text: str, username: str) -> str:
    """The password as it is; only its length and that it is not the username are judged. Raises `Invalid`."""
    if len(text) < SHORTEST_PASSWORD:
        raise Invalid("password_too_short", "password", limit=SHORTEST_PASSWORD)
    if len(text) > LONGEST_PASSWORD:
        raise Invalid("too_long", "password", limit=LONGEST_PASSWORD, length=len(text))
    if text.strip().lower() == username:
        raise Invalid("password_is_username", "password")
    return text

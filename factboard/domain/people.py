"""Staff, roles and clients: who may do what, and how two people are never taken for one another."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from factboard.domain.events import Details, Role
from factboard.domain.text import folded

SYSTEM = "factboard"  # the actor of what happens by itself
COMMAND_LINE = "command_line"  # the actor of what an operator does on the server


class Right(StrEnum):
    """What an address asks for; each role's share stands in `RIGHTS`, each address's in `addresses.ROUTES`."""

    PUBLIC = "public"  # anybody, signed in or not
    SIGNED_IN = "signed_in"  # anybody with an account
    WALL = "wall"  # see the wall
    CARE = "care"  # see and change clients and the board
    LEAD = "lead"  # the team's settings, members and imports
    HISTORY = "history"  # what was done in the team, its past and its figures; changes nothing
    INQUIRY = "inquiry"  # all that stands about one client, in one file
    AUDIT = "audit"  # who looked at whom, and the routine check of it
    ADMIN = "admin"  # users and teams; no clients


RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.CLINICIAN: frozenset({Right.PUBLIC, Right.SIGNED_IN, Right.WALL, Right.CARE}),
        Role.LEAD: frozenset(
            {Right.PUBLIC, Right.SIGNED_IN, Right.WALL, Right.CARE, Right.LEAD, Right.HISTORY, Right.INQUIRY}
        ),
        Role.MANAGER: frozenset({Right.PUBLIC, Right.SIGNED_IN, Right.HISTORY}),
        Role.AUDITOR: frozenset({Right.PUBLIC, Right.SIGNED_IN, Right.HISTORY, Right.INQUIRY, Right.AUDIT}),
        Role.ADMIN: frozenset({Right.PUBLIC, Right.SIGNED_IN, Right.ADMIN}),
        Role.WALL: frozenset({Right.PUBLIC, Right.WALL}),  # a device session never becomes a person's
    }
)


def may(role: Role | None, right: Right) -> bool:
    """May somebody with this role (None: signed out) do what needs this right?"""
    return right in RIGHTS[role] if role else right is Right.PUBLIC


@dataclass(frozen=True, slots=True)
class Label:
    """How a client is told from every other: `name`, and `second` where the name alone could be two people.

    `hidden` marks a protected identity: `name` is empty then and `second` is the client's code.
    """

    name: str
    second: str = ""
    hidden: bool = False


def full_name(details: Details) -> str:
    return f"{details.first_name} {details.surname}".strip()


def could_be_one(one: Details, other: Details) -> bool:
    """Two of one name, as eyes compare it, of whom no birth date says that they are two people."""
    born = {one.birth_date, other.birth_date} - {None}
    return len(born) < 2 and folded(full_name(one)) == folded(full_name(other))


def code(client: str, length: int = 4) -> str:
    """Letters and digits that stand for a client where a name may not; without 0, O, 1, I."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    digest = hashlib.sha256(client.encode()).digest()
    return "".join(alphabet[byte % len(alphabet)] for byte in digest[:length])


def alias(client: str) -> str:
    """What a masked reader knows a client by: long enough that hardly two are the same, and begins as `code` does."""
    return code(client, 6)


def labels(clients: Iterable[tuple[str, Details]]) -> dict[str, Label]:
    """A label for each client, no two the same: full name, then birth date, then code (hazard H6).

    Names are compared as eyes compare them: without case and accents.
    """
    people = list(clients)
    codes = distinct_codes([client for client, _ in people])
    names = Counter(folded(full_name(details)) for _, details in people)
    dated = Counter((folded(full_name(details)), details.birth_date) for _, details in people)
    result = {}
    for client, details in people:
        name = full_name(details)
        second = ""
        if names[folded(name)] > 1:
            unique = details.birth_date is not None and dated[folded(name), details.birth_date] == 1
            born = details.birth_date.isoformat() if details.birth_date else ""
            second = born if unique else f"{born} {codes[client]}".strip()
        result[client] = Label("", codes[client], hidden=True) if details.protected else Label(name, second)
    return result


def distinct_codes(clients: Sequence[str]) -> dict[str, str]:
    """A code for each, longer where the first four signs are somebody else's too."""
    codes = {client: code(client) for client in clients}
    length = 4
    while shared := {found for found, times in Counter(codes.values()).items() if times > 1}:
        length += 1
        codes |= {client: code(client, length) for client, found in codes.items() if found in shared}
    return codes

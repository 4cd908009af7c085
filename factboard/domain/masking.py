"""What an outside auditor is shown of a client: a code for who they are, everything that was done.

Masked are the details that say who somebody is. Staff act in office and are named. What people wrote in their own
words stands as it is, and may hold a name: every page and file that shows it to a masked reader says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from factboard.domain.people import alias
from factboard.domain.state import Client

PERSONAL = ("surname", "first_name", "short_name", "birth_date", "national_id", "address", "phone")  # of `Details`
MASKED = "[masked]"


def masked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A fact's payload, with what says who the client is taken out; what was empty still says that it was."""
    if not isinstance(details := payload.get("details"), Mapping):
        return dict(payload)
    hidden = {name: MASKED for name in PERSONAL if details.get(name)}
    return {**payload, "details": {**details, **hidden}}


def coded(clients: Iterable[Client]) -> tuple[Client, ...]:
    """These clients as a card can show them to a masked reader: each one's code where a name would stand."""
    nobody: dict[str, Any] = {name: None if name == "birth_date" else "" for name in PERSONAL}

    def hidden(client: Client) -> Client:
        code = {"first_name": alias(client.id), "short_name": alias(client.id)}
        return replace(client, details=replace(client.details, **nobody | code))

    return tuple(map(hidden, clients))

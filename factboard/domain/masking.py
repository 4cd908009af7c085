"""What an outside auditor is shown of a client: a code for who they are, everything that was done.

Masked are the details that say who somebody is. Staff act in office and are named. What people wrote in their own
words stands as it is, and may hold a name: every page and file that shows it to a masked reader says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from factboard.domain.documents import asked
from factboard.domain.events import Because
from factboard.domain.events.contents import CONTENTS, Kind
from factboard.domain.people import alias
from factboard.domain.state import Client

PERSONAL = ("surname", "first_name", "short_name", "birth_date", "national_id", "address", "phone")  # of `Details`
OF_OTHERS = ("said_by", "reach")  # of `TipNoted`: who told it
MASKED = "[masked]"
OF_NAMES = frozenset({Because.SURNAME, Because.COLLEAGUE})  # the looker is named, so these say how the client is called


def masked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A fact's payload, with what says who the client is taken out; what was empty still says that it was."""
    hidden: dict[str, Any] = {}
    if isinstance(details := payload.get("details"), Mapping):
        hidden["details"] = {**details, **{name: MASKED for name in PERSONAL if details.get(name)}}
    if isinstance(drawn := payload.get("drawn"), list):  # of a check of the access log
        hidden["drawn"] = [_drawn(one) for one in drawn]
    if isinstance(content := payload.get("content"), Mapping) and content.get("document") in set(Kind):
        hidden["content"] = _document(content, CONTENTS[Kind(content["document"])])
    hidden |= {name: MASKED for name in OF_OTHERS if payload.get(name)}
    return {**payload, **hidden}


def _document(content: Mapping[str, Any], shape: type[Any]) -> dict[str, Any]:
    """A document's content without what says who the people in it are."""
    shown = dict(content)
    for one in asked(shape):
        value = content.get(one.name)
        if one.personal and value:
            shown[one.name] = MASKED
        elif one.row is not None and isinstance(value, list):
            shown[one.name] = [_document(row, one.row) if isinstance(row, Mapping) else row for row in value]
    return shown


def _drawn(one: Any) -> Any:
    if not isinstance(one, Mapping) or not isinstance(because := one.get("because"), list):
        return one
    return {**one, "because": [MASKED if why in OF_NAMES else why for why in because]}


def coded(clients: Iterable[Client]) -> tuple[Client, ...]:
    """These clients as a card can show them to a masked reader: each one's code where a name would stand."""
    nobody: dict[str, Any] = {name: None if name == "birth_date" else "" for name in PERSONAL}

    def hidden(client: Client) -> Client:
        code = {"first_name": alias(client.id), "short_name": alias(client.id)}
        return replace(client, details=replace(client.details, **nobody | code), known_as=())

    return tuple(map(hidden, clients))

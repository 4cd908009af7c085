"""A client's state with parts taken out. What a state learns to hold later is taken out too, until it is named here."""

from __future__ import annotations

from dataclasses import replace

from factboard.domain.consent.parts import EVERYTHING
from factboard.domain.events import Details, Part
from factboard.domain.events.contents import Kind
from factboard.domain.people import alias
from factboard.domain.state import Client, Moves, Newest


def thinned(client: Client, parts: frozenset[str]) -> Client:
    """The client as somebody sees them who may see these parts."""
    if parts >= EVERYTHING:
        return client
    if Part.IDENTITY not in parts:
        return nobody(client)
    details = client.details
    if Part.CONTACT_DETAILS not in parts:
        details = replace(details, address="", phone="", national_id="")
    if Part.BOARD not in parts:
        details = replace(details, helps="", warnings="", notes="")
        return replace(_bare(client, details), documents=_seen(client, parts))
    with_story = Part.STORY in parts
    told, moves = (client.tips, client.moves) if with_story else ((), Moves())  # a handover note tells the story
    stay = client.stay and replace(client.stay, plans=tuple(one for one in client.stay.plans if one.document in parts))
    coming = tuple(one for one in client.coming if one.kind in parts)
    asked = tuple(one for one in client.anchorings if one.document is None or one.document in parts)
    lines = tuple(line if line.plan is None or line.plan in parts else replace(line, where="") for line in client.lines)
    merged = client.merged if with_story else tuple(replace(one, reason="") for one in client.merged)
    kept = {
        "stay": stay, "tips": told, "moves": moves, "coming": coming, "anchorings": asked, "lines": lines,
        "merged": merged,
    }  # fmt: skip
    return replace(client, details=details, documents=_seen(client, parts), **kept)  # type: ignore[arg-type]


def nobody(client: Client) -> Client:
    """A code where the name would stand, and that they are in the team's care."""
    code = alias(client.id)
    return _bare(client, Details("", code, short_name=code, protected=client.details.protected))


def _seen(client: Client, parts: frozenset[str]) -> dict[Kind, Newest]:
    return {kind: newest for kind, newest in client.documents.items() if kind in parts}


def _bare(client: Client, details: Details) -> Client:
    """What was agreed to and locked stays, so that whoever looks again at what is left sees no more of it."""
    return Client(client.id, client.seq, details, enrolled=client.enrolled, shared=client.shared)

"""What this reader may see: the one gate between what was loaded and what a page shows (`domain/consent`).

`admit` stands before every address that is about one client; a new one is closed to whoever does not see all of them,
until `NEEDS` says that less is enough. A page that lists several shows them through `eyes(request)`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from factboard.domain import calendar, consent
from factboard.domain.chain import Row
from factboard.domain.consent import EVERYTHING, Eyes
from factboard.domain.events import (
    AnchoringAnswered,
    DocumentWithdrawn,
    DocumentWritten,
    Part,
    Recorded,
    Role,
    Sharing,
    TipAnswered,
    TipNoted,
)
from factboard.domain.events.contents import Kind
from factboard.domain.refusal import Forbidden
from factboard.domain.state import Client
from factboard.domain.versions import Version
from factboard.storage import projections
from factboard.web.sessions import Who

WHO, CARE = frozenset({Part.IDENTITY}), frozenset({Part.IDENTITY, Part.BOARD})
STORY = frozenset({Part.IDENTITY, Part.STORY})
NEEDS: Mapping[str, frozenset[str]] = {  # what of the client somebody must see for whom the address is
    "/clients/{client}": WHO,
    "/clients/{client}/name": WHO,
    "/clients/{client}/emergency": frozenset(),
    "/clients/{client}/plans": WHO,
    "/flag/clients/{client}": CARE,
    "/clients/{client}/actions/{action}/done": CARE,
    "/clients/{client}/undo/{seq:seq}": CARE,
    "/clients/{client}/go": CARE,
    "/clients/{client}/visits/{visit:seq}": CARE,
    "/clients/{client}/visits/{visit:seq}/move": CARE,
    "/clients/{client}/visits/{visit:seq}/done": CARE,
    "/clients/{client}/visits/{visit:seq}/cancel": CARE,
    "/clients/{client}/{act}": CARE,
    "/meetings/{meeting}/clients/{client}": CARE | STORY,
    "/meetings/{meeting}/clients/{client}/copied": CARE | STORY,
    "/history/clients/{client}": STORY,
}
TOLD = frozenset({TipNoted.kind, TipAnswered.kind})
DOCUMENTS = frozenset({DocumentWritten.kind, DocumentWithdrawn.kind, AnchoringAnswered.kind})
OF_THE_PRINCIPAL = (
    "/history",
    "/statistics/",
    "/import",
    "/clients/new",
    "/settings/sharing",
    "/moves",
)  # whole records


class Closed(Forbidden):
    """What this address shows of the client is not the reader's to see. `client` is known to them by a code at most."""

    def __init__(self, client: Client, *, may_open: bool) -> None:
        super().__init__("closed_to_you")
        self.client, self.may_open = client, may_open


@dataclass(frozen=True, slots=True)
class Unseen:
    """What of a client is not shown to a reader: which `parts`, and whether they can open it in an emergency.

    A page that has nothing to show of such a part says so: it never says that nothing is written.
    """

    parts: frozenset[str]
    may_open: bool

    @property
    def documents(self) -> bool:
        """Is anything of what is written not shown?"""
        return not self.parts.isdisjoint(Kind)


def eyes(request: Request) -> Eyes:
    """As this reader sees the clients of the team they work in now."""
    who = request.state.who
    return Eyes(who.here, (who.reader,), calendar.local_day(request.app.state.clock(), who.here.settings))


def was_then(request: Request) -> str:
    """What a page that is made now says of itself when it asks whether that is still so (`/sight`)."""
    return " ".join((eyes(request).today.isoformat(), *sorted(request.state.who.opened)))


def is_limited(who: Who | None) -> bool:
    """Is there anything in this team that some of its people do not see? Then open pages ask what is still theirs."""
    return who is not None and not who.screen and who.team_state is not None and bool(who.team_state.employer)


def of_others(who: Who) -> bool:
    """Does the reader work for another employer than the one whose records these are?"""
    return is_limited(who) and who.role is not Role.AUDITOR and consent.of_others(who.reader.employer, who.here)


def to_look_at(request: Request, most: int) -> int | None:
    """How many of those found are fetched, of whom `most` are shown: all, where somebody may be hidden from the reader
    and would take the place of another whom they may see.
    """
    return None if is_limited(request.state.who) else most


def sees(request: Request, client: Client, *parts: str) -> bool:
    """May the reader see all of these parts of the client?"""
    return eyes(request).parts(client) >= {*parts}


def may_open(who: Who) -> bool:
    """Can this reader open what is not shown to them, in an emergency?"""
    return not of_others(who) or who.here.sharing is Sharing.EMERGENCY


def unseen(request: Request, client: Client) -> Unseen:
    return Unseen(EVERYTHING - eyes(request).parts(client), may_open(request.state.who))


async def still_seen(request: Request, client: str) -> frozenset[str]:
    """The parts of this client that the reader sees now; a state that was thinned no longer says."""
    async with request.app.state.store.reading() as connection:
        known = await projections.person(connection, request.state.who.team, client)
    return eyes(request).parts(known) if known else frozenset()


def rows_seen(rows: Sequence[Row], parts: frozenset[str]) -> list[Row]:
    """Those of a client's facts that may be told to somebody who sees these parts: with the story, all but what was
    written in documents that they do not see.
    """
    if Part.STORY not in parts:
        return []
    return [row for row in rows if not (named := _document(row)) or named in parts]


def noticed(row: Row, parts: frozenset[str]) -> bool:
    """May a notice of this fact say what happened, to somebody who sees these parts? What was told of the client is
    story, and what was written in a document is that document's.
    """
    named = _document(row)
    return parts >= CARE and (Part.STORY in parts or row.kind not in TOLD) and (not named or named in parts)


def about_this(request: Request, client: Client) -> None:
    """Whom the request is about, for what its answer tells of others' doings (`meanwhile_seen`)."""
    request.state.parts = eyes(request).parts(client)


def meanwhile_seen(request: Request, facts: Sequence[Recorded]) -> list[Recorded]:
    """What of these may be told to who sent the request; `seen` is theirs to say, so they could be a whole story."""
    if not is_limited(request.state.who):
        return [*facts]
    parts: frozenset[str] = getattr(request.state, "parts", frozenset())
    return [one for one in facts if one.client is None or _told(one, parts)]


def _told(one: Recorded, parts: frozenset[str]) -> bool:
    return Part.STORY in parts and (getattr(one.fact, "document", None) or Part.STORY) in parts


def _document(row: Row) -> str:
    if row.payload is None or row.kind not in DOCUMENTS:
        return ""
    return json.loads(row.payload).get("document") or ""


def documents_seen(request: Request, client: Client, found: Iterable[Version]) -> list[Version]:
    """Those of the client's documents that the reader may see."""
    parts = eyes(request).parts(client)
    return [one for one in found if one.kind in parts]


async def withheld(request: Request, connection: AsyncConnection, *parts: str) -> frozenset[str]:
    """The ids of those who are locked for this reader in one of these parts. Whoever is of another employer sees no
    whole records (`OF_THE_PRINCIPAL`): it is asked for those who see them.
    """
    if not is_limited(request.state.who):
        return frozenset()
    locked = await projections.locked(connection, request.state.who.team)
    hidden = (client for client in locked if not sees(request, client, *parts))
    return frozenset(record for client in hidden for record in client.records)


def require(request: Request, client: Client, *parts: str) -> None:
    """Raises `Closed` where the reader does not see all of these parts of the client."""
    if not sees(request, client, *parts):
        raise Closed(client, may_open=may_open(request.state.who))


def _needed(path: str, document: str) -> frozenset[str]:
    """What of the client somebody must see for whom this address is; of a document, what it is."""
    kind = document.partition(".")[0]
    if path.startswith("/clients/{client}/plans/{document}") and kind in set(Kind):
        return WHO | {kind}
    return NEEDS.get(path, EVERYTHING)


async def admit(request: Request, path: str, *, past: bool = False) -> None:
    """Before the handler of the address `path` runs. Raises `Closed`, or `Forbidden` for what shows whole records to
    somebody of another employer. A client whom nobody knows is the handler's to refuse.
    """
    who: Who | None = request.state.who
    if who is None or not is_limited(who):
        return
    of_one = "{client}" in path or "{placement}" in path
    whole = path.startswith(OF_THE_PRINCIPAL) and not of_one
    if of_others(who) and (past or whole or path.startswith("/clients/{client}/merge")):
        raise Forbidden("records_of_another_employer")
    if path == "/import":  # which shows how everybody in the file stands in the team's records
        async with request.app.state.store.reading() as connection:
            if await withheld(request, connection, *EVERYTHING):
                raise Forbidden("locked_for_you")
    for name in ("client", "other"):
        id = request.path_params.get(name, "")
        if f"{{{name}}}" not in path or not id.isprintable():
            continue
        async with request.app.state.store.reading() as connection:
            known = await projections.person(connection, who.team, id)
        if known is not None:
            require(request, known, *_needed(path, request.path_params.get("document", "")))
            about_this(request, known)

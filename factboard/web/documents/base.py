"""What every page of a document needs: which one it is, what stands in it, and who is reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from factboard.domain.events.contents import CONTENTS, MANY, Content, Kind
from factboard.domain.state import Client
from factboard.domain.versions import Ref, Version
from factboard.storage import documents
from factboard.web.documents.reading import Sent, sent
from factboard.web.documents.telling import Reader
from factboard.web.labels import about, this_client
from factboard.web.words import words_for


@dataclass(frozen=True, slots=True)
class This:
    """The document in the address: `newest` None where it has not been written yet, or was taken away."""

    client: Client
    ref: Ref
    newest: Version | None

    @property
    def shape(self) -> type[Content]:
        return CONTENTS[self.ref.kind]

    @property
    def path(self) -> str:
        return f"/clients/{self.client.id}/plans/{self.ref}"


async def sent_to(request: Request, this: This) -> Sent:
    """What was typed in a form of this document. One that was opened at a record which has been merged into another
    meanwhile changes none of that one's versions, whatever their numbers: whoever sends it is shown both.
    """
    typed = await sent(request)
    if request.path_params["client"] != this.client.id and this.ref.kind not in MANY:
        typed.aside |= {"based_on": "0", "restored": ""}
    return typed


async def this_document(request: Request, *, action: str = "read") -> This:
    """Raises `Unknown` for another team's client, nobody's, and for what names no document."""
    client, ref = await this_client(request), Ref.read(request.path_params["document"])
    request.app.state.access.saw(request.state.who, "document", [client.id], action=action, detail=ref.kind.value)
    async with request.app.state.store.reading() as connection:
        newest = await documents.newest(connection, request.state.who.team, client.id, str(ref))
    return This(client, ref, newest)


def reader(request: Request) -> Reader:
    here = request.state.who.here
    return Reader(words_for(here.settings, request.state.language), here)


async def context(request: Request, this: This) -> dict[str, Any]:
    """What every page of a document shows around it."""
    return {
        **await about(request, this.client),
        "ref": this.ref,
        "kind": this.ref.kind,
        "many": this.ref.kind in MANY,
        "newest": this.newest,
        "here": this.path,
    }


def single(kinds: Sequence[Kind] = tuple(Kind)) -> list[Kind]:
    """The kinds of which a client has one."""
    return [kind for kind in kinds if kind not in MANY]

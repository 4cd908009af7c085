"""Reading what is written: one document, every version of it, and all that a client has."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.assets import asset_dir
from factboard.domain.documents import differences
from factboard.domain.events.contents import MANY, Kind
from factboard.domain.refusal import Unknown
from factboard.domain.versions import Version
from factboard.recorder import new_id
from factboard.storage import documents, drafts
from factboard.web.documents.base import This, context, reader, single, this_document
from factboard.web.documents.more import shows
from factboard.web.forms import seq_in_text
from factboard.web.labels import about, this_client
from factboard.web.pages import page
from factboard.web.sight import still_seen, unseen

VIEWS = asset_dir("templates") / "documents" / "views"


async def page_of_plans(request: Request) -> Response:
    """All that is written about a client's planned care, and what is not yet."""
    client, who = await this_client(request), request.state.who
    request.app.state.access.saw(who, "documents", [client.id])
    async with request.app.state.store.reading() as connection:
        newest = await documents.of_client(connection, who.team, client.id)
        begun = await drafts.of_user(connection, who.team, client.id, who.user)
    parts = await still_seen(request, client.id)
    by_kind: dict[Kind, list[Version]] = {kind: [] for kind in Kind if kind in parts}
    for one in newest:
        if one.kind in parts:
            by_kind[one.kind].append(one)
    return page(
        request,
        "documents/all.html",
        **await about(request, client),
        single=[(kind, by_kind[kind][0] if by_kind[kind] else None) for kind in single() if kind in parts],
        many=[(kind, by_kind[kind], new_id()) for kind in by_kind if kind in MANY],
        begun=begun,
        unseen=unseen(request, client),
    )


async def page_of_document(request: Request) -> Response:
    """A document as it stands; with `version=`, as it stood. One that is not written yet says so."""
    this = await this_document(request)
    version = await _asked_for(request, this)
    if version is None and this.ref.kind in MANY:
        raise Unknown("unknown_page")
    own = VIEWS / f"{this.ref.kind.value}.html"
    return page(
        request,
        "documents/page.html",
        **await context(request, this),
        version=version,
        shown=reader(request).document(version.content) if version else [],
        view=f"documents/views/{this.ref.kind.value}.html" if own.is_file() else "documents/plain.html",
        saved=seq_in_text(request.query_params.get("saved")),
        **await shows(request, this, version),
    )


async def _asked_for(request: Request, this: This) -> Version | None:
    number = seq_in_text(request.query_params.get("version"))
    if number is None:
        return this.newest
    async with request.app.state.store.reading() as connection:
        found = await documents.version(connection, request.state.who.team, this.client.id, str(this.ref), number)
    if found is None:
        raise Unknown("unknown_page")
    return found


async def page_of_versions(request: Request) -> Response:
    """Every version, the newest first, each with what it changed."""
    this = await this_document(request)
    async with request.app.state.store.reading() as connection:
        found = await documents.versions(connection, request.state.who.team, this.client.id, str(this.ref))
    if not found:
        raise Unknown("unknown_page")
    return page(request, "documents/versions.html", **await context(request, this), versions=told(request, found))


def told(request: Request, versions: list[Version]) -> list[tuple[Version, Any]]:
    """Each version, the newest first, with what is otherwise in it than in the one before; None for the first."""
    read = reader(request)
    changes = [
        read.differences(differences(before.content, after.content), after.content)
        for after, before in pairwise(versions)
    ]
    return list(zip(versions, [*changes, None], strict=True))

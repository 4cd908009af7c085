"""What a kind of document has beside its own fields: what its page shows too, and with what a new one begins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request

from factboard.domain.events.contents import Content, Kind
from factboard.domain.versions import Version
from factboard.web.documents import coordinated, group, plans
from factboard.web.documents.base import This

SHOWS: Mapping[Kind, Callable[[Request, This, Version], Awaitable[dict[str, Any]]]] = {
    Kind.RESOURCE_GROUP: group.around,
    Kind.NETWORK: group.network,
    Kind.CARE_PLAN: plans.around,
    Kind.SOCIAL_PLAN: plans.around,
    Kind.EVALUATION: plans.evaluated,
    Kind.SIP: coordinated.beside_sip,
    Kind.STRENGTHS: coordinated.beside_strengths,
}
BEGINS: Mapping[Kind, Callable[[Request, This], Awaitable[Content]]] = {
    Kind.GROUP_MEETING: group.meeting,
    Kind.EVALUATION: plans.evaluation,
    Kind.ADVOCACY: coordinated.advocacy_begun,
    Kind.STRENGTHS: coordinated.strengths_begun,
    Kind.SUPERVISION: coordinated.supervision_begun,
}


async def shows(request: Request, this: This, version: Version | None) -> dict[str, Any]:
    """What the page of this version shows beside what stands in it."""
    more = SHOWS.get(this.ref.kind)
    return await more(request, this, version) if more and version else {}


async def begins(request: Request, this: This) -> Content:
    """With what the form of a document begins that nobody has written yet."""
    more = BEGINS.get(this.ref.kind)
    return await more(request, this) if more else this.shape()

"""Nobody is in the team's list twice by mistake, and no two people share a national id (hazard H6).

Somebody of a name that is there already is enrolled once whoever enrols them has said that it is another person.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.events import Details
from factboard.domain.people import could_be_one
from factboard.domain.refusal import Invalid
from factboard.domain.state import Client
from factboard.storage import projections


async def known_already(connection: AsyncConnection, team: str, details: Details) -> list[Client]:
    """Whom the team has, or had, who could be this person."""
    everyone = await projections.caseload(connection, team, ended=True)
    return [client for client in everyone if could_be_one(client.details, details)]


async def refuse_twice(
    connection: AsyncConnection, team: str, details: Details, client: str | None, *, another: bool
) -> None:
    """Raises `Invalid` where the national id is somebody else's, and where a new client (`client` None) may not be
    new; `another` says that they are.
    """
    everyone = await projections.caseload(connection, team, ended=True)
    others = [one.details for one in everyone if one.id != client]
    if details.national_id and any(one.national_id == details.national_id for one in others):
        raise Invalid("national_id_taken", "national_id")
    if client is None and not another and any(could_be_one(one, details) for one in others):
        raise Invalid("known_already", "another")

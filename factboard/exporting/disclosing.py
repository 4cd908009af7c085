"""A file is a disclosure: the access log has it, with what was asked for and everybody in it, before it leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import fields

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.access import AccessLog, Viewer
from factboard.domain.chain import Row
from factboard.exporting.telling import pages
from factboard.storage import history
from factboard.storage.engine import Store
from factboard.storage.history import Filter
from factboard.web.sentences import clients_in

EXPORTED = "exported"  # the action in the access log


class NotLogged(Exception):
    """The access log cannot be written now: nothing may leave."""


async def disclosed(
    store: Store, access: AccessLog, who: Viewer, team: str, asked: Filter, view: str
) -> AsyncIterator[list[Row]]:
    """The team's facts that are asked for, page by page; each page's clients are noted before it is given on.

    `view` is what the log calls the file. Raises `NotLogged`.
    """
    detail = spelled(asked)
    access.did(who, view, EXPORTED, detail)
    await logged(access)

    async def page(connection: AsyncConnection, after: int) -> list[Row]:
        return await history.onward(connection, team, asked, after=after)

    async def noted() -> AsyncIterator[list[Row]]:
        known = set[str]()
        async for rows in pages(store, page):
            new = clients_in(rows) - known
            access.saw(who, view, new, action=EXPORTED, detail=detail)
            known |= new
            yield rows

    return noted()


async def logged(access: AccessLog) -> None:
    """What was noted is stored. Raises `NotLogged`."""
    await access.flush()
    if access.failing:
        raise NotLogged


def spelled(asked: Filter) -> str:
    """A filter for the access log: what was asked for, field by field."""
    said = {one.name: getattr(asked, one.name) for one in fields(asked) if one.name != "but"}
    said = {("client" if name == "clients" else name): value for name, value in said.items()}
    said |= {"client": next(iter(asked.clients), "")}  # the first id is the person's, the others of merged records
    return " ".join(f"{name}={value}" for name, value in said.items() if value not in (None, "", ()))

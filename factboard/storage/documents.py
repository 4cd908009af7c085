"""The documents about clients' planned care: every version, and the newest of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.events.contents import Kind
from factboard.domain.projection import Outcome
from factboard.domain.versions import Version
from factboard.storage import tables

VERSION = TypeAdapter(Version)
_c = tables.document.c


def version_columns(team: str, version: Version, *, newest: bool) -> dict[str, object]:
    return {
        "team": team,
        "client": version.client,
        "ref": version.ref,
        "version": version.number,
        "seq": version.seq,
        "kind": version.kind.value,
        "newest": newest,
        "state": VERSION.dump_json(version).decode(),
    }


async def save(connection: AsyncConnection, team: str, outcomes: Sequence[Outcome]) -> None:
    """What these facts wrote and took away, in their order."""
    for one in outcomes:
        client, ref = (one.document.client, one.document.ref) if one.document else _gone(one)
        if ref is None:
            continue
        older = (_c.team == team, _c.client == client, _c.ref == ref, _c.newest)
        await connection.execute(update(tables.document).where(*older).values(newest=False))
        if one.document:
            await connection.execute(insert(tables.document), [version_columns(team, one.document, newest=True)])


def _gone(outcome: Outcome) -> tuple[str, str | None]:
    return (outcome.client.id, outcome.taken_away) if outcome.client and outcome.taken_away else ("", None)


async def newest(connection: AsyncConnection, team: str, client: str, ref: str) -> Version | None:
    """The newest version of a document; None where there is none, or it was taken away."""
    found = await _read(connection, _c.team == team, _c.client == client, _c.ref == ref, _c.newest)
    return found[0] if found else None


async def version(connection: AsyncConnection, team: str, client: str, ref: str, number: int) -> Version | None:
    """A version of a document, also of one that was taken away."""
    found = await _read(connection, _c.team == team, _c.client == client, _c.ref == ref, _c.version == number)
    return found[0] if found else None


async def versions(connection: AsyncConnection, team: str, client: str, ref: str) -> list[Version]:
    """Every version of a document, the newest first."""
    return await _read(connection, _c.team == team, _c.client == client, _c.ref == ref)


async def of_client(
    connection: AsyncConnection, team: str, client: str, kinds: Collection[Kind] = tuple(Kind)
) -> list[Version]:
    """The newest version of each of a client's documents, the newest first."""
    asked = [kind.value for kind in kinds]
    return await _read(connection, _c.team == team, _c.client == client, _c.newest, _c.kind.in_(asked))


async def of_kind(
    connection: AsyncConnection, team: str, kind: Kind, clients: Collection[str] | None = None
) -> list[Version]:
    """The newest versions of all documents of a kind in a team, or of these clients."""
    these = () if clients is None else (_c.client.in_(clients),)
    return await _read(connection, _c.team == team, _c.kind == kind.value, _c.newest, *these)


async def _read(connection: AsyncConnection, *where: Any) -> list[Version]:
    rows = await connection.execute(select(_c.state).where(*where).order_by(_c.seq.desc()))
    return [_version(row) for row in rows.mappings()]


def _version(row: RowMapping) -> Version:
    return VERSION.validate_json(row["state"])

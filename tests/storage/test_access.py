"""The access log's table: what was written is read, newest first, each team its own."""

from __future__ import annotations

from factboard.storage import access
from factboard.storage.access import Look
from factboard.storage.engine import Store


def a_look(number: int, team: str | None = "kusten") -> Look:
    return Look(f"2026-11-23T08:40:{number:02}.000000Z", team, "anna", "read", "board", f"c{number}", None)


async def test_looks_are_read_newest_first_and_by_team(store: Store) -> None:
    own, theirs = [a_look(number) for number in range(5)], [a_look(9, "skogen"), a_look(8, None)]
    async with store.writing() as connection:
        await access.append(connection, [])
        await access.append(connection, own[:3])
        await access.append(connection, [*theirs, *own[3:]])
    async with store.reading() as connection:
        assert await access.read(connection, "kusten") == own[::-1]
        assert await access.read(connection, "kusten", limit=2) == [own[4], own[3]]
        assert await access.read(connection, None) == [theirs[1]]

"""The access log's table: what was written is read, newest first, each team its own."""

from __future__ import annotations

from factboard.storage import access
from factboard.storage.access import Filter, Look
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


async def test_pages_of_any_filter_come_to_the_same_rows_whichever_way_they_are_read(store: Store) -> None:
    """Newest first page by page, and oldest first in one go; some of one instant, some of another team's."""
    looks = [
        Look(
            a_look(n // 3).at, "kusten", "anna", ("read", "export", "exported")[n % 3], ("board", "sheet")[n % 2], "c1"
        )
        for n in range(40)
    ]
    async with store.writing() as connection:
        await access.append(connection, [*looks[::2], a_look(9, "skogen"), *looks[1::2]])
    for asked in (Filter(), Filter(actions=("export", "exported")), Filter(views=("sheet",)), Filter(clients=("c1",))):
        async with store.reading() as connection:
            upwards = [row async for row in access.through(connection, "kusten", asked)]
            down: list[access.Row] = []
            while page := await access.find(connection, "kusten", asked, down[-1].id if down else None, 7):
                down += page
        assert down == upwards[::-1]
        assert down

"""The read tables made anew: any row that is not what the history says is named, and put right."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from factboard.domain import events as e
from factboard.domain import placement
from factboard.recorder import Recorder
from factboard.storage import projections, rebuilding
from factboard.storage.engine import Store
from tests.conftest import TEAM, a_client, a_team
from tests.whole import check_whole

WRONG = {
    "a client's state": ("UPDATE client SET state = replace(state, 'Sover', 'Soov')", "state differs"),
    "a client off the board": ("UPDATE client SET on_board = (1 = 0) WHERE on_board", "on_board differs"),
    "a client missing": ("DELETE FROM client", "it is missing"),
    "a client of nobody's": (
        "INSERT INTO client SELECT team, 'x', seq, search, code, enrolled, on_board, name, state FROM client",
        "it should not be there",
    ),
    "a search text": ("UPDATE client SET search = 'x'", "search differs"),
    "a name": ("UPDATE client SET name = 'x'", "name differs"),
    "a team's name": ("UPDATE team SET name = 'x'", "name differs"),
    "a team missing": ("DELETE FROM team", "it is missing"),
    "a membership more": ("INSERT INTO membership VALUES ('kusten', 'eva', 'lead')", "it should not be there"),
    "a role": ("UPDATE membership SET role = 'lead'", "role differs"),
    "a notice missing": ("DELETE FROM notice", "it is missing"),
    "a notice read": ("UPDATE notice SET read = (1 = 1)", "read differs"),
}


@pytest_asyncio.fixture
async def made(recorder: Recorder) -> AsyncIterator[Store]:
    """A team with one client on the board, whose case manager has not read of it."""
    await a_team(recorder)
    client = await a_client(recorder, case_manager="lars")
    flag = {"category": "admitted", "reason": "Sover inte"}
    await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **flag)
    yield recorder.store


async def difference(store: Store) -> str | None:
    async with store.reading() as connection:
        return await rebuilding.difference(connection, TEAM, await rebuilding.rebuilt(connection, TEAM))


async def test_every_row_that_is_wrong_is_named_and_put_right(made: Store) -> None:
    before = await check_whole(made, TEAM)
    for what, (statement, said) in WRONG.items():
        async with made.writing() as connection:
            done = await connection.execute(text(statement))
            assert done.rowcount >= 1, what
        assert str(await difference(made)).endswith(said), what
        async with made.writing() as connection:
            await rebuilding.rewrite(connection, TEAM, await rebuilding.rebuilt(connection, TEAM))
        assert await check_whole(made, TEAM) == before, what


async def test_a_difference_names_no_client(made: Store) -> None:
    async with made.writing() as connection:
        await connection.execute(text("UPDATE client SET state = replace(state, 'Stina', 'Olle')"))
    said = await difference(made)
    assert said
    assert "Stina" not in said
    assert "Exempel" not in said


async def test_a_rebuild_touches_no_other_team(made: Store, recorder: Recorder) -> None:
    await a_team(recorder, "skogen", "Team Skogen")
    await a_client(recorder, team="skogen")
    async with made.writing() as connection:
        await rebuilding.rewrite(connection, TEAM, await rebuilding.rebuilt(connection, TEAM))
    await check_whole(made, "skogen")


async def test_a_history_of_a_newer_release_is_not_rebuilt_by_guessing(
    made: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(e.KINDS, "put_on_board")
    async with made.writing() as connection:
        with pytest.raises(e.UnknownFact, match="put_on_board"):
            await rebuilding.rewrite(connection, TEAM, await rebuilding.rebuilt(connection, TEAM))
    async with made.reading() as connection:
        assert len(await projections.on_board(connection, TEAM)) == 1

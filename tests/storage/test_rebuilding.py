"""The read tables made anew: any row that is not what the history says is named, and put right."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from factboard.domain import events as e
from factboard.domain import meeting, placement
from factboard.recorder import Recorder
from factboard.storage import projections, rebuilding
from factboard.storage.engine import Store
from tests.conftest import TEAM, a_client, a_team
from tests.whole import check_whole

CLIENT = "team, seq, search, code, enrolled, on_board, in_sight, left_board, name, state"  # in no order of their own
WRONG = {
    "a client's state": ("UPDATE client SET state = replace(state, 'Sover', 'Soov')", "state differs"),
    "a client off the board": ("UPDATE client SET on_board = (1 = 0) WHERE on_board", "on_board differs"),
    "a client missing": ("DELETE FROM client", "it is missing"),
    "a client of nobody's": (
        f"INSERT INTO client (id, {CLIENT}) SELECT 'x', {CLIENT} FROM client",
        "it should not be there",
    ),
    "a client in sight of the wall": ("UPDATE client SET in_sight = (1 = 1)", "in_sight differs"),
    "a client who left": ("UPDATE client SET left_board = 'x'", "left_board differs"),
    "a meeting missing": ("DELETE FROM meeting", "it is missing"),
    "a meeting held": ("UPDATE meeting SET held = (1 = 1)", "held differs"),
    "a meeting's notes": ("UPDATE meeting SET state = replace(state, 'Fika', 'Paus')", "state differs"),
    "a meeting more": (
        "INSERT INTO meeting SELECT team, 'x', opened, closed, held, state FROM meeting",
        "it should not be there",
    ),
    "a search text": ("UPDATE client SET search = 'x'", "search differs"),
    "a name": ("UPDATE client SET name = 'x'", "name differs"),
    "a team's name": ("UPDATE team SET name = 'x'", "name differs"),
    "a team missing": ("DELETE FROM team", "it is missing"),
    "a membership more": ("INSERT INTO membership VALUES ('kusten', 'eva', 'lead')", "it should not be there"),
    "a role": ("UPDATE membership SET role = 'lead'", "role differs"),
    "a time on the board missing": ("DELETE FROM episode WHERE kind = 'stay'", "it is missing"),
    "a time on the board over": ("UPDATE episode SET ended = began WHERE kind = 'stay'", "ended differs"),
    "a member's time": ("UPDATE episode SET state = replace(state, 'clinician', 'lead')", "state differs"),
    "a meeting counted twice": (
        "INSERT INTO episode SELECT team, kind, 'x', client, began, ended, state FROM episode WHERE kind = 'meeting'",
        "it should not be there",
    ),
    "a contact of nobody's": (
        "INSERT INTO contact VALUES ('kusten', 1, 'x', '2026-11-20T10:00:00.000000Z', 'home', '[]')",
        "it should not be there",
    ),
    "a mark missing": ("DELETE FROM mark WHERE name = 'category'", "it is missing"),
    "a mark more": ("INSERT INTO mark VALUES ('kusten', 'meeting', 'x', 1)", "it should not be there"),
    "words missing": ("DELETE FROM said WHERE seq = 1", "it is missing"),
    "words": ("UPDATE said SET text = 'x' WHERE seq = 1", "text differs"),
    "a notice missing": ("DELETE FROM notice", "it is missing"),
    "a notice read": ("UPDATE notice SET read = (1 = 1)", "read differs"),
}


@pytest_asyncio.fixture
async def made(recorder: Recorder) -> AsyncIterator[Store]:
    """A team in its meeting with one client on the board, whose case manager has not read of it."""
    await a_team(recorder)
    client = await a_client(recorder, case_manager="lars")
    flag = {"category": "admitted", "reason": "Sover inte"}
    await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **flag)
    await recorder.change(TEAM, "anna", meeting.open_meeting, with_all=True)
    async with recorder.store.reading() as connection:
        [met] = await projections.meetings(connection, TEAM)
    await recorder.change(TEAM, "anna", meeting.note, of_meeting=met.id, part=e.NotePart.DECISION, text="Fika")
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

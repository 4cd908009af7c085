"""The history on both engines: what was appended is read back, in order, page by page, each team its own chain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from factboard.domain import chain
from factboard.domain import events as e
from factboard.recorder import Recorder
from factboard.storage import history
from factboard.storage.engine import Store
from factboard.storage.history import reading
from tests.conftest import NOW, TEAM

ANNA = e.Member("anna", "anna", "Anna 👍 Test", e.Role.CLINICIAN)


async def append(store: Store, team: str, *entries: e.Entry) -> list[e.Recorded]:
    async with store.writing() as connection:
        if await history.head(connection, team) is None:
            await history.begin(connection, team, "command_line", NOW, f"Team {team}")
        return await history.append(connection, team, "anna", NOW, entries)


def about(client: str, fact: e.Fact | None = None, placement: str | None = None) -> e.Entry:
    return e.Entry(fact or e.Taken(), client, placement)


async def test_a_chain_starts_with_its_genesis_and_has_no_gap(store: Store) -> None:
    written = await append(store, TEAM, about("stina"), about("olle", placement="p1"))
    async with store.reading() as connection:
        rows = [row async for row in history.rows(connection, TEAM)]
        assert await history.head(connection, TEAM) == (3, rows[-1].hash)
    assert [(row.seq, row.kind) for row in rows] == [(1, "history_started"), (2, "taken"), (3, "taken")]
    assert [row.seq for row in written] == [2, 3]
    assert rows[0].previous == chain.GENESIS
    assert chain.verify(rows, (3, rows[-1].hash)) is None


async def test_what_was_appended_is_read_as_it_was(store: Store) -> None:
    [_, written] = await append(store, TEAM, about("olle"), about("stina", e.Returned("Å, 👍 & \"'\\\n"), "p1"))
    async with store.reading() as connection:
        [read] = await history.story(connection, TEAM, "stina")
    assert read == written
    assert (read.at, read.actor, read.placement) == (NOW, "anna", "p1")


async def test_a_story_is_one_clients_facts_after_what_was_seen(store: Store) -> None:
    await append(
        store, TEAM, about("stina"), about("olle"), about("stina", e.Returned("x")), e.Entry(e.MemberAdded(ANNA))
    )
    async with store.reading() as connection:
        assert [row.seq for row in await history.story(connection, TEAM, "stina")] == [2, 4]
        assert [row.seq for row in await history.story(connection, TEAM, "stina", after=2)] == [4]
        assert await history.story(connection, TEAM, "nobody") == []
        assert await history.story(connection, "skogen", "stina") == []


async def test_a_long_chain_is_read_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 7)
    for length in (6, 7, 1):  # 7, 14 and 15 rows in all: a page to the brim, two, and one more
        await append(store, TEAM, *(about(f"c{number}") for number in range(length)))
        async with store.reading() as connection:
            rows = [row async for row in history.rows(connection, TEAM)]
            assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
            assert chain.verify(rows, await history.head(connection, TEAM)) is None
    assert len(rows) == 15


async def test_newest_first_for_the_auditor(store: Store) -> None:
    await append(store, TEAM, *(about("stina" if number % 2 else "olle") for number in range(9)))
    async with store.reading() as connection:
        assert [row.seq for row in await history.newest(connection, TEAM, limit=3)] == [10, 9, 8]
        assert [row.seq for row in await history.newest(connection, TEAM, limit=3, before=8)] == [7, 6, 5]
        assert [row.seq for row in await history.newest(connection, TEAM, clients=["stina"])] == [9, 7, 5, 3]
        one = await history.row(connection, TEAM, 4)
        assert one
        assert one.client == "olle"
        assert await history.row(connection, TEAM, 11) is None


async def test_two_teams_have_two_chains(store: Store) -> None:
    await append(store, "kusten", about("stina"))
    await append(store, "skogen", about("stina"), about("stina"))
    async with store.reading() as connection:
        assert await history.teams(connection) == ["kusten", "skogen"]
        assert await history.heads(connection, ["kusten", "skogen", "none"]) == {"kusten": 2, "skogen": 3}
        assert len(await history.story(connection, "kusten", "stina")) == 1
        assert await history.head(connection, "none") is None


async def test_nothing_is_appended_to_a_team_that_was_never_started(store: Store) -> None:
    with pytest.raises(LookupError, match="none"):
        async with store.writing() as connection:
            await history.append(connection, "none", "anna", NOW, [about("stina")])


async def test_equal_facts_have_different_digests(store: Store) -> None:
    """A salt: whoever sees the digest of a redacted row cannot try out what it may have said."""
    await append(store, TEAM, about("stina"), about("stina"))
    async with store.reading() as connection:
        first, second = await history.newest(connection, TEAM, limit=2)
    assert first.payload == second.payload
    assert first.digest != second.digest


TAMPERS = {
    "an edited payload": 'UPDATE history SET payload = \'{"reason":"y"}\' WHERE seq = 3',
    "a payload taken away": "UPDATE history SET payload = NULL, salt = NULL WHERE seq = 3",
    "another actor": "UPDATE history SET actor = 'eva' WHERE seq = 3",
    "another time": "UPDATE history SET at = '2026-11-23T08:41:00.000000Z' WHERE seq = 3",
    "another client": "UPDATE history SET client = 'olle' WHERE seq = 3",
    "a row deleted": "DELETE FROM history WHERE seq = 3",
    "the last row deleted": "DELETE FROM history WHERE seq = 4",
    "the head moved back": "UPDATE stream SET seq = 3",
    "the head moved on": "UPDATE stream SET seq = 5",
    "the head's hash": "UPDATE stream SET hash = 'x'",
    "a text where the seq was": "UPDATE history SET seq = 'x' WHERE seq = 3",
    "bytes where the actor was": "UPDATE history SET actor = x'00ff' WHERE seq = 3",
}


@pytest.mark.parametrize("tamper", TAMPERS)
async def test_tampering_behind_the_triggers_is_found(sqlite_store: Store, tamper: str) -> None:
    await append(sqlite_store, TEAM, about("stina"), about("stina", e.Returned("x")), about("olle"))
    async with sqlite_store.writing() as connection:
        for verb in ("update", "delete"):
            await connection.execute(text(f"DROP TRIGGER history_refuses_{verb}"))
        await connection.execute(text(TAMPERS[tamper]))
    async with sqlite_store.reading() as connection:
        rows = [row async for row in history.rows(connection, TEAM)]
        assert chain.verify(rows, await history.head(connection, TEAM)) is not None


async def test_a_fact_from_a_newer_release_stops_a_reader_and_not_the_auditor(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await append(sqlite_store, TEAM, about("stina"))
    monkeypatch.delitem(e.KINDS, "taken")
    async with sqlite_store.reading() as connection:
        with pytest.raises(e.UnknownFact, match="taken"):
            await history.story(connection, TEAM, "stina")
        assert [row.kind for row in await history.newest(connection, TEAM)] == ["taken", "history_started"]


async def test_the_systems_own_facts_are_a_chain_too(recorder: Recorder) -> None:
    for number in range(3):
        async with recorder.system("command_line", e.UserAdded(f"u{number}", f"u{number}", "U")):
            pass
    async with recorder.store.reading() as connection:
        rows = [row async for row in history.rows(connection, history.SYSTEM)]
        assert [row.kind for row in rows] == ["history_started", *(3 * ["user_added"])]
        assert chain.verify(rows, await history.head(connection, history.SYSTEM)) is None
        assert chain.verify([replace(rows[0], actor="eva"), *rows[1:]])

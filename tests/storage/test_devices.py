"""The keys of wall screens: a code while they wait, a team and a screen once they are paired, nothing once revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from factboard.storage import devices
from factboard.storage.devices import Device
from factboard.storage.engine import Store

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


async def waiting(store: Store, id: str = "d1", code: str = "K3F7QP", now: datetime = NOW) -> None:
    async with store.writing() as connection:
        await devices.add(connection, id, code, now)


async def test_one_that_waits_is_found_by_its_code_and_by_its_key(store: Store) -> None:
    await waiting(store)
    known = Device("d1", "K3F7QP", NOW, None, None)
    async with store.reading() as connection:
        assert await devices.by_id(connection, "d1") == await devices.by_code(connection, "K3F7QP") == known
        assert await devices.by_id(connection, "d2") is None
        assert await devices.by_code(connection, "XXXXXX") is None
        assert await devices.paired(connection, ["d1"]) == []


async def test_a_paired_one_has_no_code_any_more(store: Store) -> None:
    await waiting(store)
    await waiting(store, "d2", "BBBBBB")
    async with store.writing() as connection:
        await devices.pair(connection, "d1", "kusten", "s1")
        assert await devices.by_id(connection, "d1") == Device("d1", None, NOW, "kusten", "s1")
        assert await devices.by_code(connection, "K3F7QP") is None
        assert await devices.paired(connection, ["d1", "d2", "d3"]) == [("d1", "kusten")]
        assert await devices.paired(connection, []) == []
        assert await devices.count_waiting(connection) == 1


async def test_a_revoked_one_opens_nothing_and_no_other_is_touched(store: Store) -> None:
    for number, (team, screen) in enumerate((("kusten", "s1"), ("kusten", "s2"), ("skogen", "s1"))):
        await waiting(store, f"d{number}", f"CODE{number}")
        async with store.writing() as connection:
            await devices.pair(connection, f"d{number}", team, screen)
    async with store.writing() as connection:
        await devices.revoke(connection, "kusten", "s1")
        assert await devices.paired(connection, ["d0", "d1", "d2"]) == [("d1", "kusten"), ("d2", "skogen")]
        assert await devices.by_id(connection, "d0") is None


async def test_who_waits_too_long_starts_again_and_paired_ones_stay(store: Store) -> None:
    for number, minutes in enumerate((30, 11, 10, 1)):
        await waiting(store, f"d{number}", f"CODE{number}", NOW - timedelta(minutes=minutes))
    async with store.writing() as connection:
        await devices.pair(connection, "d0", "kusten", "s1")
        await devices.forget_waiting(connection, NOW - timedelta(minutes=10))
        there = [number for number in range(4) if await devices.by_id(connection, f"d{number}")]
        assert there == [0, 2, 3]
        assert await devices.count_waiting(connection) == 2


async def test_no_two_wait_with_one_code(store: Store) -> None:
    await waiting(store)
    with pytest.raises(IntegrityError):
        await waiting(store, "d2")

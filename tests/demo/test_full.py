"""The demo at its real size: the numbers of its recipe, and thirty mornings in a row."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from factboard.demo import make, next_morning
from factboard.domain import events as e
from factboard.storage.engine import Store
from tests.demo.conftest import TODAY, Demo, opened


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_recipes_numbers(empty_sqlite: Path, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "demo.db"
    shutil.copy(empty_sqlite, path)
    store = Store(f"sqlite+aiosqlite:///{path}")
    await make(store, TODAY, seed)
    await store.close()
    demo = await opened(path)
    try:
        await _numbers(demo)
        for _ in range(30):
            await next_morning(demo.recorder, demo.clock, "kusten", seed)
            assert 20 <= (await demo.board()).count <= 45
        assert await demo.rebuilt_equals_live()
    finally:
        await demo.store.close()


async def _numbers(demo: Demo) -> None:
    board = await demo.board()
    cards = [card for group in board.groups for card in group.cards]
    assert 180 <= sum(client.enrolled for client in await demo.clients()) <= 220
    assert 24 <= board.count <= 44
    assert 1 <= sum(card.days > 180 for card in cards) <= 12
    assert board.overdue >= 1
    assert board.untaken >= 1
    assert sum(card.fresh for card in cards) >= 2
    assert sum(card.next_visit is None for card in cards) <= 8

    past = [stay for client in await demo.clients() for stay in client.past if not stay.in_error]
    days = sorted((stay.ended - stay.since).days for stay in past)
    assert 20 <= days[len(days) // 2] < sum(days) / len(days) <= 60  # a tail to the right
    long_ago = [stay for stay in past if stay.ended < demo.clock() - timedelta(days=90)]
    begun = [row for row in await demo.facts() if isinstance(row.fact, e.PutOnBoard)]
    who = {row.placement: row.client for row in begun}
    back = sum(
        any(
            row.client == who[stay.placement] and stay.ended < row.at <= stay.ended + timedelta(days=90)
            for row in begun
        )
        for stay in long_ago
    )
    assert 0.12 <= back / len(long_ago) <= 0.50

    logged = [row for row in await demo.facts() if isinstance(row.fact, e.ContactLogged)]
    met = [row for row in logged if row.fact.contact is not e.ContactKind.TRIED]
    a_week = len(met) / 26 / 200
    assert 0.4 <= a_week <= 0.75  # a person, on the board or not

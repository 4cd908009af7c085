"""The demo at its real size: the numbers of its recipe, and thirty mornings in a row."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from factboard.demo import make, next_morning
from factboard.domain import events as e
from factboard.domain import signs
from factboard.domain.people import SYSTEM
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
        await _returns(demo, weeks=26)
        for _ in range(30):
            await next_morning(demo.recorder, demo.clock, "kusten", seed)
            assert 20 <= (await demo.board()).count <= 45
            assert sum(bool(one.stay and one.stay.announced) for one in await demo.clients()) <= 6
        await _returns(demo, weeks=32)
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
    assert 0.6 <= a_week <= 1.0  # a person, on the board or not; on it as often as the categories ask for


async def _returns(demo: Demo, weeks: int) -> None:
    """Two to five a week, most of them by the rule; some are back within thirty days, some are kept on."""
    facts = await demo.facts()
    returned = [row for row in facts if isinstance(row.fact, e.Returned)]
    assert 2 <= len(returned) / weeks <= 5
    by_itself = [row for row in returned if row.actor == SYSTEM]
    assert 0.85 <= len(by_itself) / len(returned) < 1
    assert any(isinstance(row.fact, e.Returned) and row.fact.agreed_with for row in returned)
    put_on = [row for row in facts if isinstance(row.fact, e.PutOnBoard)]
    again = [
        row
        for row in put_on
        if any(one.client == row.client and timedelta() < row.at - one.at < signs.AGAIN for one in returned)
    ]
    assert 3 <= len(again) <= len(put_on) / 3
    kinds = Counter(row.fact.kind for row in facts)
    assert kinds["return_held"] < kinds["returned"]
    assert 3 <= kinds["follow_up_missed"] < len(returned) / 5
    assert 10 <= kinds["flag_untaken"] < kinds["taken"]
    lost = Counter(need for row in facts if isinstance(row.fact, e.AnnouncementWithdrawn) for need in row.fact.lost)
    assert 3 <= lost[e.Need.RATINGS] < kinds["return_announced"] / 5

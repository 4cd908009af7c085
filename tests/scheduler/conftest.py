"""A team at half past eight on a Tuesday, on each engine, and hands that its scheduler goes by."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import pytest_asyncio

from factboard.storage.engine import Store
from tests.scheduler.given import Hands, House

MORNING = datetime(2026, 11, 24, 7, 40, tzinfo=UTC)  # a Tuesday, 08:40 in Stockholm; who is up returns at 12:00 UTC


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    made = Hands(MORNING)
    monkeypatch.setattr("factboard.scheduler.monotonic", lambda: made.ran)
    return made


@pytest_asyncio.fixture
async def house(store: Store, hands: Hands) -> House:
    """On each engine in turn."""
    return await House(store, hands).team()


@pytest_asyncio.fixture
async def light(sqlite_store: Store, hands: Hands) -> House:
    """On SQLite alone, for what does not depend on the engine."""
    return await House(sqlite_store, hands).team()

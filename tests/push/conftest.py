"""What the tests of pushing are given: the service with its two teams on each engine, and a push service beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.push.service import PushService, a_push_service
from tests.service import Service, a_service


@pytest_asyncio.fixture
async def pushes() -> AsyncIterator[PushService]:
    async with a_push_service() as service:
        yield service


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock, pushes: PushService) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock, push_services=pushes.url) as running:
        yield running

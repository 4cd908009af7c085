"""What the tests of the pages are given: the whole service with two teams, and its people as browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest_asyncio

from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.service import Service, a_service


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


@pytest_asyncio.fixture
async def anna(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """A clinician of the team."""
    async with service.person("anna") as client:
        yield client


@pytest_asyncio.fixture
async def lars(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """The team's lead, and Stina's case manager."""
    async with service.person("lars") as client:
        yield client


@pytest_asyncio.fixture
async def bo(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """A clinician of another team."""
    async with service.person("bo") as client:
        yield client


@pytest_asyncio.fixture
async def nobody(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """Signed out."""
    async with service.person(None) as client:
        yield client

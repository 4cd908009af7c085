"""The Procfile as a platform runs it: first the release step, then the web process, then a stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).parents[1]
Web = tuple[subprocess.Popen[bytes], str, Path]

STARTS_WITHIN = 20  # seconds, on a busy machine
STOPS_WITHIN = 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def platform(tmp_path: Path) -> tuple[list[str], dict[str, str]]:
    """The honcho command line (no developer's .env) and the environment that a platform would give."""
    no_env_file = tmp_path / "env"
    no_env_file.touch()
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PORT": str(free_port()),
        "FACTBOARD_HOST": "127.0.0.1",
        "FACTBOARD_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'factboard.db'}",
        "FACTBOARD_SECRET_KEY": "only for this test, and long enough to be taken",
    }
    return [sys.executable, "-m", "honcho", "-f", str(ROOT / "Procfile"), "-e", str(no_env_file), "start"], environment


@pytest.fixture
def web(
    platform: tuple[list[str], dict[str, str]], tmp_path: Path
) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    honcho, environment = platform
    released = subprocess.run([*honcho, "release"], env=environment, capture_output=True, text=True, timeout=60)
    assert released.returncode == 0, released.stdout + released.stderr
    log = tmp_path / "log"
    with log.open("wb") as output:
        running = subprocess.Popen([*honcho, "web"], env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield running, f"http://127.0.0.1:{environment['PORT']}", log
    finally:
        if running.poll() is None:
            running.terminate()
            running.wait(15)


def test_the_procfile_migrates_serves_and_stops(web: Web) -> None:
    running, address, log = web
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            answer = httpx2.get(f"{address}/healthz", timeout=2)
            break
        except httpx2.TransportError:
            assert running.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
    assert answer.status_code == 200
    assert httpx2.get(f"{address}/readyz", timeout=2).status_code == 200

    running.send_signal(signal.SIGTERM)
    running.wait(STOPS_WITHIN)
    assert "Traceback" not in log.read_text()
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{address}/healthz", timeout=2)

"""What leaves this repository: the wheel is whole, and the lock files pin everything and name no address."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def pins(lock: Path) -> dict[str, str]:
    return dict(PIN.findall(lock.read_text()))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, so that both are known to be whole."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def packed(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("folder", ["templates", "static", "factboard/locale"])
def test_the_wheel_carries_every_file_of(folder: str, packed: set[str]) -> None:
    here = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
    wanted = {path.as_posix() if path.parts[0] == "factboard" else f"factboard/{path.as_posix()}" for path in here}
    assert wanted
    assert wanted - packed == set()


@pytest.mark.parametrize(
    "file",
    [
        "factboard/static/vendor/htmx.min.js",
        "factboard/static/vendor/hx-sse.min.js",
        "factboard/static/vendor/LICENSE",
        "factboard/locale/sv/LC_MESSAGES/factboard.po",
    ],
)
def test_the_wheel_carries(file: str, packed: set[str]) -> None:
    assert file in packed


def test_an_installed_factboard_finds_its_own_folders(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    look = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from factboard.assets import asset_dir\n"
        "print(*(asset_dir(name) for name in ('templates', 'static', 'locale')), sep='\\n')"
    )
    found = subprocess.check_output([sys.executable, "-I", "-c", look], text=True, cwd=tmp_path).split()
    assert found == [str(tmp_path / "factboard" / name) for name in ("templates", "static", "locale")]


def test_the_command_is_called_factboard(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel)
    entry_points = next(name for name in inside.namelist() if name.endswith("entry_points.txt"))
    assert "factboard = factboard.cli:main" in inside.read(entry_points).decode()


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json", ROOT / "package.json"], ids=lambda p: p.name)
def test_no_address_is_written_in(lock: Path) -> None:
    assert re.findall(r"\S*://\S*", lock.read_text()) == []
    assert "--index-url" not in lock.read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_with_its_digests(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^#.*\n", "", lock.read_text()).strip())
    assert entries
    assert [entry for entry in entries if not (PIN.match(entry) and "--hash=sha256:" in entry)] == []


def test_the_lock_files_agree() -> None:
    dev = pins(ROOT / "requirements-dev.lock")
    for name in ("requirements.lock", "requirements-build.lock"):
        theirs = pins(ROOT / name)
        assert {package: dev.get(package) for package in theirs} == theirs


def test_everything_factboard_asks_for_is_locked() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.match(r"[a-z0-9-]+", line).group() for line in asked}  # type: ignore[union-attr]
    assert names - set(pins(ROOT / "requirements.lock")) == set()


def test_the_front_end_is_pinned_by_digest() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert locked.pop("")["dependencies"] == wanted
    assert {path.removeprefix("node_modules/"): entry["version"] for path, entry in locked.items()} == wanted
    for entry in locked.values():
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry

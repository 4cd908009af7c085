"""Each setting is documented, with the value that it has; the environment names it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from factboard.settings import Settings

ROWS = {
    name: default.strip("`")
    for name, default in re.findall(
        r"^\| `(\w+)` \| ([^|]+) \| ", (Path(__file__).parents[1] / "docs" / "settings.md").read_text(), re.MULTILINE
    )
}


def variable(field: str) -> str:
    return "PORT" if field == "port" else f"FACTBOARD_{field.upper()}"


def test_the_page_has_a_row_for_each_setting_and_no_other() -> None:
    assert set(ROWS) == {variable(field) for field in Settings.model_fields}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_the_page_says_what_holds_when_it_is_not_set(field: str) -> None:
    default = Settings.model_fields[field].default
    written = default.get_secret_value() if isinstance(default, SecretStr) else default
    assert ROWS[variable(field)] == (str(written).lower() if isinstance(written, bool) else str(written)) or (
        written == "" and ROWS[variable(field)] in ("none", "any")
    )


@pytest.mark.parametrize("field", Settings.model_fields)
def test_each_says_what_it_is_for(field: str) -> None:
    assert Settings.model_fields[field].description


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("FACTBOARD_SESSION_HOURS", "8")
    known = Settings()
    assert (known.port, known.session_hours) == (8123, 8)

"""What the documentation names is there: a test given as evidence, a file, a hazard with all its rows."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
HAZARDS = (ROOT / "docs" / "hazard-log.md").read_text()
SECTIONS = {head.split()[0]: body for head, body in re.findall(r"(?ms)^## (H\d+ .*?)\n(.*?)(?=^## |\Z)", HAZARDS)}


@cache
def named_in(path: str) -> set[str]:
    """The tests of a file as pytest calls them: `test_x`, `TestY::test_z`."""
    file = ROOT / path
    if not file.is_file():
        return set()
    found = set()
    for node in ast.parse(file.read_text()).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        for one in inside:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_"):
                found.add(prefix + one.name)
    return found


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_test_that_is_named_exists(doc: Path) -> None:
    named = re.findall(r"(tests/[\w/]+\.py)::([\w:]+)", doc.read_text())
    assert [f"{path}::{name}" for path, name in named if name not in named_in(path)] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(doc: Path) -> None:
    text = doc.read_text()
    named = re.findall(r"`((?:factboard|tests|docs|templates|static|bench)/[\w./-]+\.\w+)", text)
    named += [f"docs/{link}" for link in re.findall(r"\]\(([\w-]+\.md)", text) if doc.parent.name == "docs"]
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_every_hazard_is_there() -> None:
    assert list(SECTIONS) == [f"H{number}" for number in range(1, 29)]


@pytest.mark.parametrize("hazard", SECTIONS)
def test_a_hazard_has_cause_harm_controls_evidence_and_what_is_left_over(hazard: str) -> None:
    rows = dict(re.findall(r"(?m)^\| (\w[\w ]*) \| (.+) \|$", SECTIONS[hazard]))
    assert set(rows) == {"Cause", "Harm", "Controls", "Evidence", "Left over"}
    assert "::" in rows["Evidence"]


def test_every_link_of_the_overview_leads_to_a_hazard() -> None:
    heads = re.findall(r"(?m)^## (H\d+ .*)$", HAZARDS)
    anchors = {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}
    assert set(re.findall(r"\]\(#([\w-]+)\)", HAZARDS)) == anchors

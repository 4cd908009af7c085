"""What is said of step-down to clinicians is what the code does: the picture of the states, the table of policies."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from factboard.domain.events import Mode, Policy
from factboard.domain.stepdown.states import WAYS
from factboard.domain.team import STANDARD_CATEGORIES
from factboard.web.words.terms import CATEGORIES

DOCS = Path(__file__).parents[1] / "docs"


def test_the_picture_of_the_states_is_drawn_from_the_table() -> None:
    drawing = runpy.run_path(str(DOCS / "states.py"))
    assert (DOCS / "states.svg").read_text() == drawing["drawn"](), "python docs/states.py draws it anew"
    for way in WAYS:
        assert drawing["BY_ITSELF"].get((way.start, way.end)) or drawing["SAYS"][way.by]
    assert {state for way in WAYS for state in (way.start, way.end)} == set(drawing["PLACES"])


def test_a_way_that_is_missing_in_the_table_is_missing_in_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factboard.domain.stepdown.states.WAYS", WAYS[:-1])
    assert runpy.run_path(str(DOCS / "states.py"))["drawn"]() != (DOCS / "states.svg").read_text()


@pytest.mark.parametrize("category", STANDARD_CATEGORIES, ids=lambda category: category.code)
def test_the_numbers_that_a_clinician_reads_are_the_ones_a_team_begins_with(category: object) -> None:
    policy: Policy = category.policy  # type: ignore[attr-defined]
    name = CATEGORIES[category.code].replace("%(client)s", "client")  # type: ignore[attr-defined]
    [row] = re.findall(rf"(?m)^\| {name} \| (.*) \|$", (DOCS / "step-down.md").read_text())
    cells = [cell.strip() for cell in row.split("|")]
    assert cells[-1] == f"{category.review_days} days"  # type: ignore[attr-defined]
    if policy.mode is Mode.BY_HAND:
        assert cells[0].startswith("never by itself")
        return
    assert cells[0] == str(policy.stable_ratings)
    assert cells[1] == f"{policy.raters} people"
    assert cells[2].startswith(f"{policy.stable_days} days")
